"""The tables in one SQLite file, through sqlite-utils; or in memory, for tests and shells."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .schema import RECORDS, Record
from .tables import Column, Unavailable, columns, table_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlite_utils import Database

MEMORY = ":memory:"
APPLICATION_ID = 0x49505031  # marks a file as ours, so that a foreign one is never touched
_BUSY_SECONDS = 5.0


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """Return the journal mode that is safe: write-ahead only where SQLite's WAL-reset fault is mended."""
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return "wal" if mended else "truncate"


class Sqlite:
    """A `Backend` on a file: a connection a thread, write transactions one at a time, nothing kept outside it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.journal_mode = "memory" if path == MEMORY else journal_mode()
        self._ours = False
        self._mine = threading.local()
        # In a process writers queue here; SQLite's own waiting is by sleeping, and slower.
        self._turn = threading.RLock()
        self._shared = self._open() if path == MEMORY else None

    def prepare(self) -> bool:
        """Create what is missing of the schema, once; return whether the store was new."""
        if self.path != MEMORY:
            self._check_file()
        with _translated(self.path), self.atomic():
            (mark,) = self._connection().conn.execute("PRAGMA application_id").fetchone()
            known = {row["name"] for row in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'", {})}
            if known and mark != APPLICATION_ID:
                raise Unavailable("foreign", self.path)
            if not known:
                self.run(f"PRAGMA application_id = {APPLICATION_ID}", {})
            for record in RECORDS:
                self._prepare(record)
        return not known

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Open a write transaction that nobody else can be in; nested blocks join it."""
        with self._my_turn() as seconds_left, _translated(self.path):
            database = self._connection()
            if database.conn.in_transaction:
                yield
                return
            _wait(database, seconds_left)
            # Not sqlite-utils' own block: it begins deferred, and a decision read there can be overtaken.
            database.conn.execute("BEGIN IMMEDIATE")
            try:
                yield
                database.conn.execute("COMMIT")
            except BaseException:
                database.rollback()
                raise
            finally:
                _wait(database, _BUSY_SECONDS)

    def rows(self, sql: str, values: Mapping[str, object]) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        with _translated(self.path), self._reading():
            cursor = self._connection().execute(sql, dict(values))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def run(self, sql: str, values: Mapping[str, object]) -> int:
        """Run a statement and return how many rows it touched."""
        with self._my_turn(), _translated(self.path):
            return self._connection().execute(sql, dict(values)).rowcount

    def close(self) -> None:
        """Let go of this thread's connection."""
        if database := getattr(self._mine, "database", None):
            database.conn.close()
            self._mine.database = None

    def _connection(self) -> Database:
        """Return this thread's connection to the file that is there now; a missing file is never made anew."""
        if self._shared:
            return self._shared
        kept: Database | None = getattr(self._mine, "database", None)
        if kept and kept.conn.in_transaction:
            return kept
        try:
            found = os.stat(self.path)  # noqa: PTH116 - at every use of the store, so the quicker one
        except OSError as fault:
            self.close()
            raise Unavailable("missing", self.path) from fault
        identity = (found.st_dev, found.st_ino)
        if kept and self._mine.identity == identity:
            return kept
        self.close()
        opened = self._open()
        self._mine.database, self._mine.identity = opened, identity
        return opened

    def _open(self) -> Database:
        from sqlite_utils import Database  # noqa: PLC0415 - a quarter of the start-up time, and not always needed

        where = MEMORY if self.path == MEMORY else f"{Path(self.path).absolute().as_uri()}?mode=rw"
        conn = sqlite3.connect(
            where, uri=True, timeout=_BUSY_SECONDS, check_same_thread=self.path != MEMORY, isolation_level=None
        )
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "trusted_schema = OFF"):
            conn.execute(f"PRAGMA {pragma}")
        if self._ours:  # a rollback journal's mode is the connection's own; a foreign file is not to be touched
            conn.execute(f"PRAGMA journal_mode = {self.journal_mode}")
        return Database(conn, execute_plugins=False)

    @contextmanager
    def _my_turn(self) -> Iterator[float]:
        """Wait for this process's other writers; yield the seconds left to wait for other processes."""
        began = time.monotonic()
        if not self._turn.acquire(timeout=_BUSY_SECONDS):
            raise Unavailable("busy", self.path)
        try:
            yield max(_BUSY_SECONDS - (time.monotonic() - began), 0.0)
        finally:
            self._turn.release()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """In memory all threads share one connection, so a reader must not look into a half-done write."""
        if self._shared:
            with self._turn:
                yield
        else:
            yield

    def _check_file(self) -> None:
        """Create an absent file with its folder; refuse one that cannot be written or is no database of ours."""
        path = Path(self.path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        except OSError as fault:
            raise Unavailable("read_only" if path.exists() else "missing", self.path) from fault
        if not os.access(path, os.W_OK):
            raise Unavailable("read_only", self.path)
        with _translated(self.path):
            conn = self._connection().conn
            (mark,) = conn.execute("PRAGMA application_id").fetchone()
            (pages,) = conn.execute("PRAGMA page_count").fetchone()
            if pages and mark != APPLICATION_ID:
                raise Unavailable("foreign", self.path)
            self._ours = True
            conn.execute(f"PRAGMA journal_mode = {self.journal_mode}")

    def _prepare(self, record: type[Record]) -> None:
        """Create the record's table, or add the columns that the record has gained."""
        table, wanted = table_name(record), columns(record)
        present = {row["name"] for row in self.rows(f"PRAGMA table_info({table})", {})}
        if not present:
            self.run(_create(table, record, wanted), {})
        for column in wanted.values():
            if present and column.name not in present:
                self.run(f"ALTER TABLE {table} ADD COLUMN {_declared(column)}", {})
        for name in record.indexes:
            self.run(f"CREATE INDEX IF NOT EXISTS {table}_{name} ON {table} ({name})", {})


def _wait(database: Database, seconds: float) -> None:
    """Have a connection wait that long for other processes."""
    database.conn.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def _create(table: str, record: type[Record], wanted: Mapping[str, Column]) -> str:
    parts = [_declared(column) for column in wanted.values()]
    if len(record.key) == 1 and wanted[record.key[0]].sql == "INTEGER":
        parts[0] = f"{record.key[0]} INTEGER PRIMARY KEY AUTOINCREMENT"
        return f"CREATE TABLE {table} ({', '.join(parts)})"
    return f"CREATE TABLE {table} ({', '.join(parts)}, PRIMARY KEY ({', '.join(record.key)})) WITHOUT ROWID"


def _declared(column: Column) -> str:
    if column.default is None:
        return f"{column.name} {column.sql}"
    default = "x''" if column.sql == "BLOB" else repr(column.default)
    return f"{column.name} {column.sql} NOT NULL DEFAULT {default}"


_CODES = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "missing",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_NOTADB: "foreign",
    sqlite3.SQLITE_CORRUPT: "damaged",
}


@contextmanager
def _translated(path: str) -> Iterator[None]:
    """Turn what the database itself cannot do into `Unavailable`; a misuse or a broken rule stays a bug."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise
    except sqlite3.Error as fault:
        code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
        raise Unavailable(_CODES.get(code, "fault"), path) from fault
