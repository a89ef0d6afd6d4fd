"""A workspace that nobody uses is removed after its hours of real time; `main` never is."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from houses import HOUR, file_of, house_at, let_pass, unused_for
from props import NOON, PEOPLE, SECOND
from store.rows import account

from ipportal.clock import RealClock
from ipportal.people import EMPTY, read
from ipportal.places import Files
from ipportal.store import sqlite
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ipportal.store import Tables


@pytest.fixture(params=["files", "memory"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Workspaces:
    return house_at(tmp_path, request.param)


def test_a_workspace_that_nobody_used_for_eight_hours_is_gone_from_the_names(
    house: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.create("a", read(EMPTY))

    let_pass(monkeypatch, 8 * HOUR + SECOND)

    assert house.names() == ["main"]
    assert not house.has("a")


def test_a_workspace_that_nobody_used_for_eight_hours_cannot_be_found(
    house: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.create("a", read(EMPTY))

    let_pass(monkeypatch, 8 * HOUR + SECOND)

    assert house.find("a") is None
    assert not house.has("a")


def test_one_that_somebody_is_writing_to_stays_a_little_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = house_at(tmp_path)
    house.create("a", read(EMPTY))
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.05)
    writer = sqlite3.connect(file_of(tmp_path, "a"), isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    let_pass(monkeypatch, 8 * HOUR + SECOND)

    stays = house.names()
    writer.close()

    assert (stays, house.names()) == (["main", "a"], ["main"])


def test_a_workspace_stays_up_to_the_hours_that_the_settings_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = house_at(tmp_path, "memory", workspace_hours=1)
    house.create("a", read(EMPTY))

    let_pass(monkeypatch, HOUR - SECOND)
    stays = house.names()
    let_pass(monkeypatch, 2 * SECOND)

    assert (stays, house.names()) == (["main", "a"], ["main"])


def test_being_found_counts_as_being_used(house: Workspaces, monkeypatch: pytest.MonkeyPatch) -> None:
    house.create("a", read(EMPTY))
    let_pass(monkeypatch, 7 * HOUR)
    monkeypatch.undo()  # the file's own time is the machine's

    house.find("a")

    moved = house.expires_at(house.get("a"))
    assert moved
    assert abs(moved - RealClock().now() - 8 * HOUR) < 2 * timedelta(minutes=1)


def test_the_workspaces_own_clock_makes_it_no_older(house: Workspaces) -> None:
    portal = house.create("a", read(EMPTY), NOON)

    portal.stored_clock.set(NOON + timedelta(days=9000))

    assert house.names() == ["main", "a"]


def test_main_never_expires_though_nobody_used_it_for_years(house: Workspaces, monkeypatch: pytest.MonkeyPatch) -> None:
    house.main.tables.accounts.insert(account())

    let_pass(monkeypatch, timedelta(days=3660))

    assert (house.expires_at(house.main), house.names()) == (None, ["main"])
    assert house.find("main") is house.main
    assert len(house.main.tables.accounts.where()) == 1


def test_a_file_that_was_left_before_a_restart_is_gone_at_its_first_use(tmp_path: Path) -> None:
    house_at(tmp_path).create("a", read(EMPTY))
    unused_for(file_of(tmp_path, "a"), 9 * HOUR)

    found = house_at(tmp_path).find("a")

    assert found is None
    assert not file_of(tmp_path, "a").exists()


def test_a_workspace_is_touched_at_most_once_a_minute(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    house.create("a", read(EMPTY))
    unused_for(file_of(tmp_path, "a"), 30 * SECOND)
    before = file_of(tmp_path, "a").stat().st_mtime

    house.find("a")
    same = file_of(tmp_path, "a").stat().st_mtime
    unused_for(file_of(tmp_path, "a"), 90 * SECOND)
    house.find("a")

    assert same == before
    assert file_of(tmp_path, "a").stat().st_mtime > before


def test_to_be_counted_is_not_to_be_used(tmp_path: Path) -> None:
    house_at(tmp_path).create("a", read(EMPTY))
    unused_for(file_of(tmp_path, "a"), 7 * HOUR)
    before = file_of(tmp_path, "a").stat().st_mtime

    house_at(tmp_path).reached()

    assert file_of(tmp_path, "a").stat().st_mtime == before


def test_what_an_expired_journal_showed_is_still_counted(house: Workspaces, monkeypatch: pytest.MonkeyPatch) -> None:
    portal = house.create("a")
    person = PEOPLE["registered"]
    portal.login.enter({"internet_user_id": person.internet_user_id or "", "internet_password": "Wrong12345678"})

    let_pass(monkeypatch, 9 * HOUR)

    assert house.reached()["login/form.wrong_credentials"] == 1
    assert house.names() == ["main"]


@pytest.mark.parametrize("content", [b"", b"no database at all, of somebody else" * 100])
def test_a_foreign_file_in_the_folder_is_left_alone_and_harms_nobody(tmp_path: Path, content: bytes) -> None:
    house = house_at(tmp_path)
    house.create("a", read(EMPTY))
    foreign = file_of(tmp_path, "theirs")
    foreign.write_bytes(content)
    unused_for(foreign, 9 * HOUR)

    names = house.names()

    assert "a" in names
    assert house.find("a")
    assert not foreign.exists() or foreign.read_bytes() == content


@pytest.mark.parametrize("idle", [0, 9])
@pytest.mark.parametrize("at", ["used_at", "open"])
@pytest.mark.parametrize("first", [Workspaces.names, lambda house: house.find("a")], ids=["listed", "found"])
def test_a_workspace_that_another_process_removes_meanwhile_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, idle: int, first: Callable[[Workspaces], object]
) -> None:
    house = house_at(tmp_path)
    house.create("a", read(EMPTY))
    unused_for(file_of(tmp_path, "a"), idle * HOUR)
    seen = getattr(Files, at)

    def overtaken(place: Files, name: str) -> Tables | None:
        file_of(tmp_path, "a").unlink(missing_ok=True)
        found: Tables | None = seen(place, name)
        return found

    monkeypatch.setattr(Files, at, overtaken)

    first(house)

    assert house.find("a") is None
    assert house.names() == ["main"]
