"""At run time: a file that goes away, is full or damaged makes the store unavailable and loses nothing."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

import pytest
from store.rows import account, count, tries, user

from ipportal.store import Sqlite, Tables, Unavailable, open_store
from ipportal.store.troubles import translated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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


def test_a_full_disk_undoes_the_block_and_leaves_the_store_usable(tables: Tables, backend: Sqlite) -> None:
    conn = backend._connection()
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
    backend._connection().execute("PRAGMA query_only = ON")  # root could write to a file that is read-only

    assert _code(lambda: count(tables)) == "read_only"
    assert tries(tables) == 0


@pytest.mark.parametrize("inside", [True, False])
def test_a_connection_from_when_the_file_was_read_only_is_let_go(
    tables: Tables, backend: Sqlite, *, inside: bool
) -> None:
    backend._connection().execute("PRAGMA query_only = ON")  # as above

    def act() -> None:
        count(tables) if inside else tables.accounts.insert(account())

    assert _code(act) == "read_only"

    act()

    assert tries(tables) == inside
    assert len(tables.accounts.where()) == (not inside)


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


@pytest.mark.parametrize(
    ("finer", "code"),
    [
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "busy"),
        (sqlite3.SQLITE_LOCKED_SHAREDCACHE, "busy"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "read_only"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "missing"),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, "missing"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "damaged"),
        (sqlite3.SQLITE_IOERR_FSYNC, "fault"),
    ],
)
def test_a_finer_code_of_the_database_is_told_as_its_family(finer: int, code: str) -> None:
    fault = sqlite3.OperationalError("invented")
    fault.sqlite_errorcode = finer

    def fail() -> None:
        with translated("somewhere"):
            raise fault

    assert _code(fail) == code


def test_a_file_that_vanishes_between_looking_and_opening_is_not_made_anew(
    tables: Tables, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = path.stat()
    tables.backend.close()
    path.unlink()

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", lambda _: seen)
        code = _code(tables.users.where)

    assert code == "missing"
    assert not path.exists()
