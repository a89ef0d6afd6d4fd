"""A server that stops, kills, refuses or is slow makes the store unavailable, loses nothing, and is met again."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from store.rows import PATIENCE, count, tries, user
from store.servers import code, kill_all, knowing, other_client

from ipportal.store import Tables, open_store, postgres_pool, postgres_words
from ipportal.store.address import parted
from ipportal.store.postgres_troubles import translated


@pytest.fixture
def tables(store: str) -> Tables:
    """A store that knows one user."""
    return knowing(store)


def base(store: str) -> str:
    return parted(store)[1]


def test_connections_that_were_ended_while_nobody_used_them_are_replaced_unseen(tables: Tables) -> None:
    with ThreadPoolExecutor(4) as pool:
        [*pool.map(lambda _: tables.users.where(), range(8))]
    kill_all()

    assert tables.users.where() == [user()]
    kill_all()
    count(tables)
    kill_all()
    tables.users.insert(user("two"))

    assert tries(tables) == 1


def test_a_connection_that_is_lost_in_a_block_undoes_it_and_the_next_one_is_well(tables: Tables) -> None:
    def lost() -> None:
        with tables.atomic():
            count(tables)
            kill_all()
            tables.users.insert(user("two"))

    assert code(lost) == "missing"
    assert tables.users.where() == [user()]
    count(tables)
    assert tries(tables) == 1


def test_a_connection_that_is_lost_before_the_commit_is_told(tables: Tables) -> None:
    def lost() -> None:
        with tables.atomic():
            count(tables)
            kill_all()

    assert code(lost) == "missing"
    assert tries(tables) == 0


@pytest.mark.parametrize(("times", "told"), [(1, 1), (2, 1), (3, "busy")])
@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_what_was_overtaken_is_tried_anew_but_not_for_ever(
    tables: Tables, monkeypatch: pytest.MonkeyPatch, state: str, times: int, told: object
) -> None:
    run, left = postgres_words.run, [psycopg.errors.lookup(state)("invented") for _ in range(times)]

    def overtaken(*words: Any) -> Any:
        if left:
            raise left.pop()
        return run(*words)

    monkeypatch.setattr(postgres_words, "run", overtaken)

    assert (code(tables.users.where) if told == "busy" else len(tables.users.where())) == told


@pytest.mark.usefixtures("hasty")
def test_a_row_that_another_writer_holds_is_waited_for_and_then_told_as_busy(store: str, tables: Tables) -> None:
    with other_client() as conn, conn.transaction():
        conn.execute(f"SELECT name FROM {base(store)}.workspace FOR UPDATE".encode())
        told = code(lambda: count(tables)), code(lambda: tables.users.insert(user("two")))
        seen = tables.users.where()

    assert (told, seen) == (("busy", "busy"), [user()])
    count(tables)
    assert tries(tables) == 1


@pytest.mark.usefixtures("hasty")
def test_a_statement_that_takes_too_long_is_told_as_busy(store: str, tables: Tables) -> None:
    with other_client() as conn, conn.transaction():
        conn.execute(f'LOCK TABLE {base(store)}."user"'.encode())
        assert code(tables.users.where) == "busy"

    assert code(lambda: tables.backend.rows("SELECT pg_sleep(5)", {})) == "busy"
    assert tables.users.where() == [user()]


@pytest.mark.usefixtures("hasty")
def test_a_thread_that_writes_for_too_long_makes_the_others_busy(tables: Tables) -> None:
    with ThreadPoolExecutor(1) as pool, tables.atomic():
        told = pool.submit(code, lambda: count(tables)).result(PATIENCE)

    assert told == "busy"
    count(tables)


def test_who_waited_for_its_process_waits_so_much_less_for_the_row(tables: Tables) -> None:
    asks, longest = threading.Event(), postgres_pool.WAIT_SECONDS * 1000

    def patience() -> int:
        asks.set()
        with tables.atomic():
            told = tables.backend.rows("SELECT setting FROM pg_settings WHERE name = 'lock_timeout'", {})
        return int(told[0][0])

    with ThreadPoolExecutor(1) as pool:
        with tables.atomic():
            after_waiting = pool.submit(patience)
            asks.wait(PATIENCE)
            time.sleep(0.5)
        left = after_waiting.result(PATIENCE)

    assert 0 < left <= longest - 400
    assert patience() == longest
    assert postgres_pool.patience(time.monotonic() - 99) == "SET LOCAL lock_timeout = 1; "


def test_a_store_that_may_only_be_read_says_so(store: str, tables: Tables) -> None:
    reading = open_store(f"{store}&options=-c%20default_transaction_read_only%3Don")

    assert reading.users.where() == tables.users.where()
    assert code(lambda: reading.users.insert(user("two"))) == "read_only"


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("08006", "missing"),
        ("0A000", "fault"),
        ("25006", "read_only"),
        ("25P03", "busy"),
        ("3D000", "missing"),
        ("3F000", "missing"),
        ("40001", "busy"),
        ("42501", "read_only"),
        ("42P01", "missing"),
        ("42P07", "foreign"),
        ("53100", "full"),
        ("53300", "busy"),
        ("55P03", "busy"),
        ("57014", "busy"),
        ("57P03", "missing"),
        ("58030", "fault"),
        ("XX000", "fault"),
        ("XX001", "damaged"),
        ("XX002", "damaged"),
    ],
)
def test_what_the_server_cannot_do_is_told_by_its_code(state: str, told: str) -> None:
    def fail() -> None:
        with translated("somewhere"):
            raise psycopg.errors.lookup(state)("invented")

    assert code(fail) == told


def test_what_the_driver_says_of_a_lost_connection_is_missing() -> None:
    def fail() -> None:
        with translated("somewhere"):
            raise psycopg.OperationalError("invented")

    assert code(fail) == "missing"


@pytest.mark.parametrize(
    "fault",
    [
        psycopg.errors.NumericValueOutOfRange,
        psycopg.errors.UniqueViolation,
        psycopg.errors.SyntaxError,
        psycopg.DataError,
    ],
)
def test_a_bug_stays_a_bug(fault: type[psycopg.Error]) -> None:
    with pytest.raises(fault), translated("somewhere"):
        raise fault("invented")
