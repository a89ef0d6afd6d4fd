"""The store in memory keeps the contract and touches no file."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import hookimpl
from sqlite_utils.plugins import pm
from store.contract import StoreContract
from store.rows import user

from ipportal.store import MEMORY, Tables, Unavailable, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def prepared(where: str) -> Tables:
    found = open_store(where)
    assert found.backend.prepare()
    return found


class TestSqliteInMemory(StoreContract):
    duplicate_key = sqlite3.IntegrityError

    @pytest.fixture
    def tables(self) -> Iterator[Tables]:
        found = prepared(MEMORY)
        yield found
        found.backend.close()


def test_two_stores_in_memory_share_nothing() -> None:
    one, two = open_store(MEMORY), open_store(MEMORY)

    one.backend.prepare()
    two.backend.prepare()
    one.users.insert(user())

    assert two.users.where() == []


def test_a_store_in_memory_is_made_of_small_pages(tmp_path: Path) -> None:
    memory, file = (prepared(where).backend for where in (MEMORY, str(tmp_path / "portal.sqlite")))

    assert memory.rows("PRAGMA page_size", {}) == [(1024,)]
    assert file.rows("PRAGMA page_size", {}) == [(4096,)]


def test_no_plugin_of_sqlite_utils_is_let_near_the_rows() -> None:
    met: list[object] = []

    class Plugin:
        @hookimpl
        def prepare_connection(self, conn: object) -> None:
            met.append(conn)

    pm.register(Plugin(), "curious")
    try:
        prepared(MEMORY)
    finally:
        pm.unregister(name="curious")

    assert met == []


def test_a_store_in_memory_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    tables = open_store(MEMORY)
    tables.backend.prepare()
    tables.users.insert(user())

    assert tables.backend.described()["mode"] == "memory"
    assert [*tmp_path.iterdir()] == []


def test_tables_of_someone_else_are_refused_even_in_memory() -> None:
    tables = open_store(MEMORY)
    tables.backend.run("CREATE TABLE theirs (a TEXT)", {})

    with pytest.raises(Unavailable) as refusal:
        tables.backend.prepare()

    assert (refusal.value.code, refusal.value.where) == ("foreign", MEMORY)


def test_a_store_that_was_never_prepared_is_at_fault() -> None:
    with pytest.raises(Unavailable) as refusal:
        open_store(MEMORY).users.where()

    assert refusal.value.code == "fault"
