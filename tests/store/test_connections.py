"""A thread keeps few connections though it serves many stores, and never lets go of one in the middle of a block."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store.rows import entry, user

from ipportal.store import Sqlite, Tables, Unavailable, sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = sqlite._CONNECTIONS


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[list[Tables]]:
    """More stores than a thread keeps connections, each prepared."""
    for left in [*sqlite._kept()]:  # what other tests have left open
        left.close()
    found = [Tables(Sqlite(str(tmp_path / f"{number}.sqlite"))) for number in range(MOST + 3)]
    for each in found:
        each.backend.prepare()
    yield found
    for each in found:
        each.backend.close()


def handles() -> int:
    return len([*Path("/proc/self/fd").iterdir()])


def test_a_thread_keeps_no_more_connections_than_its_share(stores: list[Tables]) -> None:
    for each in stores * 3:
        each.users.where()

    assert len(sqlite._kept()) == MOST


def test_the_connection_that_was_used_least_is_let_go(stores: list[Tables]) -> None:
    for each in stores[:MOST]:
        each.users.where()
    stores[0].users.where()

    stores[MOST].users.where()

    assert [*sqlite._kept()] == [each.backend for each in (*stores[2:MOST], stores[0], stores[MOST])]


def test_a_store_whose_connection_was_let_go_is_opened_again(stores: list[Tables]) -> None:
    stores[0].users.insert(user())

    for each in stores[1:]:
        each.users.where()

    assert stores[0].backend not in sqlite._kept()
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
        within = len(sqlite._kept())

    assert within == len(stores)
    assert [len(each.users.where()) for each in stores] == [1] * len(stores)
    assert len(sqlite._kept()) <= len(stores)


def test_a_store_that_was_removed_lets_go_of_its_handle_at_its_next_use(stores: list[Tables], tmp_path: Path) -> None:
    stores[-1].users.where()
    before = handles()
    (tmp_path / f"{len(stores) - 1}.sqlite").unlink()

    with pytest.raises(Unavailable, match="missing"):
        stores[-1].users.where()

    assert handles() < before
    assert stores[-1].backend not in sqlite._kept()


def test_closing_a_store_that_was_never_opened_does_nothing(tmp_path: Path) -> None:
    Sqlite(str(tmp_path / "never.sqlite")).close()

    assert [*tmp_path.iterdir()] == []
