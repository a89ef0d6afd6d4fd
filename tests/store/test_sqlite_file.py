"""The store in a file keeps the contract, is private, and is opened with care."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import pytest
from store.contract import StoreContract
from store.rows import PATIENCE, user

from ipportal.store import Sqlite, Tables, open_store
from ipportal.store.sqlite import APPLICATION_ID, journal_mode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SYNCHRONOUS_FULL: Final = 2


class TestSqliteInAFile(StoreContract):
    duplicate_key = sqlite3.IntegrityError

    @pytest.fixture
    def tables(self, tmp_path: Path) -> Iterator[Tables]:
        found = open_store(str(tmp_path / "portal.sqlite"))
        assert found.backend.prepare()
        yield found
        found.backend.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "portal.sqlite"


@pytest.fixture
def tables(path: Path) -> Iterator[Tables]:
    found = open_store(str(path))
    found.backend.prepare()
    yield found
    found.backend.close()


def _pragma(tables: Tables, name: str) -> object:
    ((value,),) = tables.backend.rows(f"PRAGMA {name}", {})
    return value


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "truncate"),
        ((3, 44, 5), "truncate"),
        ((3, 44, 6), "wal"),
        ((3, 44, 99), "wal"),
        ((3, 45, 0), "truncate"),
        ((3, 50, 6), "truncate"),
        ((3, 50, 7), "wal"),
        ((3, 51), "truncate"),
        ((3, 51, 2), "truncate"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "wal"),
        ((4, 0, 0), "wal"),
    ],
)
def test_write_ahead_logging_is_used_only_where_its_fault_is_mended(version: tuple[int, ...], mode: str) -> None:
    assert journal_mode(version) == mode


def test_the_journal_mode_that_is_in_use_is_told(tables: Tables) -> None:
    assert tables.backend.described()["mode"] == journal_mode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("synchronous", SYNCHRONOUS_FULL),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("cache_size", -250),
        ("application_id", APPLICATION_ID),
        ("journal_mode", journal_mode()),
    ],
)
def test_every_threads_connection_is_set_up_for_safety_whatever_sqlites_own_defaults(
    tables: Tables, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    connect = sqlite3.connect

    def carelessly(*args: Any, **options: Any) -> sqlite3.Connection:
        conn: sqlite3.Connection = connect(*args, **options)
        conn.executescript("PRAGMA synchronous=0; PRAGMA secure_delete=0; PRAGMA foreign_keys=0;")
        return conn

    def ask() -> object:
        try:
            return _pragma(tables, name)
        finally:
            tables.backend.close()

    monkeypatch.setattr(sqlite3, "connect", carelessly)

    with ThreadPoolExecutor(1) as pool:
        elsewhere = pool.submit(ask).result(PATIENCE)

    assert (_pragma(tables, name), elsewhere) == (value, value)


def test_a_block_begins_with_the_right_to_write(tables: Tables, path: Path) -> None:
    other = sqlite3.connect(path, timeout=0, isolation_level=None)

    with tables.atomic(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")

    other.close()


def test_a_new_file_is_its_owners_alone(tables: Tables, path: Path) -> None:
    assert tables.users.where() == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    tables = open_store(str(tmp_path / "a" / "b" / "portal.sqlite"))

    new = tables.backend.prepare()
    tables.backend.close()

    assert new
    assert (tmp_path / "a" / "b" / "portal.sqlite").is_file()


@pytest.mark.parametrize(
    "name", ["a b.sqlite", "50%25.sqlite", "what?mode=memory", "part#1", "投資者.sqlite", "a'b\"c"]
)
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    tables = open_store(str(tmp_path / name))

    tables.backend.prepare()
    tables.users.insert(user())
    tables.backend.close()

    assert {each.name for each in tmp_path.iterdir()} <= {name, f"{name}-journal"}
    assert tables.users.where() == [user()]
    tables.backend.close()


def test_a_relative_path_is_taken_from_where_the_program_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tables = open_store("portal.sqlite")

    tables.backend.prepare()
    tables.backend.close()

    assert (tmp_path / "portal.sqlite").stat().st_size


def test_opening_a_store_writes_nothing_before_it_is_prepared(path: Path) -> None:
    open_store(str(path))

    assert not path.exists()


def test_a_store_outlives_its_process_and_is_new_only_once(path: Path) -> None:
    first, second = open_store(str(path)), open_store(str(path))

    assert first.backend.prepare() is True
    first.users.insert(user())
    first.backend.close()

    assert second.backend.prepare() is False
    assert second.users.where() == [user()]
    second.backend.close()


def test_two_stores_on_one_file_see_each_others_rows(tables: Tables, path: Path) -> None:
    other = open_store(str(path))

    other.users.insert(user("one"))
    tables.users.update("one", failed_tries=2)

    assert [each.failed_tries for each in other.users.where()] == [2]
    other.backend.close()


def test_a_closed_connection_is_really_closed(path: Path) -> None:
    backend = Sqlite(str(path))
    backend.prepare()
    conn = backend._connection()
    backend.close()

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        conn.execute("SELECT 1")
