"""What is remembered, and how."""

from __future__ import annotations

from .address import is_server, misnamed, shown
from .clock import CLOCK, StoredClock, told_by
from .sqlite import MEMORY, Sqlite
from .tables import RETRY_SECONDS, Backend, Table, Tables, Unavailable

__all__ = [
    "CLOCK",
    "MEMORY",
    "RETRY_SECONDS",
    "Backend",
    "Sqlite",
    "StoredClock",
    "Table",
    "Tables",
    "Unavailable",
    "is_server",
    "open_store",
    "shown",
    "told_by",
]


def open_store(where: str) -> Tables:
    """Return the store at *where*: the path of a SQLite file, `:memory:`, or the address of a PostgreSQL server."""
    if not is_server(where):
        return Tables(Sqlite(where))
    if not where.startswith(("postgresql://", "postgres://")):
        raise Unavailable("unknown", shown(where))
    if misnamed(where):
        raise Unavailable("schema", shown(where))
    try:
        from .postgres import Postgres  # noqa: PLC0415 - psycopg is needed, and there, for such a store only
    except ImportError as fault:
        raise Unavailable("driver", shown(where)) from fault
    return Tables(Postgres(where))
