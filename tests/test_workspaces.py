"""Workspaces are made, found, put back and removed by name, in files and in memory alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from typing import TYPE_CHECKING

import pytest
from houses import house_at, refused, rows
from props import CHAN, MINE, NOON, PEOPLE, signed_in
from store.rows import PATIENCE

from ipportal import workspaces
from ipportal.people import DEFAULT, EMPTY, INLINE, parse, read
from ipportal.places import IDENTITY, Files, Memory, WorkspaceError
from ipportal.scenarios import cookie_key, in_force, seed

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.workspaces import Workspaces

NAMES = ["a", "0", "-", "a-b", "class-3b", "x" * 40, "--a", "main-2"]
NO_NAMES = ["main", "A", "a b", "a/b", "..", "../portal", "a.sqlite", "x" * 41, "é", "\uff41", "a\n", "a\0", "_a", " "]


@pytest.fixture(params=["files", "memory"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Workspaces:
    return house_at(tmp_path, request.param)


def test_a_new_house_has_main_and_no_other(house: Workspaces) -> None:
    assert house.names() == ["main"]
    assert house.find("main") is house.main


def test_a_new_workspace_is_a_whole_portal_of_its_own_name(house: Workspaces) -> None:
    portal = house.create("class-3b")

    assert (portal.name, house.names()) == ("class-3b", ["main", "class-3b"])
    assert in_force(portal) == read(DEFAULT)
    assert [(entry.step, entry.reason) for entry in portal.journal.entries()] == [("seed", "default")]
    assert portal.tables is not house.main.tables
    assert signed_in(portal, "registered")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_small_letters_digits_and_hyphens_is_taken(house: Workspaces, name: str) -> None:
    house.create(name, read(EMPTY))

    assert house.has(name)
    assert house.get(name).name == name


@pytest.mark.parametrize("name", NO_NAMES)
def test_any_other_name_is_refused_and_nothing_made(house: Workspaces, tmp_path: Path, name: str) -> None:
    assert refused(lambda: house.create(name)) == ("name", name)
    assert house.names() == ["main"]
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("name", [*NO_NAMES[1:], "never-made", "", ".", "a-journal"])
def test_a_name_that_nobody_made_leads_nowhere(house: Workspaces, name: str) -> None:
    house.create("a", read(EMPTY))

    assert house.find(name) is None
    assert refused(lambda: house.get(name)) == ("unknown", name)
    assert refused(lambda: house.remove(name)) == ("unknown", name)


def test_a_workspace_without_a_name_is_given_one_of_its_own(house: Workspaces) -> None:
    names = [house.create(scenario=read(EMPTY)).name for _ in range(5)]

    assert len(set(names)) == 5
    assert house.names() == ["main", *sorted(names)]


def test_a_name_that_is_taken_is_refused_and_the_first_stays_as_it_was(house: Workspaces) -> None:
    first = house.create("a", read(EMPTY))
    before = rows(first)

    assert refused(lambda: house.create("a")) == ("taken", "a")
    assert rows(house.get("a")) == before


def test_of_many_who_make_the_same_name_at_once_one_wins(house: Workspaces) -> None:
    crowd, start, lost, guard = 8, Barrier(8), list[str](), Lock()

    def make() -> list[tuple[object, ...]]:
        start.wait(PATIENCE)
        try:
            return rows(house.create("a", read(EMPTY)))["facts"]
        except WorkspaceError as refusal:
            with guard:
                lost.append(refusal.code)
            return []

    with ThreadPoolExecutor(crowd) as pool:
        won = [facts for facts in pool.map(lambda _: make(), range(crowd)) if facts]

    assert (len(won), lost) == (1, ["taken"] * 7)
    assert rows(house.get("a"))["facts"] == won[0]


def test_a_house_that_is_full_takes_no_other(house: Workspaces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspaces, "MOST", 2)
    house.create("a", read(EMPTY))
    house.create("b", read(EMPTY))

    assert refused(lambda: house.create("c", read(EMPTY))) == ("full", "c")
    house.remove("a")
    assert house.create("c", read(EMPTY)).name == "c"


def test_a_workspace_begins_where_its_scenario_says(house: Workspaces) -> None:
    portal = house.create("a", parse(INLINE, MINE))

    assert [each.practice for each in portal.tables.accounts.where()] == ["mine", "mine"]
    assert in_force(portal).text == MINE


@pytest.mark.parametrize("now", [None, NOON])
def test_a_workspaces_clock_follows_real_time_or_stands_where_it_is_told(house: Workspaces, now: object) -> None:
    portal = house.create("a", read(EMPTY), NOON if now else None)

    mode = portal.standing().clock_mode

    assert mode == ("frozen" if now else "real")
    assert (portal.clock.now() == NOON) is bool(now)


def test_a_reset_puts_back_rows_clock_captcha_faults_and_suspension_and_keeps_name_and_key(house: Workspaces) -> None:
    portal = house.create("a", parse(INLINE, MINE))
    birth, key = portal.tables.facts.get(IDENTITY), cookie_key(portal.tables)
    portal.stored_clock.set(NOON)
    portal.captcha.choose("reveal", "", "7")
    portal.faults.arm(kind="error_500", step="home", moment="page")
    portal.suspensions.begin(NOON)
    portal.register.terms({"agree": "yes"})

    house.reset(portal, read(DEFAULT))

    standing = portal.standing()
    assert (standing.clock_mode, standing.armed, standing.portal.suspension) == ("real", (), None)
    assert standing.portal.settings.captcha_mode == "fixed"
    assert (portal.tables.facts.get(IDENTITY), cookie_key(portal.tables)) == (birth, key)
    assert portal.tables.drafts.where() == []
    assert len(portal.tables.accounts.where()) == sum(len(each.basic_user_ids) for each in PEOPLE.values())


def test_a_reset_may_freeze_the_clock_anew(house: Workspaces) -> None:
    portal = house.create("a", read(EMPTY))

    house.reset(portal, read(EMPTY), NOON)

    assert portal.stored_clock.reading() == (NOON, "frozen")


def test_main_can_be_reset_but_never_removed(house: Workspaces) -> None:
    seed(house.main, read(EMPTY))
    house.main.login.enter(CHAN)

    house.reset(house.main, read(EMPTY))

    assert [entry.step for entry in house.main.journal.entries()] == ["reset"]
    assert refused(lambda: house.remove("main")) == ("main", "main")
    assert house.names() == ["main"]


def test_a_workspace_that_another_process_is_removing_can_be_removed_too(
    house: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.create("a", read(EMPTY))
    for place in (Files, Memory):
        monkeypatch.setattr(place, "open", lambda _place, _name: None)  # gone since it was found there

    house.remove("a")

    assert not house.has("a")


def test_a_removed_workspace_is_gone_and_its_name_is_free_for_another(house: Workspaces) -> None:
    first = house.create("a", read(EMPTY)).tables.facts.get(IDENTITY)

    house.remove("a")

    assert (house.find("a"), house.has("a"), house.names()) == (None, False, ["main"])
    assert refused(lambda: house.remove("a")) == ("unknown", "a")
    assert house.create("a", read(EMPTY)).tables.facts.get(IDENTITY) != first
