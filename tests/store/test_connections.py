"""A process keeps not too many connections though it serves many stores, and lets go of none in a block."""

from __future__ import annotations

import gc
import resource
import sqlite3
import sys
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING
from weakref import WeakSet

import pytest
from store.rows import PATIENCE, entry, user

from ipportal.store import Sqlite, Tables, Unavailable, connections

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 4


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Tables]]:
    """More stores than a process keeps connections, each prepared."""
    for left in [*connections._kept()]:  # what other tests have left open
        connections.drop(left)
    monkeypatch.setattr(connections, "_MOST", MOST)
    monkeypatch.setattr(connections, "_everybodys", WeakSet())
    found = [Tables(Sqlite(str(tmp_path / f"{number}.sqlite"))) for number in range(MOST + 3)]
    for each in found:
        each.backend.prepare()
        each.backend.close()
    yield found
    for each in found:
        each.backend.close()


def handles() -> int:
    return len([*Path("/proc/self/fd").iterdir()])


def test_a_process_keeps_no_more_connections_than_it_may(stores: list[Tables]) -> None:
    for each in stores * 3:
        each.users.where()

    assert len(connections._kept()) == MOST


def test_the_connection_that_was_used_least_is_let_go(stores: list[Tables]) -> None:
    for each in stores[:MOST]:
        each.users.where()
    stores[0].users.where()

    stores[MOST].users.where()

    assert [*connections._kept()] == [each.backend for each in (*stores[2:MOST], stores[0], stores[MOST])]


@pytest.mark.parametrize(("part", "left"), [(64, 1), (2, 2)])
def test_what_another_thread_keeps_counts_until_it_ends_but_leaves_a_thread_its_part(
    stores: list[Tables], monkeypatch: pytest.MonkeyPatch, part: int, left: int
) -> None:
    monkeypatch.setattr(connections, "_OF_ALL", part)
    went = Event()

    def use(some: list[Tables]) -> int:
        for each in some:
            each.users.where()
        return len(connections._kept())

    def stay() -> None:
        use(stores[: MOST - 1])
        went.set()
        assert done.wait(PATIENCE)

    done = Event()
    other = Thread(target=stay)
    other.start()
    assert went.wait(PATIENCE)
    beside = use(stores)
    done.set()
    other.join()
    gc.collect()  # a connection and its statements hold each other

    assert (beside, use(stores)) == (left, MOST)


def test_a_store_whose_connection_was_let_go_is_opened_again(stores: list[Tables]) -> None:
    stores[0].users.insert(user())

    for each in stores[1:]:
        each.users.where()

    assert stores[0].backend not in connections._kept()
    assert stores[0].users.where() == [user()]


def test_a_block_keeps_its_connection_while_many_other_stores_are_read(stores: list[Tables]) -> None:
    with stores[0].atomic():
        stores[0].users.insert(user())
        for each in stores[1:]:
            each.users.where()
        stores[0].journal.insert(entry())

    assert stores[0].users.where() == [user()]
    assert len(stores[0].journal.where()) == 1


def test_blocks_on_more_stores_than_the_share_all_hold(stores: list[Tables]) -> None:
    with ExitStack() as blocks:
        for each in stores:
            blocks.enter_context(each.atomic())
            each.users.insert(user())
        within = len(connections._kept())

    assert within == len(stores)
    assert [len(each.users.where()) for each in stores] == [1] * len(stores)
    assert len(connections._kept()) <= len(stores)


def test_a_store_that_was_removed_lets_go_of_its_handle_at_its_next_use(stores: list[Tables], tmp_path: Path) -> None:
    stores[-1].users.where()
    before = handles()
    (tmp_path / f"{len(stores) - 1}.sqlite").unlink()

    with pytest.raises(Unavailable, match="missing"):
        stores[-1].users.where()

    assert handles() < before
    assert stores[-1].backend not in connections._kept()


def test_what_was_removed_is_let_go_when_another_store_is_opened(stores: list[Tables], tmp_path: Path) -> None:
    for each in stores[:2]:
        each.users.where()
    (tmp_path / "0.sqlite").unlink()

    stores[2].users.where()

    assert [*connections._kept()] == [stores[1].backend, stores[2].backend]


@pytest.mark.parametrize(("handles", "wanted"), [(50, 10), (1024, 204), (20_000, 256), (resource.RLIM_INFINITY, 256)])
def test_a_process_keeps_one_connection_for_five_file_handles_that_it_may_have(
    monkeypatch: pytest.MonkeyPatch, handles: int, wanted: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (handles, resource.RLIM_INFINITY))

    assert connections.most() == wanted


def test_where_nothing_tells_of_handles_it_keeps_as_many_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")

    assert connections.most() == 256


def test_a_connection_that_nobody_keeps_is_closed(tmp_path: Path) -> None:
    closed: list[bool] = []

    class Noted(connections.Connection):
        def close(self) -> None:
            super().close()
            closed.append(True)

    sqlite3.connect(tmp_path / "a.sqlite", factory=Noted)
    with pytest.raises(sqlite3.OperationalError):
        sqlite3.connect(tmp_path / "nowhere" / "a.sqlite", factory=Noted)
    gc.collect()

    assert closed == [True]


def test_closing_a_store_that_was_never_opened_does_nothing(tmp_path: Path) -> None:
    Sqlite(str(tmp_path / "never.sqlite")).close()

    assert [*tmp_path.iterdir()] == []
