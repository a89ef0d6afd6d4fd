"""The tables in one SQLite file, whose schema sqlite-utils looks after; or in memory, for tests and shells."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from ..durable import make_folder
from ..turns import aside
from .columns import Dialect, columns, create, declared, table_name
from .connections import Connection, drop, file_at, find, keep, make_room
from .failpoints import reachable
from .schema import RECORDS, Record
from .tables import Unavailable
from .troubles import translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MEMORY = ":memory:"
APPLICATION_ID = 0x49505031  # marks a file as ours, so that a foreign one is never touched
SQLITE = Dialect(
    {"TEXT": "TEXT", "INTEGER": "INTEGER"},
    number="INTEGER PRIMARY KEY AUTOINCREMENT",
    end=" WITHOUT ROWID",
)
_BUSY_SECONDS = 5.0
# Another process is seldom longer about a commit than a millisecond. Left alone, SQLite sleeps for one at the least and
# soon for a tenth of a second at a time, and misses every gap.
_FIRST_NAP_SECONDS, _LONGEST_NAP_SECONDS = 0.00005, 0.001
_places_aside = threading.Semaphore(3)  # each thread that is at work meanwhile takes half a megabyte


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """Return the journal mode that is safe: write-ahead only where SQLite's WAL-reset fault is mended."""
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return "wal" if mended else "truncate"


@reachable
class Sqlite:
    """A `Backend` on a file: a connection a thread, write transactions one at a time, nothing kept outside it."""

    def __init__(self, path: str, *, ours: bool = False) -> None:
        self.path = path
        self.journal_mode = "memory" if path == MEMORY else journal_mode()
        self._ours = ours  # said of a file that this process has just made
        # In a process writers queue here; SQLite's own waiting is by sleeping, and slower.
        self._turn = threading.RLock()
        self._shared = self._open() if path == MEMORY else None
        # In memory all threads share one connection, so a reader must not look into a half-done write.
        self._reading = self._turn if self._shared else nullcontext()

    def prepare(self, *, make: bool = True) -> bool:
        """Create what is missing of the schema, once; return whether the store was new."""
        if self.path != MEMORY:
            self._check_file(make=make)
        with translated(self.path):
            (layout,) = _patiently(self._connection(), "PRAGMA user_version").fetchone()
            if layout == _layout():
                return False
        with translated(self.path), self.atomic():
            (mark,) = self._connection().execute("PRAGMA application_id").fetchone()
            known = self._tables()
            if known and mark != APPLICATION_ID:
                raise Unavailable("foreign", self.path)
            if not known:
                self.run(f"PRAGMA application_id = {APPLICATION_ID}", {})
            for record in RECORDS:
                self._prepare(record, new=not known)
            self.run(f"PRAGMA user_version = {_layout()}", {})
        return not known

    def twin(self) -> Sqlite:
        """Return a new store in memory that holds the same, in a fifth of the time that filling one takes."""
        made = Sqlite(MEMORY)
        with translated(self.path), self._reading:
            self._connection().backup(made._connection())
        return made

    def image(self) -> bytes:
        """Return the whole database as the bytes of a file."""
        with translated(self.path), self._reading:
            return bytes(self._connection().serialize())

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Open a write transaction that nobody else can be in; nested blocks join it."""
        with self._my_turn() as until, translated(self.path):
            database = self._connection()
            if database.in_transaction:
                yield
                return
            try:
                # Not a deferred one: a decision read there can be overtaken.
                _patiently(database, "BEGIN IMMEDIATE", until=until)
                yield
                _patiently(database, "COMMIT")
            except BaseException as fault:
                database.rollback()
                # Opened while the file could not be written, a connection stays so for ever.
                if getattr(fault.__cause__ or fault, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY:
                    self.close()
                raise

    def rows(self, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Return the rows of a query, each the values of its columns."""
        with translated(self.path), self._reading:
            return _patiently(self._connection(), sql, values).fetchall()

    def run(self, sql: str, values: Mapping[str, object]) -> int:
        """Run a statement and return how many rows it touched."""
        with self._my_turn() as until, translated(self.path):
            database = self._connection()
            if database.in_transaction:
                return _patiently(database, sql, values, until=until).rowcount
        with self.atomic():
            return self.run(sql, values)

    def run_many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run a statement once for each row of values."""
        with self.atomic(), translated(self.path):
            self._connection().executemany(sql, rows)

    def named(self, table: str) -> str:
        """Return a table's name as statements write it."""
        return table

    def count_on(self, table: str, column: str) -> None:
        """Have the numbers that the store gives go on after those that the table holds: SQLite's do."""

    def described(self) -> dict[str, str]:
        """Return what a terminal is told of the store."""
        return {"kind": "sqlite", "where": self.path, "mode": self.journal_mode, "version": sqlite3.sqlite_version}

    def is_there(self) -> bool:
        """Say whether the path leads to the file on which this thread has a block open, and not to another by now."""
        return self._connection().file == file_at(self.path)

    def close(self) -> None:
        """Let go of this thread's connection."""
        drop(self)

    def _connection(self) -> Connection:
        """Return this thread's connection to the file that is there now; a missing file is never made anew."""
        if self._shared:
            return self._shared
        kept = find(self)
        if kept and kept.in_transaction:
            return kept
        file = file_at(self.path)
        if kept and kept.file == file:
            return kept
        drop(self)
        if file is None:
            raise Unavailable("missing", self.path)
        make_room()
        opened = self._open()
        opened.path, opened.file = self.path, file
        return keep(self, opened)

    def _open(self) -> Connection:
        where = MEMORY if self.path == MEMORY else f"{Path(self.path).absolute().as_uri()}?mode=rw"
        # Each thread keeps to its own, but may end before what it kept is let go.
        conn = sqlite3.connect(where, timeout=0, check_same_thread=False, factory=Connection, uri=True)
        if self.path == MEMORY:
            conn.execute("PRAGMA page_size = 1024")  # such a store is small, and there may be hundreds
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "trusted_schema = OFF"):
            _patiently(conn, f"PRAGMA {pragma}")
        # KiB: the system keeps the file's pages too, and what another process writes empties this thread's.
        _patiently(conn, "PRAGMA cache_size = -250")
        if self._ours:  # a rollback journal's mode is the connection's own; a foreign file is not to be touched
            _patiently(conn, f"PRAGMA journal_mode = {self.journal_mode}")
        return conn

    @contextmanager
    def _my_turn(self) -> Iterator[float]:
        """Wait for this process's other writers; yield until when to wait for other processes."""
        until = time.monotonic() + _BUSY_SECONDS
        if not self._turn.acquire(timeout=_BUSY_SECONDS):
            raise Unavailable("busy", self.path)
        try:
            yield until
        finally:
            self._turn.release()

    def _tables(self) -> set[str]:
        from sqlite_utils import Database  # noqa: PLC0415 - a tenth of the start-up time, and only a new schema needs it

        return set(Database(self._connection(), execute_plugins=False).table_names())

    def _check_file(self, *, make: bool) -> None:
        """Make an absent file with its folder, or not; refuse one that cannot be written or is no database of ours."""
        path = Path(self.path)
        try:
            if make and not path.exists():  # to look at a workspace is not to use it
                make_folder(path.parent)
                path.touch(mode=0o600)
        except OSError as fault:
            raise Unavailable("missing", self.path) from fault
        if path.exists() and not os.access(path, os.W_OK):
            raise Unavailable("read_only", self.path)
        with translated(self.path):
            conn = self._connection()
            (mark,) = _patiently(conn, "PRAGMA application_id").fetchone()
            (pages,) = _patiently(conn, "PRAGMA page_count").fetchone()
            if pages and mark != APPLICATION_ID:
                raise Unavailable("foreign", self.path)
            self._ours = True
            _patiently(conn, f"PRAGMA journal_mode = {self.journal_mode}")

    def _prepare(self, record: type[Record], *, new: bool) -> None:
        """Create the record's table, or add the columns that the record has gained."""
        table, wanted = table_name(record), columns(record)
        present = set() if new else {name for _, name, *_ in self.rows(f"PRAGMA table_info({table})", {})}
        if not present:
            self.run(create(table, record, SQLITE), {})
        for column in wanted.values():
            if present and column.name not in present:
                self.run(f"ALTER TABLE {table} ADD COLUMN {declared(column, SQLITE)}", {})
        for name in record.indexes:
            self.run(f"CREATE INDEX IF NOT EXISTS {table}_{name} ON {table} ({name})", {})


@cache
def _layout() -> int:
    """Return a number that changes with the schema: a store that bears it needs no look at its tables."""
    return crc32(str([create(table_name(record), record, SQLITE) for record in RECORDS]).encode()) >> 1


def _patiently(
    database: sqlite3.Connection, sql: str, values: Mapping[str, object] | None = None, *, until: float | None = None
) -> sqlite3.Cursor:
    """Run a statement that may have to wait for another process."""
    nap = _FIRST_NAP_SECONDS
    while True:
        try:
            return database.execute(sql, values or {})
        except sqlite3.OperationalError as fault:
            until = until or time.monotonic() + _BUSY_SECONDS
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                raise
            _sleep(nap, keep_turn=database.in_transaction)  # for who commits everybody else waits
            nap = min(nap * 1.5, _LONGEST_NAP_SECONDS)


def _sleep(seconds: float, *, keep_turn: bool) -> None:
    """Let another thread have this one's turn meanwhile, unless as many as may have gone aside."""
    gone = not keep_turn and _places_aside.acquire(blocking=False)
    with aside() if gone else nullcontext():
        time.sleep(seconds)
    if gone:
        _places_aside.release()
