"""How often each branch of the rules was reached is counted from journals, and kept when a journal goes."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from houses import house_at
from props import CHAN, MINE, new_portal

from ipportal.checkpoints import Shelf
from ipportal.coverage import FILE, Kept
from ipportal.flows.branches import BRANCHES, reached
from ipportal.people import EMPTY, read
from ipportal.places import WorkspaceError
from ipportal.scenarios import named
from ipportal.store import Unavailable
from ipportal.vetting import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ipportal.portal import Portal

GHOST = "login/form.no_such_user"


def visited(portal: Portal, times: int = 1) -> Portal:
    for _ in range(times):
        portal.login.enter(CHAN)
    return portal


def shown(portal: Portal) -> Counter[str]:
    return reached(portal.journal.entries())


@pytest.mark.parametrize("on_disk", [True, False])
def test_what_a_journal_showed_is_kept_and_summed(tmp_path: Path, *, on_disk: bool) -> None:
    kept = Kept(tmp_path / "instance" if on_disk else None)

    kept.keep(shown(visited(new_portal(), 2)))
    kept.keep(shown(visited(new_portal())))

    assert kept.read()[GHOST] == 3
    assert set(kept.read()) <= set(BRANCHES)
    assert (tmp_path / "instance" / FILE).exists() is on_disk


@pytest.mark.parametrize("on_disk", [True, False])
def test_a_journal_without_a_branch_leaves_no_line(tmp_path: Path, *, on_disk: bool) -> None:
    kept = Kept(tmp_path if on_disk else None)

    kept.keep(shown(new_portal()))

    assert kept.read() == Counter()
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_takes_no_more_costs_the_count_and_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).mkdir()
    kept = Kept(tmp_path)

    kept.keep(shown(visited(new_portal())))

    assert [each.getMessage() for each in caplog.records] == [
        "The coverage of a journal could not be kept: Is a directory"
    ]


def test_what_one_process_keeps_another_reads(tmp_path: Path) -> None:
    Kept(tmp_path).keep(shown(visited(new_portal())))

    assert Kept(tmp_path).read()[GHOST] == 1


def test_what_is_kept_in_memory_is_nobody_elses() -> None:
    one, other = Kept(None), Kept(None)

    one.keep(shown(visited(new_portal())))

    assert (one.read()[GHOST], other.read()) == (1, Counter())


def test_reading_changes_nothing(tmp_path: Path) -> None:
    kept = Kept(None)
    kept.keep(shown(visited(new_portal())))

    kept.read().clear()

    assert kept.read()[GHOST] == 1
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("torn", ['{"login/form.no_such_user": 1', "", "nope", "\x00"])
def test_a_line_that_was_cut_short_is_passed_over(tmp_path: Path, torn: str) -> None:
    Kept(tmp_path).keep(shown(visited(new_portal())))
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write(f"{torn}\n")
    Kept(tmp_path).keep(shown(visited(new_portal())))

    assert Kept(tmp_path).read()[GHOST] == 2


def test_a_line_after_one_that_was_cut_short_is_counted(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"login/form.no_such_u')

    for _ in range(2):
        Kept(tmp_path).keep(shown(visited(new_portal())))

    assert Kept(tmp_path).read()[GHOST] == 2


def test_what_a_checkpoint_brings_back_is_not_counted_beside_itself(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    portal = visited(house.create("w", read(EMPTY)), 2)
    shelf = Shelf(portal, house.coverage.going)
    text = shelf.snapshot()
    visited(portal)

    for _ in range(3):
        shelf.restore(text)

    assert house.reached()[GHOST] == 3


def test_what_a_checkpoint_that_could_not_be_opened_left_in_place_is_counted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = house_at(tmp_path)
    portal = visited(house.create("w", read(EMPTY)), 2)
    backend = portal.tables.backend
    begin = backend.atomic

    @contextmanager
    def unkept() -> Iterator[None]:
        with begin():
            yield
            raise Unavailable("full")

    monkeypatch.setattr(portal.tables, "atomic", unkept)

    with pytest.raises(Unavailable):
        Shelf(portal, house.coverage.going).open("login-5")

    assert house.reached()[GHOST] == 2


def test_a_house_counts_main_every_workspace_and_those_that_are_gone(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    visited(house.main)
    visited(house.create("here", read(EMPTY)), 2)
    visited(house.create("gone", read(EMPTY)), 4)
    visited(house.create("anew", read(EMPTY)), 8)

    house.remove("gone")
    house.reset(house.get("anew"), read(EMPTY))

    assert house.reached()[GHOST] == 15
    assert house_at(tmp_path).reached()[GHOST] == 14  # its main is another store


def test_what_is_refused_or_done_by_another_counts_nothing_twice(tmp_path: Path) -> None:
    file = tmp_path / "class.toml"
    file.write_text(MINE, encoding="utf-8")
    house, other = house_at(tmp_path), house_at(tmp_path)
    portal = visited(house.create("w", named(str(file), house.main.settings)))
    file.write_text("people = 1", encoding="utf-8")

    with pytest.raises(ScenarioError):
        house.reset(portal)
    assert house.reached()[GHOST] == 1

    other._place.remove = lambda name: house._place.remove(name) and False  # type: ignore[method-assign]
    with pytest.raises(WorkspaceError):
        other.remove("w")
    assert house.reached()[GHOST] == 0


def test_asking_twice_counts_nothing_twice(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    visited(house.create("here", read(EMPTY)))

    assert house.reached() == house.reached()
