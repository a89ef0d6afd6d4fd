"""Threads that take turns, as a server's process has them: one is at work, and the next when that one waits."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

STALL_SECONDS = 0.02  # longer than any answer takes that waits for nothing
AWAY_MOST = 256  # threads that wait for long, beside those that answer
CROWDED = f"{AWAY_MOST} requests wait already"

_mine = threading.local()


class Turns(Executor):
    """Runs what is submitted on a single thread, and on another, of *most*, whenever that one waits.

    Python runs one thread at a time, and two that both have something to do take it from each other at every
    call that lets go of it, some twenty a page: the page then takes half as long again. A thread that knows
    that it will wait says so by `aside`; of others `look` finds out. Nobody in the middle of something ever
    waits for a turn; so a thread that comes back may run beside another, until it has finished. One that waits
    for long says so by `away`: there may then be one thread more.
    """

    def __init__(self, most: int) -> None:
        self._most, self._threads, self._away = most, 0, 0
        self._lock = threading.Lock()
        self._left: deque[tuple[Future[Any], Callable[[], object]]] = deque()
        # A thread is known by its bell: a lock that it holds, and waits for when there is nothing to do.
        self._at_work: set[threading.Lock] = set()
        self._resting: list[threading.Lock] = []
        self._finished = 0
        self._seen, self._since = 0, 0.0

    @property
    def behind(self) -> bool:
        """Whether something waits for a thread, so that `look` should be called within `STALL_SECONDS`."""
        return bool(self._left)

    def submit(self, fn: Callable[..., T], /, *args: object, **kwargs: object) -> Future[T]:
        """Have a thread call it, after what was submitted before."""
        future: Future[T] = Future()
        with self._lock:
            if not self._left:
                self._seen, self._since = self._finished, time.monotonic()
            self._left.append((future, partial(fn, *args, **kwargs)))
            if not self._at_work:
                self._rouse()
        return future

    def look(self) -> None:
        """Where something is left and none of those at work has finished anything for long, rouse another thread."""
        with self._lock:
            now = time.monotonic()
            if self._finished != self._seen:
                self._seen, self._since = self._finished, now
            elif self._left and now - self._since >= STALL_SECONDS:
                self._since = now
                self._at_work.clear()
                self._rouse()

    def leave(self, bell: threading.Lock) -> None:
        """Let another thread have the turn of the one with that bell."""
        with self._lock:
            self._at_work.discard(bell)
            if self._left and not self._at_work:
                self._rouse()

    def enter(self, bell: threading.Lock) -> None:
        """Count the thread with that bell among those at work."""
        with self._lock:
            self._at_work.add(bell)

    def go(self, bell: threading.Lock) -> bool:
        """Let one thread more than *most* be had while the one with that bell is away; say whether it may be."""
        with self._lock:
            if self._away == AWAY_MOST:
                return False
            self._away += 1
        self.leave(bell)
        return True

    def come(self, bell: threading.Lock) -> None:
        """Have the thread with that bell back."""
        with self._lock:
            self._away -= 1
        self.enter(bell)

    def _rouse(self) -> None:
        """Have one more thread at work, the one that rested last: what it needs is still at hand."""
        if self._resting:
            bell = self._resting.pop()
            self._at_work.add(bell)
            bell.release()
        elif self._threads < self._most + self._away:
            bell = threading.Lock()
            bell.acquire()
            threading.Thread(target=self._work, args=(bell,), daemon=True).start()
            self._at_work.add(bell)
            self._threads += 1

    def _work(self, bell: threading.Lock) -> None:
        _mine.place = self, bell
        roused = True
        while True:
            if found := self._next(bell, roused=roused):
                _run(*found)
                self._finished += 1
            else:
                bell.acquire()
            roused = not found

    def _next(self, bell: threading.Lock, *, roused: bool) -> tuple[Future[Any], Callable[[], object]] | None:
        """Return what a thread is to do; or count it among those that rest."""
        with self._lock:
            self._at_work.add(bell)  # `look` may have taken it for one that waits
            if self._left and (roused or len(self._at_work) == 1):
                return self._left.popleft()
            self._at_work.discard(bell)
            self._resting.append(bell)
            return None


@contextmanager
def aside() -> Iterator[None]:
    """Let another thread have this one's turn for as long as the block waits; without turns, just run it."""
    turns, bell = getattr(_mine, "place", (None, None))
    if turns is None:
        yield
        return
    turns.leave(bell)
    try:
        yield
    finally:
        turns.enter(bell)


@contextmanager
def away() -> Iterator[bool]:
    """Let the block wait for long and hold up nobody; False where too many do already. Without turns, just run it."""
    turns, bell = getattr(_mine, "place", (None, None))
    if turns is None:
        yield True
        return
    if not turns.go(bell):
        yield False
        return
    try:
        yield True
    finally:
        turns.come(bell)


def cores() -> set[int]:
    """Return the cores that this process may use, by number; they may be fewer than the machine has."""
    return os.sched_getaffinity(0) if sys.platform == "linux" else set(range(os.cpu_count() or 1))


def _run(future: Future[Any], deed: Callable[[], object]) -> None:
    try:
        future.set_result(deed())
    except BaseException as fault:  # noqa: BLE001 - whoever asks for the result gets it
        future.set_exception(fault)
