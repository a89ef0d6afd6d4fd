"""What is remembered, and how."""

from __future__ import annotations

from .clock import CLOCK, StoredClock, told_by
from .sqlite import MEMORY, Sqlite
from .tables import Backend, Table, Tables, Unavailable

__all__ = [
    "CLOCK",
    "MEMORY",
    "Backend",
    "Sqlite",
    "StoredClock",
    "Table",
    "Tables",
    "Unavailable",
    "open_store",
    "told_by",
]


def open_store(where: str) -> Tables:
    """Return the store at *where*: the path of a SQLite file, or `:memory:`; refuse the address of a server."""
    scheme, server, _ = where.partition("://")
    if server:
        raise Unavailable("unknown", f"{scheme}://…")  # the rest may hold a password
    return Tables(Sqlite(where))
