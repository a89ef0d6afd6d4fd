"""Connections to a server are bounded, replaced when they are lost, and never cross a fork."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
import stores
from store.rows import user
from store.servers import code, kill_all, knowing

from ipportal.store import Tables, Unavailable, open_store, postgres_pool
from ipportal.store.address import parted

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
def tables(store: str) -> Tables:
    """A store that knows one user."""
    return knowing(store)


def test_connections_that_were_lost_leave_room_for_others(tables: Tables) -> None:
    def lost() -> None:
        with tables.atomic():
            kill_all()

    for _ in range(postgres_pool.MOST + 1):
        assert code(lost) == "missing"

    with ThreadPoolExecutor(postgres_pool.MOST) as pool:
        assert [*pool.map(lambda _: tables.users.where(), range(20))] == [[user()]] * 20


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


@pytest.mark.usefixtures("hasty")
def test_when_every_connection_is_in_use_the_store_is_busy(store: str, tables: Tables) -> None:
    server, _ = parted(store)
    with ExitStack() as used:
        for _ in range(postgres_pool.MOST):
            used.callback(postgres_pool.take(server, "").give_back)
        assert code(tables.users.where) == "busy"

    assert tables.users.where() == [user()]


def test_the_limits_are_those_that_the_page_on_scale_tells() -> None:
    told = " ".join((Path(__file__).parents[2] / "docs/scale.md").read_text(encoding="utf-8").split())

    assert f"at most {postgres_pool.MOST} connections to the server for each" in told
    assert (
        f"PostgreSQL allows 100 connections unless told otherwise: enough for {100 // postgres_pool.MOST} proc" in told
    )
    assert f"Nobody waits longer than {postgres_pool.WAIT_SECONDS:g} seconds for a lock" in told
    assert re.search("'lock_timeout', '([0-9]+)s'", postgres_pool._SET_UP)[1] == f"{postgres_pool.WAIT_SECONDS:g}"  # type: ignore[index]
    statement = re.search("'statement_timeout', '([0-9]+)s'", postgres_pool._SET_UP)[1]  # type: ignore[index]
    assert f"no statement runs longer than {statement}" in told


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


def test_a_server_that_could_not_be_reached_before_and_is_slow_to_greet_is_waited_for(
    store: str, tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tables.users.where()
    monkeypatch.setattr(postgres_pool, "_LOOK_SECONDS", 0.0001)
    postgres_pool.close()
    postgres_pool._open(parted(store)[0]).failed = 1

    assert tables.users.where() == before
