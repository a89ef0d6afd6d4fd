"""A workspace's file is made in one step, private, and leaves nothing behind when it cannot be made or is removed."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest
from houses import file_of, house_at, rows

from ipportal.people import EMPTY, read
from ipportal.places import Files, Memory
from ipportal.scenarios import seed
from ipportal.store import MEMORY, Sqlite, Unavailable
from ipportal.vetting import ScenarioError

if TYPE_CHECKING:
    from pathlib import Path


def built() -> Sqlite:
    """Return an empty store in memory, as a workspace is made of."""
    made = Sqlite(MEMORY)
    made.prepare()
    return made


def left(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_store_is_kept_as_one_private_file(tmp_path: Path) -> None:
    added = Files(tmp_path / "a").add("x", built())

    assert added
    assert left(tmp_path / "a") == ["x.sqlite"]
    assert stat.S_IMODE((tmp_path / "a" / "x.sqlite").stat().st_mode) == 0o600


def test_a_scenario_that_cannot_be_used_leaves_no_workspace_behind(tmp_path: Path) -> None:
    house = house_at(tmp_path)

    with pytest.raises(ScenarioError):
        house.create("x", read(str(tmp_path / "missing.toml")))

    assert (house.names(), left(tmp_path)) == (["main"], [])


def test_a_workspace_that_fails_half_way_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipportal.workspaces.set_up", lambda *_: 1 / 0)
    house = house_at(tmp_path)

    with pytest.raises(ZeroDivisionError):
        house.create("x")

    assert (house.names(), left(tmp_path)) == (["main"], [])


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)

    with pytest.raises(Unavailable, match="full"):
        Files(tmp_path).add("x", built())

    assert left(tmp_path) == []


@pytest.mark.parametrize("place", ["files", "memory"])
def test_a_taken_name_is_refused_and_the_first_store_stays(tmp_path: Path, place: str) -> None:
    kept = Files(tmp_path) if place == "files" else Memory()
    kept.add("x", built())
    first = kept.open("x")

    added = kept.add("x", built())

    assert (added, kept.open("x")) == (False, first)
    assert left(tmp_path) == (["x.sqlite"] if place == "files" else [])


def test_removing_takes_a_journal_that_a_crash_left_and_nothing_else(tmp_path: Path) -> None:
    place = Files(tmp_path)
    for name in ("x", "x-journal", "xx"):
        place.add(name, built())
    for ending in ("-journal", "-wal", "-shm"):
        (tmp_path / f"x.sqlite{ending}").touch()

    assert place.remove("x")

    assert left(tmp_path) == ["x-journal.sqlite", "xx.sqlite"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.EPERM, "read_only"),
    ],
)
def test_a_folder_that_takes_no_file_is_a_store_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, "refused")

    monkeypatch.setattr(os, "open", refuse)

    with pytest.raises(Unavailable) as fault:
        Files(tmp_path).add("x", built())

    assert (fault.value.code, fault.value.where) == (code, str(tmp_path))
    assert left(tmp_path) == []


def test_another_fault_of_a_folder_is_a_bug(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(NotADirectoryError):
        Files(tmp_path / "file").add("x", built())


def test_what_is_no_workspaces_file_has_no_name(tmp_path: Path) -> None:
    for each in ("X.sqlite", "a b.sqlite", ".x.new", "notes.txt", "x.sqlite-journal", "é.sqlite", "x" * 41 + ".sqlite"):
        (tmp_path / each).touch()
    Files(tmp_path).add("good", built())

    assert Files(tmp_path).names() == ["good"]


def test_a_folder_that_is_not_there_yet_has_no_names_and_is_not_made(tmp_path: Path) -> None:
    place = Files(tmp_path / "workspaces")

    assert (place.names(), place.has("x"), place.open("x")) == ([], False, None)
    assert left(tmp_path) == []


def test_a_store_is_opened_once_in_a_process(tmp_path: Path) -> None:
    Files(tmp_path).add("x", built())
    place = Files(tmp_path)

    assert place.open("x") is place.open("x")


def test_a_file_of_an_older_layout_is_brought_up_to_date_at_its_first_use(tmp_path: Path) -> None:
    house_at(tmp_path).create("x", read(EMPTY))
    backend = Sqlite(str(file_of(tmp_path, "x")), ours=True)
    backend.run("DROP TABLE ticket", {})
    backend.run("PRAGMA user_version = 1", {})
    backend.close()

    portal = house_at(tmp_path).get("x")

    assert portal.tables.tickets.where() == []


def test_a_workspace_in_memory_touches_no_file(tmp_path: Path) -> None:
    house = house_at(tmp_path, "memory")

    portal = house.create("x", read(EMPTY))
    seed(portal, anew=True)
    house.remove("x")

    assert left(tmp_path) == []
    assert rows(portal)["accounts"]


def test_what_a_killed_process_has_left_goes_when_the_next_is_made(tmp_path: Path) -> None:
    places = Files(tmp_path)
    old, new = tmp_path / ".0123456789abcdef.new", tmp_path / ".fedcba9876543210.new"
    for each in (old, new):
        each.touch()
    os.utime(old, (0, 0))

    assert places.add("x", built())

    assert left(tmp_path) == [new.name, "x.sqlite"]
