"""The connections to files that threads keep: each thread its own, and of a process not too many."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import OrderedDict
from typing import cast
from weakref import WeakSet

# Of a process, which serves hundreds of workspaces and has a thousand file handles; one takes a quarter of a megabyte.
MOST = 256

_mine = threading.local()


class Connection(sqlite3.Connection):
    """A connection that is counted; it knows the file that it was opened to."""

    path = ""
    file: tuple[int, int] | None = None


_everybodys: WeakSet[Connection] = WeakSet()


def file_at(path: str) -> tuple[int, int] | None:
    """Return which file a path leads to now, its device and inode; None where it leads to none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - at every use of the store, so the quicker one
    except OSError:
        return None
    return found.st_dev, found.st_ino


def find(owner: object) -> Connection | None:
    """Return the connection that this thread keeps for *owner*, or None."""
    kept = _kept()
    if found := kept.get(owner):
        kept.move_to_end(owner)
    return found


def keep(owner: object, opened: Connection) -> Connection:
    """Keep a connection for this thread, which lets go of those to files that have gone, and of the least used."""
    kept = _kept()
    kept[owner] = opened
    _everybodys.add(opened)
    for each, other in [*kept.items()]:
        idle = each is not owner and not other.in_transaction
        if idle and (len(_everybodys) > MOST or file_at(other.path) != other.file):
            drop(each)
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
