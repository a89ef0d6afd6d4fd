"""What another process has removed, or nobody ever made, is not there, and looking for it makes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from houses import house_at, overtake, unavailable
from test_places import built, left

from ipportal.people import EMPTY, read
from ipportal.places import Files, Memory, WorkspaceError
from ipportal.store import Sqlite, sqlite
from ipportal.store.schema import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ipportal.store import Tables


def opened(folder: Path) -> tuple[Files, Files, Tables, Sqlite]:
    """Return the places of two processes, and the workspace `x` as the first has it open."""
    place, other = Files(folder), Files(folder)
    place.add("x", built())
    tables = place.open("x")
    assert tables
    assert isinstance(tables.backend, Sqlite)
    return place, other, tables, tables.backend


def test_removing_what_another_process_removed_or_never_was_does_nothing(tmp_path: Path) -> None:
    place = Files(tmp_path)
    place.add("x", built())
    (tmp_path / "x.sqlite").unlink()

    assert not place.remove("x")
    assert not place.remove("never")
    assert not Memory().remove("never")
    assert place.names() == []


def test_a_workspace_that_goes_while_another_process_opens_it_is_not_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, other = house_at(tmp_path), house_at(tmp_path)
    house.create("shared", read(EMPTY))
    overtake(monkeypatch, other, house)

    assert (other.find("shared"), house.names()) == (None, ["main"])
    assert left(tmp_path / "workspaces") == []


def test_who_is_in_the_middle_of_writing_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.05)
    place = Files(tmp_path)
    place.add("x", built())
    writer = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")

    assert unavailable(lambda: place.remove("x")) == "busy"
    assert place.has("x")

    writer.close()
    assert place.remove("x")
    assert left(tmp_path) == []


def test_who_waited_for_what_was_removed_leaves_nothing_to_the_next_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, other, tables, backend = opened(tmp_path)
    old = backend._connection()
    other.remove("x")
    other.add("x", built())
    monkeypatch.setattr(backend, "_connection", lambda: old)  # it had looked before

    assert unavailable(lambda: tables.facts.insert(Fact("late", {}))) == "missing"
    assert left(tmp_path) == ["x.sqlite"]


def test_what_others_removed_is_no_longer_held_open(tmp_path: Path) -> None:
    place, other = Files(tmp_path), Files(tmp_path)
    for name in ("x", "y"):
        place.add(name, built())
    other.remove("x")

    assert place.names() == ["y"]
    assert [*place._open] == ["y"]


def test_a_touch_of_what_is_gone_does_nothing(tmp_path: Path) -> None:
    Files(tmp_path).touch("gone")

    assert left(tmp_path) == []


def test_what_is_gone_was_never_used(tmp_path: Path) -> None:
    for place in (Files(tmp_path), Memory()):
        with pytest.raises(WorkspaceError) as refusal:
            place.used_at("gone")
        assert (refusal.value.code, refusal.value.name) == ("unknown", "gone")


def test_a_file_that_is_not_there_is_missing_to_who_does_not_make_it(tmp_path: Path) -> None:
    assert unavailable(lambda: Sqlite(str(tmp_path / "gone.sqlite")).prepare(make=False)) == "missing"
    assert left(tmp_path) == []


def test_what_another_has_made_meanwhile_is_not_removed_in_place_of_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, other, _, backend = opened(tmp_path)
    begin = backend.atomic

    @contextmanager
    def overtaken() -> Iterator[None]:
        with begin():
            (tmp_path / "x.sqlite").unlink()  # as one does that had its turn before
            other.add("x", built())
            yield

    monkeypatch.setattr(backend, "atomic", overtaken)

    assert not place.remove("x")
    assert other.has("x")
