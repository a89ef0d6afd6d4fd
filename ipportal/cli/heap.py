"""Memory for threads that take turns."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_ARENA_MAX = -8  # glibc's name for how many heaps there may be


def share(heaps: int = 2) -> None:
    """Have all threads share so many heaps; with one for each, as glibc gives them, a tenth of a process is empty."""
    with suppress(AttributeError):  # of a system with another allocator
        ctypes.CDLL(None).mallopt(_ARENA_MAX, heaps)
