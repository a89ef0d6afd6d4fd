"""A store that somebody else holds is waited for, and then told as busy; when it is free it works again."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event, Semaphore
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from store.rows import PATIENCE, count, tries, user

from ipportal.store import Tables, Unavailable, sqlite
from ipportal.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def holder(path: Path, tables: Tables) -> Iterator[sqlite3.Connection]:
    """Another process's connection, as far as SQLite can tell."""
    assert tables.users.where()
    found = sqlite3.connect(path, timeout=0, isolation_level=None)
    yield found
    found.close()


@pytest.fixture
def patient(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - which waits for less
    """Have everybody wait as long as a test may take."""
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", PATIENCE)


@pytest.fixture
def reading(holder: sqlite3.Connection) -> sqlite3.Connection:
    """The other process's connection while it reads, so that nobody can commit."""
    holder.execute("BEGIN")
    holder.execute("SELECT * FROM user").fetchone()
    return holder


def _code(deed: Callable[[], object]) -> str:
    with pytest.raises(Unavailable) as refusal:
        deed()
    return refusal.value.code


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


@pytest.mark.usefixtures("patient")
def test_a_writer_waits_for_another_process_before_it_gives_up(tables: Tables, holder: sqlite3.Connection) -> None:
    holder.execute("BEGIN IMMEDIATE")

    _waits_for(holder, tables, lambda: count(tables))

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


def test_waiting_for_other_threads_is_taken_off_the_time_to_wait_for_other_processes(
    tables: Tables, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 5.0)
    readings, naps = iter([100.0, *[104.0] * 3, *[105.0] * 9]), list[float]()
    monkeypatch.setattr(sqlite, "time", SimpleNamespace(monotonic=lambda: next(readings), sleep=naps.append))
    holder.execute("BEGIN IMMEDIATE")

    assert _code(lambda: count(tables)) == "busy"
    assert list(readings) == [105.0] * 8  # three more tries, and then the five seconds were over
    assert naps[0] < naps[1] < naps[2] < 0.001


def test_while_it_waits_for_long_the_processor_is_left_to_others(
    tables: Tables, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    naps: list[float] = []
    readings = iter([100.0] * 20 + [200.0])
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 5.0)
    monkeypatch.setattr(sqlite, "time", SimpleNamespace(monotonic=lambda: next(readings), sleep=naps.append))
    holder.execute("BEGIN EXCLUSIVE")

    assert _code(tables.users.where) == "busy"
    assert naps[-1] == max(naps) == 0.001


@pytest.mark.usefixtures("patient")
def test_a_reader_that_meets_a_commit_tries_again_until_it_is_done(tables: Tables, holder: sqlite3.Connection) -> None:
    holder.execute("BEGIN EXCLUSIVE")

    assert _waits_for(holder, tables, tables.users.where) == [user()]


@pytest.mark.usefixtures("patient")
def test_a_commit_waits_for_those_who_read(tables: Tables, reading: sqlite3.Connection) -> None:
    _waits_for(reading, tables, lambda: count(tables))

    assert tries(tables) == 1


@pytest.mark.usefixtures("patient")
def test_while_a_commit_waits_for_those_who_read_its_thread_keeps_its_turn(
    tables: Tables, reading: sqlite3.Connection
) -> None:
    assert _in_turn(reading, tables, lambda: count(tables)) == ["first", "next"]


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(("free", "order"), [(0, ["first", "next"]), (1, ["next", "first"])])
def test_a_thread_keeps_its_turn_where_enough_have_given_up_theirs(
    tables: Tables, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, free: int, order: list[str]
) -> None:
    places = Semaphore(free)
    monkeypatch.setattr(sqlite, "_places_aside", places)
    holder.execute("BEGIN EXCLUSIVE")

    assert _in_turn(holder, tables, tables.users.where, PATIENCE if free else 0.2) == order
    assert sum(places.acquire(blocking=False) for _ in range(2)) == free  # it is given back


def _in_turn(holder: sqlite3.Connection, tables: Tables, deed: Callable[[], object], longest: float = 0.2) -> list[str]:
    """Return in which order a deed that waits for the holder, and something after it, are done.

    The holder lets go once that other thing is done, or after so many seconds.
    """
    pool, seen = Turns(2), list[str]()

    def first() -> None:
        deed()
        seen.append("first")
        tables.backend.close()

    waiting, later = pool.submit(first), pool.submit(seen.append, "next")
    wait([later], longest)
    holder.execute("ROLLBACK")
    waiting.result(PATIENCE)
    later.result(PATIENCE)
    return seen


def _waits_for(holder: sqlite3.Connection, tables: Tables, deed: Callable[[], object]) -> object:
    """Return what a deed returns that goes on only when the holder lets go."""

    def done() -> object:
        try:
            return deed()
        finally:
            tables.backend.close()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(done)
        Event().wait(0.2)
        assert not waiting.done()
        holder.execute("ROLLBACK")
        return waiting.result(PATIENCE)
