"""Whole tables: dumped and loaded as the database keeps them, found by name, and cleared but for some."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from store.contract_values import ROWS
from store.rows import account, link, user

from ipportal.store import MEMORY, Tables, open_store
from ipportal.store.columns import columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["memory", "file"])
def tables(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tables]:
    found = open_store(MEMORY if request.param == "memory" else str(tmp_path / "portal.sqlite"))
    found.backend.prepare()
    yield found
    found.backend.close()


def empty() -> Tables:
    found = open_store(MEMORY)
    found.backend.prepare()
    return found


@pytest.mark.parametrize("name", ROWS)
def test_what_is_dumped_and_loaded_is_the_same_record(tables: Tables, name: str) -> None:
    tables.by_name[name].insert(ROWS[name])

    dumped = tables.by_name[name].dump()
    other = empty()
    other.by_name[name].load(dumped)

    assert other.by_name[name].where() == [ROWS[name]]
    assert other.by_name[name].dump() == dumped


@pytest.mark.parametrize("name", ROWS)
def test_a_dumped_row_has_the_columns_in_the_records_order(tables: Tables, name: str) -> None:
    tables.by_name[name].insert(ROWS[name])

    (row,) = tables.by_name[name].dump()

    read = [column.read(value) for column, value in zip(columns(type(ROWS[name])).values(), row, strict=True)]
    assert read == [getattr(ROWS[name], column) for column in columns(type(ROWS[name]))]


def test_rows_are_dumped_in_the_order_of_their_key(tables: Tables) -> None:
    for each in ("c", "a", "b"):
        tables.links.insert(link(each))

    assert [row[0] for row in tables.links.dump()] == ["a", "b", "c"]


def test_an_empty_table_dumps_nothing_and_loading_nothing_adds_nothing(tables: Tables) -> None:
    tables.links.load([])

    assert tables.links.dump() == []


def test_of_rows_that_clash_none_is_loaded(tables: Tables) -> None:
    tables.links.insert(link("a"))

    with pytest.raises(sqlite3.IntegrityError):
        tables.links.load([("b", "x", 1), ("a", "x", 2)])

    assert tables.links.where() == [link("a")]


@pytest.mark.parametrize("row", [("a",), ("a", "x"), ("a", "x", 1, 2)])
def test_a_row_of_another_width_is_a_mistake_of_the_program(tables: Tables, row: tuple[object, ...]) -> None:
    with pytest.raises((sqlite3.ProgrammingError, sqlite3.OperationalError)):
        tables.links.load([row])

    assert tables.links.where() == []


def test_every_table_is_found_by_the_name_it_has_here(tables: Tables) -> None:
    assert {name: getattr(tables, name) for name in ROWS} == tables.by_name


@pytest.mark.parametrize("but", [set(), {"users"}, {"users", "accounts"}, set(ROWS)])
def test_clearing_removes_every_row_of_every_table_but_those_named(tables: Tables, but: set[str]) -> None:
    for name, row in ROWS.items():
        tables.by_name[name].insert(row)

    with tables.atomic():
        tables.clear(but=but)

    assert {name for name, table in tables.by_name.items() if table.where()} == but


def test_clearing_is_undone_with_its_block(tables: Tables) -> None:
    tables.users.insert(user())
    tables.accounts.insert(account())

    def fail() -> None:
        with tables.atomic():
            tables.clear()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (len(tables.users.where()), len(tables.accounts.where())) == (1, 1)


def test_one_row_may_be_left_out(tables: Tables) -> None:
    for each in ("a", "b", "c"):
        tables.links.insert(link(each))

    assert [row[0] for row in tables.links.dump(but="b")] == ["a", "c"]
