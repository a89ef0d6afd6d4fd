"""A server that stops, kills, refuses or is slow makes the store unavailable, loses nothing, and is met again."""

from __future__ import annotations

import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import stores
from store.rows import PATIENCE, count, tries, user

from ipportal.store import Tables, Unavailable, open_store, postgres, postgres_pool
from ipportal.store.address import parted
from ipportal.store.postgres_troubles import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORKED = """
import os, sys
from ipportal.store import open_store
tables = open_store(sys.argv[1])
before = len(tables.facts.where())
child = os.fork()
for _ in range(50):
    assert len(tables.facts.where()) == before
if child:
    assert os.waitpid(child, 0)[1] == 0
"""


@pytest.fixture
def store() -> str:
    return stores.lent()


@pytest.fixture
def tables(store: str) -> Tables:
    """A store that knows one user."""
    found = open_store(store)
    found.backend.prepare()
    found.users.insert(user())
    return found


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is waited for long."""
    quick = postgres_pool._SET_UP.replace("5s", "50ms").replace("'30s'", "'400ms'", 1)
    monkeypatch.setattr(postgres_pool, "_SET_UP", quick)
    monkeypatch.setattr(postgres_pool, "WAIT_SECONDS", 0.2)
    postgres_pool.close()
    yield
    postgres_pool.close()


def code(deed: Callable[[], object]) -> str:
    with pytest.raises(Unavailable) as refusal:
        deed()
    return refusal.value.code


@contextmanager
def other_client() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(stores.server().address(), autocommit=True) as conn:
        yield conn


def kill_all() -> None:
    """End every connection that is not this one's, as an administrator does."""
    with other_client() as conn:
        found = conn.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE state = 'idle'")
        found.fetchall()
        conn.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE state LIKE 'idle in%'")


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
    run, left = postgres._run, [psycopg.errors.lookup(state)("invented") for _ in range(times)]

    def overtaken(*words: Any) -> Any:
        if left:
            raise left.pop()
        return run(*words)

    monkeypatch.setattr(postgres, "_run", overtaken)

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


@pytest.mark.usefixtures("hasty")
def test_when_every_connection_is_in_use_the_store_is_busy(store: str, tables: Tables) -> None:
    server, _ = parted(store)
    with ExitStack() as used:
        for _ in range(postgres_pool.MOST):
            used.callback(postgres_pool.take(server, "").give_back)
        assert code(tables.users.where) == "busy"

    assert tables.users.where() == [user()]


def test_a_store_that_may_only_be_read_says_so(store: str, tables: Tables) -> None:
    reading = open_store(f"{store}&options=-c%20default_transaction_read_only%3Don")

    assert reading.users.where() == tables.users.where()
    assert code(lambda: reading.users.insert(user("two"))) == "read_only"


def test_a_database_that_is_not_there_is_missing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    nowhere = open_store(stores.server().address().replace("/postgres?", "/nowhere?"))

    assert code(nowhere.backend.prepare) == "missing"
    assert "hush" not in caplog.text


@pytest.mark.parametrize("address", ["postgresql://desk.test:port/x", "postgresql://h/p?colour=red"])
def test_an_address_that_the_driver_cannot_read_is_missing_and_not_repeated(address: str) -> None:
    with pytest.raises(Unavailable) as refusal:
        open_store(address.replace("//", "//trainer:hush@")).backend.prepare()

    assert refusal.value.code == "missing"
    assert "hush" not in refusal.value.where


def test_connections_that_were_lost_leave_room_for_others(tables: Tables) -> None:
    def lost() -> None:
        with tables.atomic():
            kill_all()

    for _ in range(postgres_pool.MOST + 1):
        assert code(lost) == "missing"

    with ThreadPoolExecutor(postgres_pool.MOST) as pool:
        assert [*pool.map(lambda _: tables.users.where(), range(20))] == [[user()]] * 20


def test_a_server_that_stops_is_missing_and_when_it_starts_again_all_is_there() -> None:
    server = stores.Server()
    tables = open_store(server.address())
    tables.backend.prepare()
    tables.users.insert(user())

    server.stop()
    told = [code(deed) for deed in (tables.users.where, lambda: count(tables), tables.backend.prepare)]
    server.start()
    count(tables)

    assert told == ["missing"] * 3
    assert tries(tables) == 1
    postgres_pool.close()
    server.remove()


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("08006", "missing"),
        ("25006", "read_only"),
        ("3D000", "missing"),
        ("42501", "read_only"),
        ("53100", "full"),
        ("53300", "busy"),
        ("57014", "busy"),
        ("57P03", "missing"),
        ("58030", "fault"),
        ("XX000", "fault"),
        ("XX001", "damaged"),
    ],
)
def test_what_the_server_cannot_do_is_told_by_its_code(state: str, told: str) -> None:
    def fail() -> None:
        with translated("somewhere"):
            raise psycopg.errors.lookup(state)("invented")

    assert code(fail) == told


@pytest.mark.parametrize("fault", [psycopg.errors.UniqueViolation, psycopg.errors.SyntaxError, psycopg.DataError])
def test_a_bug_stays_a_bug(fault: type[psycopg.Error]) -> None:
    with pytest.raises(fault), translated("somewhere"):
        raise fault("invented")


def test_a_pool_that_was_closed_is_opened_anew(store: str, tables: Tables) -> None:
    server, _ = parted(store)
    postgres_pool._pools[server].close()

    assert tables.users.where() == [user()]

    postgres_pool.close()
    postgres_pool.renew(server)
    assert tables.users.where() == [user()]


def test_a_process_that_forks_shares_no_connection_with_its_child(store: str, tables: Tables) -> None:
    assert tables.users.where()

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FORKED, store], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
