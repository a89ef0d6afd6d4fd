"""What a server's process asks of the system below Python."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections import Counter
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ..turns import cores

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SET_PARENT_DEATH_SIGNAL = 1
_ARENA_MAX = -8  # glibc's name for how many heaps there may be


def die_with_parent() -> None:
    """Have this process end when its parent does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def share_heap() -> None:
    """Have all threads share one heap; with one for each, as glibc gives them, a tenth of a process is empty."""
    with suppress(AttributeError):  # of a system with another allocator
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


@contextmanager
def a_core_each(beside: Iterable[int], processes: int) -> Iterator[None]:
    """Have a process that is forked in this block keep to the core to which the fewest of those *beside* it keep.

    On few cores that are busy Linux looks for no idle one: it leaves processes that wake each other on one, and the
    other idle. With fewer *processes* than cores it does look, and none keeps to any.
    """
    own = cores()
    if sys.platform != "linux" or processes < len(own):
        yield
        return
    kept: Counter[int] = Counter()
    for process in beside:
        with suppress(ProcessLookupError):  # of one that has just ended
            kept.update(os.sched_getaffinity(process))
    _keep_to({min(sorted(own), key=kept.__getitem__)})
    try:
        yield
    finally:
        _keep_to(own)


def _keep_to(cores: set[int]) -> None:
    with suppress(OSError):  # in a sandbox that lets nobody choose
        os.sched_setaffinity(0, cores)
