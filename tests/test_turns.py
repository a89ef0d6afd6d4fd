"""Threads that take turns: as few as will do, and never one waiting for another."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from holding import PATIENCE, Held, who

from ipportal.turns import STALL_SECONDS, Turns, aside, away

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 8


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Put the machine's monotonic clock, as the threads see it, forward by seconds."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])

    def forward(seconds: float) -> None:
        now[0] += seconds

    return forward


def test_one_thread_does_everything_in_order_while_nothing_waits() -> None:
    pool, done = Turns(MOST), list[int]()

    futures = [pool.submit(done.append, number) for number in range(50)]
    threads = {who(pool).result(PATIENCE) for _ in range(10)}

    for future in futures:
        future.result(PATIENCE)
    assert done == list(range(50))
    assert len(threads) == 1
    assert not pool.behind


def test_whatever_goes_wrong_is_told_to_whoever_asks_for_the_result() -> None:
    pool = Turns(MOST)

    failed = pool.submit(int, "no number")

    with pytest.raises(ValueError, match="no number"):
        failed.result(PATIENCE)
    assert pool.submit(int, "7").result(PATIENCE) == 7


def test_while_one_says_that_it_waits_another_works() -> None:
    pool = Turns(MOST)
    waiting = Held(pool, aside)
    assert waiting.begun()

    other = who(pool).result(PATIENCE)

    assert waiting.let_go() != other


def test_one_that_begins_to_wait_leaves_the_rest_to_another() -> None:
    pool, told = Turns(MOST), threading.Event()

    def wait_for_the_next() -> int:
        assert told.wait(PATIENCE)
        with aside():
            return next_one.result(PATIENCE)

    first = pool.submit(wait_for_the_next)
    next_one = who(pool)
    told.set()

    assert first.result(PATIENCE) == next_one.result(PATIENCE)


def test_one_that_comes_back_takes_nothing_new_beside_another() -> None:
    pool = Turns(MOST)
    first = Held(pool, aside)
    assert first.begun()
    second = Held(pool)
    assert second.begun()
    third = who(pool)

    first_thread = first.let_go()
    while not pool._resting:
        threading.Event().wait(0.001)
    assert pool.behind
    second_thread = second.let_go()

    assert third.result(PATIENCE) == second_thread != first_thread


def test_one_that_does_not_say_so_is_found_out(later: Callable[[float], None]) -> None:
    pool = Turns(MOST)
    stuck = Held(pool)
    assert stuck.begun()
    later(60)
    left = who(pool)

    later(STALL_SECONDS * 0.9)
    pool.look()
    assert pool.behind
    later(STALL_SECONDS * 0.2)
    pool.look()

    assert left.result(PATIENCE) != stuck.let_go()
    assert not pool.behind


def test_while_something_gets_done_nobody_is_taken_for_stuck(later: Callable[[float], None]) -> None:
    pool = Turns(MOST)
    first, second, third = Held(pool), Held(pool), Held(pool)
    assert first.begun()
    later(STALL_SECONDS * 0.9)
    first.let_go()
    assert second.begun()
    later(STALL_SECONDS * 0.9)
    pool.look()
    later(STALL_SECONDS * 0.9)

    pool.look()

    assert pool.behind
    assert second.let_go() == third.let_go()


def test_one_that_was_found_out_goes_on_when_nobody_else_is_at_work(later: Callable[[float], None]) -> None:
    pool = Turns(1)
    stuck = Held(pool)
    assert stuck.begun()
    left = who(pool)
    later(STALL_SECONDS * 2)
    pool.look()
    later(STALL_SECONDS * 2)
    pool.look()
    assert pool.behind

    assert stuck.let_go() == left.result(PATIENCE)


def test_looking_where_nothing_is_left_rouses_nobody(later: Callable[[float], None]) -> None:
    pool = Turns(MOST)
    stuck = Held(pool)
    assert stuck.begun()
    later(STALL_SECONDS * 9)

    pool.look()

    thread = stuck.let_go()
    assert who(pool).result(PATIENCE) == thread


def test_elsewhere_to_step_aside_is_nothing() -> None:
    with aside(), away() as room:
        left = threading.active_count()

    assert room
    assert threading.active_count() == left
