"""The connections to files that threads keep: each thread its own, and of a process not too many."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections import OrderedDict
from contextlib import suppress
from typing import cast
from weakref import WeakSet

_MOST = 256  # a quarter of a megabyte each
_OF_HANDLES = 5  # of so many file handles one: a connection may hold three, and visitors need some too
_OF_ALL = 64  # of so many one is what a thread may keep, and one at least, though the others keep too many

_mine = threading.local()


class Connection(sqlite3.Connection):
    """A connection that is counted; it knows the file that it was opened to."""

    path = ""
    file: tuple[int, int] | None = None

    def __del__(self) -> None:
        """Close what nobody keeps any more, in whatever thread: from Python 3.13 on it would be warned of."""
        with suppress(sqlite3.ProgrammingError):  # of one that could not be opened
            self.close()


_everybodys: WeakSet[Connection] = WeakSet()


def file_at(path: str) -> tuple[int, int] | None:
    """Return which file a path leads to now, its device and inode; None where it leads to none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - at every use of the store, so the quicker one
    except OSError:
        return None
    return found.st_dev, found.st_ino


def most() -> int:
    """Return how many connections a process may keep beside what each thread may keep in any case."""
    if sys.platform == "win32":
        return _MOST
    import resource  # noqa: PLC0415 - not there on Windows

    handles = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return _MOST if handles == resource.RLIM_INFINITY else min(_MOST, handles // _OF_HANDLES)


def find(owner: object) -> Connection | None:
    """Return the connection that this thread keeps for *owner*, or None."""
    kept = _kept()
    if found := kept.get(owner):
        kept.move_to_end(owner)
    return found


def make_room() -> None:
    """Have this thread let go of connections to files that have gone and, where there are many, of the least used."""
    kept, enough = _kept(), most()
    for owner, each in [*kept.items()]:
        many = len(_everybodys) >= enough and len(kept) >= max(1, enough // _OF_ALL)
        if not each.in_transaction and (many or file_at(each.path) != each.file):
            drop(owner)


def keep(owner: object, opened: Connection) -> Connection:
    """Keep a connection for this thread, and return it."""
    _kept()[owner] = opened
    _everybodys.add(opened)
    return opened


def drop(owner: object) -> None:
    """Let go of the connection that this thread keeps for *owner*, if it does."""
    if found := _kept().pop(owner, None):
        _everybodys.discard(found)
        found.close()


def _kept() -> OrderedDict[object, Connection]:
    if not hasattr(_mine, "kept"):
        _mine.kept = OrderedDict()
    return cast("OrderedDict[object, Connection]", _mine.kept)
