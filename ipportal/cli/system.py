"""What a server's process asks of the system below Python."""

from __future__ import annotations

import ctypes
import signal
import sys
from contextlib import suppress

_SET_PARENT_DEATH_SIGNAL = 1
_ARENA_MAX = -8  # glibc's name for how many heaps there may be


def die_with_parent() -> None:
    """Have this process end when its parent does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def share_heaps(most: int = 2) -> None:
    """Have all threads share so many heaps; with one for each, as glibc gives them, a tenth of a process is empty."""
    with suppress(AttributeError):  # of a system with another allocator
        ctypes.CDLL(None).mallopt(_ARENA_MAX, most)
