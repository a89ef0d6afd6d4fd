"""The tables on a PostgreSQL server, in a schema of their own, through psycopg.

A writer first takes the portal's row of the table `workspace`, so those of one portal decide one after the other, as on
SQLite, while those of others go on. Only plain SQL is used, which other servers of the protocol take too.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from secrets import SystemRandom
from typing import TYPE_CHECKING, Any, TypeVar

from ..clock import RealClock, utc
from . import postgres_pool as pool
from . import postgres_words as said
from .address import parted, shown
from .failpoints import reachable
from .postgres_troubles import MADE_MEANWHILE, OVERTAKEN, translated
from .tables import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .postgres_pool import Lease

T = TypeVar("T")

MAIN = "main"
_TRIES = 3
_PAUSE_SECONDS = 0.02
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"


@reachable
class Postgres:
    """A `Backend` on a schema of a server. A thread holds a connection no longer than a statement or a block."""

    def __init__(self, store: str, name: str = MAIN) -> None:
        self.where, self.name = shown(store), name
        self._server, self.base = parted(store)
        self.schema = f'"{self.base}"' if name == MAIN else f'"{self.base}-{name}"'
        self.portals = f'"{self.base}".workspace'
        self._own_row = f"SELECT name FROM {self.portals} WHERE name = '{name}' FOR UPDATE"
        # In a process writers queue here, and do not hold a connection each while they wait.
        self._turn = threading.RLock()
        self._mine = threading.local()

    def prepare(self, *, make: bool = True) -> bool:
        """Create what is missing of the schema, once; return whether the store was new."""
        tables = "information_schema.tables WHERE table_schema = :base AND table_name = 'workspace'"
        if not self.rows(f"SELECT table_name FROM {tables}", {"base": self.base}):
            with translated(self.where):
                self._tried(lambda conn: _execute(conn, said.founding(self.base)), MADE_MEANWHILE)[0].give_back()
        entered = self.rows(f"SELECT layout FROM {self.portals} WHERE name = :name", {"name": self.name})
        if not entered and not make:
            raise Unavailable("missing", self.where)
        if not entered:
            with self.making() as new:
                return new
        if entered != [(said.layout(),)]:
            self._grow()
        return False

    @contextmanager
    def making(self) -> Iterator[bool]:
        """Open a block that creates the portal's schema and can fill it; yield False where there is one already."""
        values = {"name": self.name, "layout": said.layout(), "now": utc(RealClock().now())}
        with translated(self.where), self._block(_BEGIN):
            entered = f"INSERT INTO {self.portals} VALUES (:name, :layout, :now) ON CONFLICT (name) DO NOTHING"
            new = bool(self.run(entered, values))
            if new:
                _execute(self._mine.conn, said.making(self.schema))
            yield new

    def drop(self) -> bool:
        """Remove the portal with all that it holds; say whether it was there."""
        with translated(self.where), self._block(_BEGIN):
            entered = f"DELETE FROM {self.portals} WHERE name = :name"
            known = said.run(self._mine.conn, entered, {"name": self.name}).rowcount > 0
            if known:
                _execute(self._mine.conn, [f"DROP SCHEMA {self.schema} CASCADE"])
        return known

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Open a write transaction that nobody else can be in; nested blocks join it."""
        if self._open_block():
            yield
            return
        began = time.monotonic()
        if not self._turn.acquire(timeout=pool.WAIT_SECONDS):
            raise Unavailable("busy", self.where)
        try:
            with translated(self.where), self._block(f"{_BEGIN}; {pool.patience(began)}{self._own_row}"):
                yield
        finally:
            self._turn.release()

    def rows(self, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Return the rows of a query, each the values of its columns."""
        with translated(self.where):
            if conn := self._open_block():
                return said.rows(conn, sql, values)
            conn, found = self._tried(lambda each: said.rows(each, sql, values))
            conn.give_back()
            return found

    def run(self, sql: str, values: Mapping[str, object]) -> int:
        """Run a statement and return how many rows it touched."""
        if conn := self._open_block():
            with translated(self.where):
                return said.run(conn, sql, values).rowcount
        with self.atomic():
            return self.run(sql, values)

    def run_many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run a statement once for each row of values, which stand for its question marks."""
        with self.atomic(), translated(self.where):
            said.run_many(self._mine.conn, sql, rows)

    def named(self, table: str) -> str:
        """Return a table's name as statements write it."""
        return f'{self.schema}."{table}"'

    def count_on(self, table: str, column: str) -> None:
        """Have the numbers that the store gives in a column go on after those that the table holds."""
        numbers = f"""'{table.removesuffix('"')}_{column}_seq"'"""
        highest = f"SELECT COALESCE(MAX({column}), 1) FROM {table}"
        self.rows(f"SELECT setval({numbers}, GREATEST(nextval({numbers}), ({highest})))", {})

    def described(self) -> dict[str, str]:
        """Return what a terminal is told of the store."""
        ((version,),) = self.rows("SELECT version()", {})
        return {"kind": "postgres", "where": self.where, "schema": self.schema.strip('"'), "version": version}

    def close(self) -> None:
        """Let go of this thread's connection: outside a block it has none."""

    def _open_block(self) -> Lease | None:
        """Return the connection of the block that this thread is in."""
        return getattr(self._mine, "conn", None)

    @contextmanager
    def _block(self, begin: str) -> Iterator[None]:
        """Begin a transaction, keep its connection for this thread, and end it."""
        conn, found = self._tried(lambda each: _begun(each, begin))
        self._mine.conn = conn
        try:
            if not found:
                raise Unavailable("missing", self.where)
            yield
            if conn.execute(b"COMMIT").statusmessage != "COMMIT":  # somebody caught a fault of the database
                raise Unavailable("fault", self.where)
        finally:
            self._mine.conn = None
            conn.give_back()  # which undoes what was not committed

    def _tried(self, deed: Callable[[Lease], T], passing: tuple[str, ...] = OVERTAKEN) -> tuple[Lease, T]:
        """Return a connection and what was done with it, trying anew what was overtaken or lost its connection."""
        left = _TRIES
        while True:
            left -= 1
            conn = pool.take(self._server, self.where)
            try:
                return conn, deed(conn)
            except BaseException as fault:
                lost = conn.broken
                conn.give_back()
                if not left or not (lost or getattr(fault, "sqlstate", None) in passing):
                    raise
            if lost:
                pool.renew(self._server)
            time.sleep(SystemRandom().uniform(0, _PAUSE_SECONDS))  # so that two do not meet again

    def _grow(self) -> None:
        """Give the schema what the records have gained."""
        with self.atomic():
            _execute(self._mine.conn, said.growing(self.schema))
            self.run(
                f"UPDATE {self.portals} SET layout = :layout WHERE name = :name",
                {"layout": said.layout(), "name": self.name},
            )


def _begun(conn: Lease, begin: str) -> bool:
    """Begin a transaction; return False where the row that it takes is not there."""
    cursor = conn.execute(begin.encode())
    while cursor.nextset():
        pass
    return cursor.rowcount != 0


def _execute(conn: Lease, statements: Iterable[str]) -> None:
    """Run statements without values in one go."""
    conn.execute("; ".join(statements).encode())
