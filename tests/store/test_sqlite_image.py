"""A store can be taken as bytes, and one that bears the present layout is opened without a look at its tables."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from store.rows import account, entry, user

from ipportal.store import MEMORY, Sqlite, Tables, Unavailable, open_store, sqlite
from ipportal.store.schema import RECORDS

if TYPE_CHECKING:
    from pathlib import Path


def filled(where: str) -> Tables:
    tables = open_store(where)
    tables.backend.prepare()
    with tables.atomic():
        tables.users.insert(user())
        tables.accounts.insert(account())
        tables.journal.insert(entry())
    return tables


def statements(backend: Sqlite) -> list[str]:
    """Return a list that grows by every statement of this thread's connection."""
    seen: list[str] = []
    backend._connection().set_trace_callback(seen.append)
    return seen


def image(tables: Tables) -> bytes:
    assert isinstance(tables.backend, Sqlite)
    return tables.backend.image()


def sqlite_of(tables: Tables) -> Sqlite:
    assert isinstance(tables.backend, Sqlite)
    return tables.backend


@pytest.mark.parametrize("place", ["memory", "file"])
def test_the_image_of_a_store_is_a_file_with_the_same_rows(tmp_path: Path, place: str) -> None:
    tables = filled(MEMORY if place == "memory" else str(tmp_path / "first.sqlite"))

    (tmp_path / "second.sqlite").write_bytes(image(tables))

    copy = open_store(str(tmp_path / "second.sqlite"))
    assert copy.backend.prepare() is False
    assert [each.dump() for each in copy.by_name.values()] == [each.dump() for each in tables.by_name.values()]
    tables.backend.close()
    copy.backend.close()


def test_a_copy_goes_on_counting_its_journal_where_the_image_was_taken(tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite").write_bytes(image(filled(MEMORY)))
    copy = Tables(Sqlite(str(tmp_path / "copy.sqlite"), ours=True))

    copy.journal.delete()
    copy.journal.insert(entry())

    assert [each.sequence for each in copy.journal.where()] == [2]
    copy.backend.close()


@pytest.mark.parametrize("ours", [True, False])
def test_a_file_that_this_process_made_is_used_safely_without_being_prepared(tmp_path: Path, *, ours: bool) -> None:
    (tmp_path / "copy.sqlite").write_bytes(image(filled(MEMORY)))
    backend = Sqlite(str(tmp_path / "copy.sqlite"), ours=ours)

    ((mode,),) = backend.rows("PRAGMA journal_mode", {})

    assert (mode == sqlite.journal_mode()) is ours
    backend.close()


def test_a_store_that_bears_the_layout_is_not_looked_through_or_written_to(tmp_path: Path) -> None:
    filled(path := str(tmp_path / "portal.sqlite")).backend.close()
    again = sqlite_of(open_store(path))
    before = (tmp_path / "portal.sqlite").stat()
    seen = statements(again)

    new = again.prepare()

    assert new is False
    assert [each for each in seen if "table_info" in each or "sqlite_master" in each or "BEGIN" in each] == []
    assert (tmp_path / "portal.sqlite").stat().st_mtime_ns == before.st_mtime_ns
    again.close()


def test_a_store_of_another_layout_is_brought_up_to_date_and_then_bears_it(tmp_path: Path) -> None:
    filled(path := str(tmp_path / "portal.sqlite")).backend.close()
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("DROP TABLE ticket")
    conn.execute("ALTER TABLE journal_entry DROP COLUMN judged")
    conn.execute("PRAGMA user_version = 7")
    conn.close()
    again = open_store(path)

    news = [again.backend.prepare(), again.backend.prepare()]

    assert news == [False, False]
    assert again.tickets.where() == []
    assert [each.judged for each in again.journal.where()] == [{}]
    assert again.backend.rows("PRAGMA user_version", {}) == [(sqlite._layout(),)]
    again.backend.close()


def test_the_layouts_number_fits_sqlite_and_changes_with_a_column(monkeypatch: pytest.MonkeyPatch) -> None:
    number = sqlite._layout()

    monkeypatch.setattr(sqlite, "RECORDS", RECORDS[:-1])
    other = sqlite._layout.__wrapped__()

    assert 0 < number < 2**31
    assert 0 < other != number


def test_a_foreign_file_is_refused_though_it_bears_our_layout(tmp_path: Path) -> None:
    conn = sqlite3.connect(tmp_path / "theirs.sqlite", isolation_level=None)
    conn.execute("CREATE TABLE theirs (a TEXT)")
    conn.execute(f"PRAGMA user_version = {sqlite._layout()}")
    conn.close()
    before = (tmp_path / "theirs.sqlite").read_bytes()
    backend = Sqlite(str(tmp_path / "theirs.sqlite"))

    with pytest.raises(Unavailable, match="foreign"):
        backend.prepare()

    assert (tmp_path / "theirs.sqlite").read_bytes() == before
    backend.close()


@pytest.mark.parametrize("place", ["memory", "file"])
def test_a_twin_holds_the_same_and_goes_its_own_way(tmp_path: Path, place: str) -> None:
    tables = filled(MEMORY if place == "memory" else str(tmp_path / "first.sqlite"))

    twin = Tables(sqlite_of(tables).twin())

    assert [each.dump() for each in twin.by_name.values()] == [each.dump() for each in tables.by_name.values()]
    twin.users.insert(user("another1"))
    tables.journal.delete()
    assert (len(tables.users.where()), len(twin.users.where()), len(twin.journal.where())) == (1, 2, 1)
    assert twin.backend.prepare() is False
    tables.backend.close()
