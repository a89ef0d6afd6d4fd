"""At run time: a file that goes away, is held, full or damaged makes the store unavailable and loses nothing."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest
from store.rows import PATIENCE, account, count, tries, user

from ipportal.store import Sqlite, Tables, Unavailable, open_store, sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "portal.sqlite"


@pytest.fixture
def backend(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sqlite]:
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.1)
    found = Sqlite(str(path))
    found.prepare()
    yield found
    found.close()


@pytest.fixture
def tables(backend: Sqlite) -> Tables:
    """A store that knows one user."""
    found = Tables(backend)
    found.users.insert(user())
    return found


@pytest.fixture
def holder(path: Path, tables: Tables) -> Iterator[sqlite3.Connection]:
    """Another process's connection, as far as SQLite can tell."""
    assert tables.users.where()
    found = sqlite3.connect(path, timeout=0, isolation_level=None)
    yield found
    found.close()


def _code(deed: Callable[[], object]) -> str:
    with pytest.raises(Unavailable) as refusal:
        deed()
    return refusal.value.code


def test_a_file_that_is_deleted_is_missing_and_not_made_anew(tables: Tables, path: Path) -> None:
    path.unlink()

    assert _code(tables.users.where) == "missing"
    assert _code(lambda: tables.users.insert(user("two"))) == "missing"
    assert _code(lambda: count(tables)) == "missing"
    assert not path.exists()


def test_a_file_that_comes_back_is_used_again(tables: Tables, path: Path) -> None:
    path.rename(path.with_suffix(".away"))
    assert _code(tables.users.where) == "missing"

    path.with_suffix(".away").rename(path)

    assert tables.users.where() == [user()]


def test_a_file_that_is_replaced_is_opened_anew(tables: Tables, path: Path) -> None:
    other = open_store(str(path.with_name("other.sqlite")))
    other.backend.prepare()
    other.users.insert(user("two"))
    other.backend.close()

    path.with_name("other.sqlite").replace(path)

    assert tables.users.where() == [user("two")]
    count(tables, "two")
    assert tries(tables, "two") == 1


def test_a_store_that_another_process_writes_to_is_busy_and_then_free(
    tables: Tables, holder: sqlite3.Connection
) -> None:
    holder.execute("BEGIN IMMEDIATE")

    assert _code(lambda: count(tables)) == "busy"
    assert _code(lambda: tables.users.insert(user("two"))) == "busy"
    assert tries(tables) == 0

    holder.execute("ROLLBACK")
    count(tables)
    assert tries(tables) == 1


def test_a_store_that_another_process_holds_alone_cannot_even_be_read(
    tables: Tables, holder: sqlite3.Connection
) -> None:
    holder.execute("BEGIN EXCLUSIVE")

    assert _code(tables.users.where) == "busy"

    holder.execute("ROLLBACK")
    assert tables.users.where() == [user()]


def test_a_writer_waits_for_another_process_before_it_gives_up(
    tables: Tables, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", PATIENCE)
    holder.execute("BEGIN IMMEDIATE")

    def write() -> None:
        count(tables)
        tables.backend.close()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(write)
        Event().wait(0.2)
        assert not waiting.done()
        holder.execute("ROLLBACK")
        waiting.result(PATIENCE)

    assert tries(tables) == 1


def test_a_thread_that_writes_for_too_long_makes_the_others_busy(tables: Tables) -> None:
    def other() -> str:
        try:
            return _code(lambda: count(tables))
        finally:
            tables.backend.close()

    with ThreadPoolExecutor(1) as pool:
        with tables.atomic():
            told = pool.submit(other).result(PATIENCE)
        count(tables)

    assert told == "busy"
    assert tries(tables) == 1


def test_a_full_disk_undoes_the_block_and_leaves_the_store_usable(tables: Tables, backend: Sqlite) -> None:
    conn = backend._connection().conn
    (pages,) = conn.execute("PRAGMA page_count").fetchone()
    conn.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        with tables.atomic():
            count(tables)
            for number in range(10_000):
                tables.accounts.insert(account(f"{number:08}"))

    assert _code(fill) == "full"
    assert (tables.accounts.where(), tries(tables)) == ([], 0)

    conn.execute(f"PRAGMA max_page_count = {pages * 1000}")
    tables.accounts.insert(account())
    assert tables.accounts.where() == [account()]


def test_a_store_that_turns_read_only_can_still_be_read(tables: Tables, backend: Sqlite) -> None:
    backend._connection().conn.execute("PRAGMA query_only = ON")  # root could write to a file that is read-only

    assert _code(lambda: count(tables)) == "read_only"
    assert tries(tables) == 0


def test_a_damaged_file_is_told_as_damaged(tables: Tables, path: Path) -> None:
    size = path.stat().st_size
    tables.backend.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))

    assert _code(tables.users.where) == "damaged"


def test_a_fault_that_nobody_foresaw_is_told_as_a_fault(tables: Tables) -> None:
    tables.backend.run("DROP TABLE user", {})

    assert _code(tables.users.where) == "fault"


def test_a_broken_key_is_a_bug_and_no_fault_of_the_file(tables: Tables) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        tables.users.insert(user())
