"""What keeps a thread of a pool busy for as long as a test wants."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from contextlib import AbstractContextManager

    from ipportal.turns import Turns

PATIENCE = 20


class Held:
    """Something to do that goes on until it is let go, within what says that it waits."""

    def __init__(self, pool: Turns, says_so: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
        self._begun, self._go, self._says_so = threading.Event(), threading.Event(), says_so
        self.future = pool.submit(self._do)

    def _do(self) -> int:
        with self._says_so():
            self._wait()
        return threading.get_ident()

    def _wait(self) -> None:
        self._begun.set()
        assert self._go.wait(PATIENCE)

    def begun(self) -> bool:
        return self._begun.wait(PATIENCE)

    def let_go(self) -> int:
        """Let it end; return the thread that did it."""
        self._go.set()
        return self.future.result(PATIENCE)


def who(pool: Turns) -> Future[int]:
    return pool.submit(threading.get_ident)
