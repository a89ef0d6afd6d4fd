"""Workspaces as schemas on a server: known to every process at once, and gone for all when one removes them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import stores
from houses import HOUR, house_at, let_pass, overtake, refused, rows, unavailable
from props import CHAN, NOON, SECOND
from store.rows import PATIENCE
from test_workspaces_apart import ELSEWHERE

from ipportal.people import EMPTY, read
from ipportal.places import IDENTITY
from ipportal.places.schemas import Schemas
from ipportal.store.postgres import Postgres

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.workspaces import Workspaces

SAME = ("accounts", "links", "notices", "past_passwords")  # these have no dates of their own


@pytest.fixture
def store() -> str:
    return stores.lent()


@pytest.fixture
def house(tmp_path: Path, store: str) -> Workspaces:
    return house_at(tmp_path, store=store)


@pytest.fixture
def other(tmp_path: Path, house: Workspaces, store: str) -> Workspaces:
    """What another process has of the same."""
    assert house.names() == ["main"]
    return house_at(tmp_path, store=store)


def test_a_workspace_holds_what_one_in_memory_holds(house: Workspaces, tmp_path: Path) -> None:
    there, here = house.create("w"), house_at(tmp_path, "memory").create("w")

    kept, wanted = rows(there), rows(here)

    assert {name: kept[name] for name in SAME} == {name: wanted[name] for name in SAME}
    assert {name: len(each) for name, each in kept.items()} == {name: len(each) for name, each in wanted.items()}
    assert [each.step for each in there.journal.entries()] == ["seed"]
    assert [*tmp_path.glob("workspaces/*")] == []


def test_main_is_no_workspace_to_be_opened_by_its_name(house: Workspaces, store: str) -> None:
    place = Schemas(store)

    assert house.main.tables.backend.described()["kind"] == "postgres"
    assert (place.names(), place.has("main"), place.open("main")) == ([], False, None)


def test_two_processes_see_the_same_workspaces_at_once(house: Workspaces, other: Workspaces) -> None:
    portal = house.create("shared")

    there = other.get("shared")
    there.stored_clock.set(NOON)
    there.login.enter(CHAN)

    assert other.names() == house.names() == ["main", "shared"]
    assert portal.stored_clock.reading() == (NOON, "frozen")
    assert [entry.step for entry in portal.journal.entries()] == ["seed", "login/form"]


def test_a_workspace_that_one_process_removes_is_gone_from_the_other_and_can_be_made_anew(
    house: Workspaces, other: Workspaces
) -> None:
    house.create("shared", read(EMPTY))
    held = other.get("shared")
    old = held.tables.facts.get(IDENTITY)

    house.remove("shared")

    assert (other.find("shared"), other.names()) == (None, ["main"])
    assert unavailable(held.journal.entries) == "missing"
    assert unavailable(lambda: held.journal.note("login/form")) == "missing"
    new = house.create("shared", read(EMPTY)).tables.facts.get(IDENTITY)
    assert other.get("shared").tables.facts.get(IDENTITY) == new != old


def test_a_workspace_that_goes_while_another_process_opens_it_is_not_made_anew(
    house: Workspaces, other: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.create("shared", read(EMPTY))
    overtake(monkeypatch, other, house)

    assert (other.find("shared"), house.names()) == (None, ["main"])


def test_a_schema_that_is_not_there_is_missing_to_who_does_not_make_it(house: Workspaces, store: str) -> None:
    assert unavailable(lambda: Postgres(store, "gone").prepare(make=False)) == "missing"
    assert house.names() == ["main"]


def test_a_name_is_taken_for_every_process(house: Workspaces, other: Workspaces) -> None:
    house.create("shared", read(EMPTY))

    assert refused(lambda: other.create("shared", read(EMPTY))) == ("taken", "shared")
    assert [each.step for each in house.get("shared").journal.entries()] == ["seed"]


def test_of_processes_that_make_the_same_name_at_once_one_wins(tmp_path: Path, house: Workspaces, store: str) -> None:
    code = ELSEWHERE.replace('":memory:"', repr(store))
    command = [sys.executable, "-c", code, str(tmp_path), "raced"]
    racing = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]

    for each in racing:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    told = [json.loads(each.communicate(timeout=PATIENCE)[0]) for each in racing]

    assert sorted(made for made, _, _ in told) == ["made", "taken", "taken"]
    assert house.names() == ["main", "raced"]


def test_a_workspace_that_nobody_used_for_eight_hours_is_gone(
    house: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.create("a", read(EMPTY))
    house.create("b", read(EMPTY))
    let_pass(monkeypatch, 4 * HOUR)
    house.find("b")
    let_pass(monkeypatch, 4 * HOUR + SECOND)

    assert house.find("a") is None
    assert house.names() == ["main", "b"]


def test_a_workspace_is_touched_at_most_once_a_minute(house: Workspaces, monkeypatch: pytest.MonkeyPatch) -> None:
    house.create("a", read(EMPTY))
    before = house.expires_at(house.main), house.expires_at(house.get("a"))

    later = let_pass(monkeypatch, 30 * SECOND)
    same = house.expires_at(house.get("a"))
    later = let_pass(monkeypatch, 60 * SECOND)
    moved = house.expires_at(house.get("a"))

    assert before == (None, same)
    assert moved == later + 8 * HOUR


def test_removing_touching_and_dating_what_is_gone_tells_so_or_does_nothing(house: Workspaces) -> None:
    house.create("a", read(EMPTY))
    house.remove("a")

    house._place.remove("a")
    house._place.touch("a")

    assert refused(lambda: house._place.used_at("a")) == ("unknown", "a")
    assert (house._place.open("a"), house._place.has("a")) == (None, False)
    assert refused(lambda: house.remove("a")) == ("unknown", "a")


def test_a_workspace_of_an_older_layout_is_brought_up_to_date_at_its_first_use(
    house: Workspaces, other: Workspaces, store: str
) -> None:
    house.create("x", read(EMPTY))
    backend = Postgres(store, "x")
    backend.run(f"DROP TABLE {backend.named('ticket')}", {})
    backend.run(f"UPDATE {backend.portals} SET layout = 1 WHERE name = 'x'", {})

    assert other.get("x").tables.tickets.where() == []


def test_workspaces_in_memory_leave_the_server_alone(tmp_path: Path, house: Workspaces, store: str) -> None:
    house_at(tmp_path, "memory", store=store).create("x", read(EMPTY))

    assert house.names() == ["main"]
