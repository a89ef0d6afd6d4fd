"""A portal's schema is made once, grows with the records, and goes whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
import stores
from store.rows import account, user

from ipportal.store import Tables, Unavailable, open_store, postgres
from ipportal.store.postgres import Postgres


def test_a_store_is_new_only_once_whoever_prepares_it(bare: str) -> None:
    first, second = open_store(bare), open_store(bare)

    told = [each.backend.prepare() for each in (first, second, first)]

    assert told == [True, False, False]
    assert first.users.where() == []


def test_of_many_that_prepare_a_new_store_at_once_one_finds_it_new(bare: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = [*pool.map(lambda _: open_store(bare).backend.prepare(), range(8))]

    assert sorted(told) == [False] * 7 + [True]


@pytest.mark.parametrize("state", ["40001", "40P01", "23505", "42P06", "42P07"])
def test_what_another_process_makes_meanwhile_is_no_fault(
    bare: str, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    execute, left = postgres._execute, [psycopg.errors.lookup(state)("invented")]

    def overtaken(*words: Any) -> None:
        if left:
            raise left.pop()
        execute(*words)

    monkeypatch.setattr(postgres, "_execute", overtaken)

    assert open_store(bare).backend.prepare() is True


def test_a_store_that_cannot_be_founded_says_why(bare: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise psycopg.errors.DiskFull

    monkeypatch.setattr(postgres, "_execute", full)

    with pytest.raises(Unavailable) as refusal:
        open_store(bare).backend.prepare()

    assert refusal.value.code == "full"


def test_the_tables_of_another_application_are_left_alone(bare: str) -> None:
    with psycopg.connect(stores.server().address()) as conn:
        conn.execute("CREATE SCHEMA bare CREATE TABLE account (theirs TEXT)")

    with pytest.raises(Unavailable) as refusal:
        open_store(bare).backend.prepare()

    assert refusal.value.code == "foreign"


def test_a_store_of_an_older_layout_keeps_its_rows_and_gains_what_the_records_have_gained(bare: str) -> None:
    older = open_store(bare)
    older.backend.prepare()
    older.users.insert(user())
    older.accounts.insert(account())
    with psycopg.connect(stores.server().address()) as conn:
        conn.execute("ALTER TABLE bare.account DROP COLUMN names, DROP COLUMN issued, DROP COLUMN locked")
        conn.execute("DROP TABLE bare.ticket")
        conn.execute("UPDATE bare.workspace SET layout = 1")

    newer = open_store(bare)

    assert newer.backend.prepare() is False
    (found,) = newer.accounts.where()
    assert (found.names, found.issued, found.locked) == ({}, True, False)
    assert (newer.users.where(), newer.tickets.where()) == ([user()], [])
    assert open_store(bare).backend.prepare() is False


def test_a_portal_that_was_dropped_is_missing_and_not_made_anew(bare: str) -> None:
    tables = open_store(bare)
    tables.backend.prepare()
    other = Postgres(bare, "other")
    with other.making() as new:
        assert new

    other.drop()
    other.drop()

    def nothing() -> None:
        with other.atomic():
            pass

    for deed in (Tables(other).users.where, lambda: Tables(other).users.insert(user()), nothing):
        with pytest.raises(Unavailable) as refusal:
            deed()
        assert refusal.value.code == "missing"
