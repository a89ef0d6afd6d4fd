"""The store on a PostgreSQL server keeps the contract, and what SQLite keeps beside it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psycopg
import pytest
import stores
from store.contract import StoreContract
from store.rows import PATIENCE, at_once, entry, link, tries, user

from ipportal.store import Tables, Unavailable, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

ODD = ["a\0b", "\0", "\x1a", "\x1a0", "\x1a\x1a1\0", "0\x1a"]


class TestPostgres(StoreContract):
    duplicate_key = psycopg.IntegrityError

    @pytest.fixture
    def tables(self) -> Iterator[Tables]:
        found = open_store(stores.lent())
        found.backend.prepare()
        yield found
        found.backend.close()


@pytest.fixture
def tables(store: str) -> Tables:
    found = open_store(store)
    found.backend.prepare()
    return found


def test_two_stores_at_one_address_see_each_others_rows(store: str, tables: Tables) -> None:
    other = open_store(store)

    other.users.insert(user("one"))
    tables.users.update("one", failed_tries=2)

    assert tries(other, "one") == 2


def test_two_stores_that_count_at_once_lose_nothing(store: str, tables: Tables) -> None:
    tables.users.insert(user())
    others = [tables, open_store(store)]

    def count() -> None:
        mine = others.pop()
        for _ in range(50):
            with mine.atomic():
                mine.users.update("lokshan1", failed_tries=tries(mine) + 1)

    at_once(tables, 2, count)

    assert tries(tables) == 100


@pytest.mark.parametrize("text", ODD)
def test_a_text_that_postgresql_would_refuse_stays_the_text_it_was(tables: Tables, text: str) -> None:
    tables.links.insert(link(text, text))
    tables.links.load([("other", text, 1)])

    assert tables.links.get(text) == link(text, text)
    assert [each.folded_id for each in tables.links.where(folded_id=text)] == [text, text]
    assert [row[1] for row in tables.links.dump()] == [text, text]
    assert tables.links.delete(folded_id=text) == 2


def test_a_lone_surrogate_is_refused_as_sqlite_refuses_it(tables: Tables) -> None:
    with pytest.raises(UnicodeEncodeError):
        tables.links.get("\ud800")


def test_a_block_whose_fault_somebody_catches_does_not_pass_for_kept(tables: Tables) -> None:
    tables.users.insert(user())

    def careless() -> None:
        with tables.atomic():
            tables.users.insert(user("two"))
            with pytest.raises(psycopg.IntegrityError):
                tables.users.insert(user())

    with pytest.raises(Unavailable) as refusal:
        careless()

    assert refusal.value.code == "fault"
    assert tables.users.where() == [user()]


def test_rows_that_are_loaded_bring_their_numbers_and_the_next_goes_on(tables: Tables) -> None:
    tables.journal.insert(entry("one"))
    kept = [(40, *row[1:]) for row in tables.journal.dump()]
    tables.journal.delete()

    tables.journal.load(kept)
    tables.journal.insert(entry("two"))

    assert [each.sequence for each in tables.journal.where()] == [40, 41]


def test_a_terminal_is_told_of_the_server_and_never_the_password(store: str, tables: Tables) -> None:
    told = tables.backend.described()

    assert (told["kind"], told["version"].split()[0]) == ("postgres", "PostgreSQL")
    assert told["schema"] in store
    assert "hush" in store
    assert "hush" not in str(told)


def test_without_the_driver_the_store_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ipportal.store.postgres", None)

    with pytest.raises(Unavailable) as refusal:
        open_store("postgresql://trainer:hush@desk.test/portal")

    assert (refusal.value.code, refusal.value.where) == ("driver", "postgresql://trainer@desk.test/portal")


def test_writers_of_one_portal_do_not_hold_up_those_of_another(bare: str, tables: Tables) -> None:
    other = open_store(bare)
    other.backend.prepare()

    with tables.atomic(), ThreadPoolExecutor(1) as pool:
        pool.submit(other.users.insert, user()).result(PATIENCE)

    assert other.users.where() == [user()]
