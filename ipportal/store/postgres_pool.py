"""Connections to a server: in each process a bounded pool for each server, closed before the process forks."""

from __future__ import annotations

import atexit
import logging
import os
import time
from typing import Any

from psycopg import Connection, RawCursor
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from .tables import Unavailable

MOST = 8  # connections of a process: none is held while a secret is hashed or a page is drawn
WAIT_SECONDS = 5.0
_LOOK_SECONDS = 0.1
_NOTICEABLE_SECONDS = 0.1
# A machine that is gone without a word is noticed as soon as a statement would be cut off that it still works at.
_ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 4, "tcp_user_timeout": 30_000}
_SET_UP = """SELECT set_config('statement_timeout', '30s', false), set_config('lock_timeout', '5s', false),
    set_config('idle_in_transaction_session_timeout', '30s', false)"""

_pools: dict[str, Pool] = {}
# What it would say is said by the store's own `Unavailable`, and that never quotes an address.
logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)


class Lease(Connection[tuple[Any, ...]]):
    """A connection that is one's own until it is given back."""

    home: Pool
    asked: RawCursor[tuple[Any, ...]]  # its one cursor: another for each statement costs as much as the statement

    def give_back(self) -> None:
        """Let others use it, after undoing what was not committed; a broken one is replaced."""
        self.home.putconn(self)  # its own `close` forgets a broken one, and the pool would wait for it


class Pool(ConnectionPool[Lease]):
    """A pool that knows how often its server could not be reached."""

    failed = 0

    def __init__(self, server: str) -> None:
        super().__init__(
            server,
            connection_class=Lease,
            kwargs={"autocommit": True, "application_name": "ipportal", "connect_timeout": 5, **_ALIVE},
            min_size=0,
            max_size=MOST,
            open=True,
            configure=self._set_up,
            reconnect_timeout=0,  # whoever needs a connection tries again
            num_workers=1,
        )

    def _set_up(self, connection: Lease) -> None:
        connection.execute(_SET_UP)
        connection.home, connection.prepared_max = self, 400
        connection.asked = RawCursor(connection)

    def reconnect_failed(self) -> None:
        """Count that there was no connection to be had, not even one that others use."""
        self.failed += self.get_stats()["pool_size"] == 0


def take(server: str, where: str) -> Lease:
    """Return a connection, to be given back; *where* is what may be shown of the server's address."""
    until, pool = time.monotonic() + WAIT_SECONDS, _open(server)
    failed = pool.failed  # what failed before says nothing: the server may be back, and slow to greet
    while True:
        try:
            return pool.getconn(_LOOK_SECONDS)
        except PoolClosed:  # before a fork
            _pools.pop(server, None)
            pool = _open(server)
            failed = pool.failed
        except PoolTimeout as fault:
            if pool.failed > failed:
                raise Unavailable("missing", where) from fault
            if time.monotonic() > until:
                raise Unavailable("busy", where) from fault


def patience(began: float) -> str:
    """Return what has a transaction wait for its locks until as long after *began* as one that begins at once does."""
    waited = time.monotonic() - began
    left = max(1, round((WAIT_SECONDS - waited) * 1000))
    return f"SET LOCAL lock_timeout = {left}; " if waited > _NOTICEABLE_SECONDS else ""


def _open(server: str) -> Pool:
    """Return the pool of a server."""
    return _pools.get(server) or _pools.setdefault(server, Pool(server))


def renew(server: str) -> None:
    """Let go of the connections that nobody uses: where one is broken, the others are."""
    if pool := _pools.get(server):
        pool.drain()


def close() -> None:
    """Close every connection that nobody uses; whoever needs one opens it anew."""
    while _pools:
        _, pool = _pools.popitem()
        pool.close()


os.register_at_fork(before=close)
atexit.register(close)
