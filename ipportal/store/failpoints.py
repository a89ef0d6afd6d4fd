"""Failpoints: where a rehearsal has the process die, fail or wait. Without a rehearsal they are not there at all.

A test asks for one by the environment of a process that it starts: `IPPORTAL_FAILPOINT=flows.login.enter:begun=kill`.
A transaction has the name of the public function that opens it; its points are `begun`, `write-1`, `write-2` and so on,
`before_commit` and `after_commit`; the actions are `kill`, `raise` and `pause=<file>`, which makes the file and goes on
when it is gone.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from .tables import Backend

VARIABLE = "IPPORTAL_FAILPOINT"
_POLL_SECONDS = 0.01

_BLOCKS = ("atomic", "making")  # the methods that open a transaction, where a backend has them

B = TypeVar("B", bound="type[Backend]")
T = TypeVar("T")


class Reached(Exception):
    """A failpoint whose action is `raise`."""


class _Block:
    """An open transaction, and how often it has written."""

    def __init__(self, name: str) -> None:
        self.name, self.writes = name, 0


class _Here(threading.local):
    """The transactions that this thread has open, by store."""

    def __init__(self) -> None:
        self.blocks: dict[Backend, _Block] = {}


def reachable(backend: B) -> B:
    """Return a backend as it is; where the environment asks for a failpoint, with that in its way."""
    if asked := os.environ.get(VARIABLE):
        for name, method in reaching(backend, told(asked)).items():
            setattr(backend, name, method)
    return backend


def told(asked: str) -> Callable[[str], None]:
    """Return what acts as the environment asks when it is told the name of the right point."""
    wanted, _, action = asked.partition("=")
    kind, _, file = action.partition("=")
    acts: dict[str, Callable[[], None]] = {"kill": _kill, "raise": _fail, "pause": lambda: _pause(Path(file))}
    act = acts[kind]

    def reach(point: str) -> None:
        if point == wanted:
            act()

    return reach


def reaching(backend: type[Backend], reach: Callable[[str], None]) -> dict[str, Any]:
    """Return the writing methods of a backend as they are when they tell *reach* the name of every point."""
    here = _Here()

    def opening(method: Callable[[Backend], AbstractContextManager[T]]) -> Callable[..., AbstractContextManager[T]]:
        @contextmanager
        def block(self: Backend) -> Iterator[T]:
            if self in here.blocks:
                with method(self) as given:
                    yield given
                return
            opened = here.blocks[self] = _Block(_opener())
            try:
                with method(self) as given:
                    reach(f"{opened.name}:begun")
                    yield given
                    reach(f"{opened.name}:before_commit")
            finally:
                del here.blocks[self]
            reach(f"{opened.name}:after_commit")

        return block

    def counted(write: Callable[..., Any]) -> Callable[..., Any]:
        def run(self: Backend, *values: Any) -> Any:  # noqa: ANN401 - as the method that it stands for
            with self.atomic():  # a statement alone is a transaction too
                found = write(self, *values)
                opened = here.blocks[self]
                opened.writes += 1
                reach(f"{opened.name}:write-{opened.writes}")
            return found

        return run

    blocks = {name: opening(method) for name in _BLOCKS if (method := getattr(backend, name, None))}
    return blocks | {"run": counted(backend.run), "run_many": counted(backend.run_many)}


def _opener() -> str:
    """Return the public function above the store that is at work, by its place in the package."""
    frame = sys._getframe(1)  # noqa: SLF001 - in a rehearsal only, where no transaction shall need to say its name
    while frame.f_back:
        module, name = frame.f_globals["__name__"], frame.f_code.co_name
        above = module == "ipportal.store.clock" or not module.startswith("ipportal.store")
        if module.startswith("ipportal.") and above and name[0] not in "_<":
            return f"{module.removeprefix('ipportal.')}.{name}"
        frame = frame.f_back
    return "elsewhere"


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _fail() -> None:
    raise Reached


def _pause(file: Path) -> None:
    file.touch()
    while file.exists():
        time.sleep(_POLL_SECONDS)
