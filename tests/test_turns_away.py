"""Threads that wait for long: others stand in for them, and they are not too many."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from holding import PATIENCE, Held, who

from ipportal import turns
from ipportal.turns import Turns, away

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


@contextmanager
def may_be_away() -> Iterator[None]:
    with away() as room:
        assert room
        yield


def test_those_who_wait_for_long_leave_as_many_threads_as_there_are_to_the_others() -> None:
    pool = Turns(1)
    away = [Held(pool, may_be_away) for _ in range(3)]
    assert all(each.begun() for each in away)

    other = who(pool).result(PATIENCE)

    assert len({other, *(each.let_go() for each in away)}) == 4


def test_no_more_wait_for_long_than_may(monkeypatch: pytest.MonkeyPatch) -> None:
    def room() -> bool:
        with away() as found:
            return found

    monkeypatch.setattr(turns, "AWAY_MOST", 2)
    pool = Turns(1)
    first, second = Held(pool, may_be_away), Held(pool, may_be_away)
    assert first.begun()
    assert second.begun()

    assert not pool.submit(room).result(PATIENCE)
    first.let_go()
    assert pool.submit(room).result(PATIENCE)
    second.let_go()
