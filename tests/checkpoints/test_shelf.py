"""Checkpoints of one's own are saved, listed, opened and removed by name, and outlive what they are opened over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from checkpoints.forge import own
from houses import house_at, rows
from props import NOON

from ipportal import checkpoints
from ipportal.checkpoints import CheckpointError, Shelf
from ipportal.people import EMPTY, read
from ipportal.scenarios import seed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ipportal.portal import Portal


def names(portal: Portal) -> list[str]:
    return [each.name for each in Shelf(portal).own()]


def test_saved_checkpoints_are_listed_by_name(seeded: Portal) -> None:
    portal = own(seeded)

    for name in ("b", "a", "c"):
        Shelf(portal).save(name)

    assert names(portal) == ["a", "b", "c"]


def test_a_saved_checkpoint_is_the_snapshot_of_its_moment(seeded: Portal) -> None:
    portal = own(seeded)
    portal.stored_clock.set(NOON)
    saved = Shelf(portal).save("before")
    portal.stored_clock.follow()

    opened = Shelf(portal).open("before")

    assert opened
    assert opened.path == "/"
    assert portal.stored_clock.reading() == (NOON, "frozen")
    assert Shelf(portal).file("before") == saved.text


def test_one_too_many_is_refused_and_one_of_a_name_that_is_there_is_not(
    seeded: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = own(seeded)
    monkeypatch.setattr(checkpoints, "MOST", 2)
    for name in ("a", "b", "a"):
        Shelf(portal).save(name)

    with pytest.raises(CheckpointError) as full:
        Shelf(portal).save("c")

    assert (full.value.code, full.value.where, names(portal)) == ("full", "2", ["a", "b"])


def test_saving_again_replaces_the_earlier_one_of_that_name(seeded: Portal) -> None:
    portal = own(seeded)
    first = Shelf(portal).save("a")
    portal.stored_clock.set(NOON)

    second = Shelf(portal).save("a")

    assert names(portal) == ["a"]
    assert Shelf(portal).file("a") == second.text != first.text


def test_a_checkpoint_that_was_removed_is_there_no_more(seeded: Portal) -> None:
    portal = own(seeded)
    Shelf(portal).save("a")

    removed = [Shelf(portal).remove("a"), Shelf(portal).remove("a")]

    assert removed == [True, False]
    assert (Shelf(portal).file("a"), Shelf(portal).open("a"), names(portal)) == (None, None, [])


@pytest.mark.parametrize("deed", ["reset", "restore", "open", "guide"])
def test_checkpoints_of_ones_own_survive_whatever_puts_the_workspace_back(seeded: Portal, deed: str) -> None:
    portal = own(seeded)
    kept = [Shelf(portal).save("a"), Shelf(portal).save("b")]

    deeds: dict[str, Callable[[], object]] = {
        "reset": lambda: seed(portal, read(EMPTY), anew=True),
        "restore": lambda: Shelf(portal).restore(kept[0].text),
        "open": lambda: Shelf(portal).open("b"),
        "guide": lambda: Shelf(portal).open("register-10"),
    }
    deeds[deed]()

    assert Shelf(portal).own() == kept


def test_a_checkpoint_holds_no_other_checkpoint(seeded: Portal) -> None:
    portal = own(seeded)
    first = Shelf(portal).save("a").text

    second = Shelf(portal).save("b").text

    assert abs(len(second) - len(first)) < 10


def test_checkpoints_of_one_workspace_are_not_anothers(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    one, other = house.create("one", read(EMPTY)), house.create("other", read(EMPTY))

    Shelf(one).save("a")

    assert (names(one), names(other), Shelf(other).open("a")) == (["a"], [], None)


def test_a_checkpoint_saved_by_an_older_version_is_refused_when_it_is_opened(seeded: Portal) -> None:
    portal = own(seeded)
    saved = Shelf(portal).save("old")
    portal.tables.checkpoints.update("old", text=saved.text.replace('"version":1', '"version":0'))
    before = rows(portal)

    with pytest.raises(CheckpointError) as refusal:
        Shelf(portal).open("old")

    assert (refusal.value.code, refusal.value.where) == ("version", "1")
    assert rows(portal) == before


def test_a_step_that_fails_half_way_leaves_the_workspace_as_it_was(
    seeded: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = own(seeded)
    portal.staff.lock_account("99000101")
    before = rows(portal)

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setitem(vars(checkpoints.STEPS["login-10"]), "reach", broken)

    with pytest.raises(RuntimeError):
        Shelf(portal).open("login-10")

    assert rows(portal) == before
