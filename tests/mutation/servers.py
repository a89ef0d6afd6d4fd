"""PostgreSQL for the trials: a server for each that goes on at a time, since tests end the connections of others."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import psycopg

_OTHERS = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = %s"
_SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"


class Servers:
    """So many servers; none where there is no PostgreSQL, and `absent` says so."""

    def __init__(self, many: int) -> None:
        stores = _stores()
        self.absent = "" if stores.programs() else str(stores.ABSENT)
        self._servers = [] if self.absent else [stores.Server() for _ in range(many)]

    def use(self, number: int) -> None:
        """Have the tests of this process, a fork, use that server only, which they find empty."""
        if self.absent:
            return
        stores, server = _stores(), self._servers[number]
        for lent in (stores._free, stores._lent, stores._made):
            lent.clear()
        stores.at.cache_clear()
        stores.server = cache(lambda: _emptied(server))


def _stores() -> Any:
    return importlib.import_module("stores")  # it imports the package, which must be watched, or is imported anew


def _emptied(server: Any) -> Any:
    with psycopg.connect(server.address(), autocommit=True) as conn:
        conn.execute(_OTHERS, ["ipportal"])
        for (name,) in conn.execute(_SCHEMAS).fetchall():
            conn.execute(f'DROP SCHEMA "{name}" CASCADE'.encode())
    return server
