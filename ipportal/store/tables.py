"""The verbs: insert, update, delete, get and where on a table; prepare, atomic and close on the store."""

from __future__ import annotations

import dataclasses
import json
import re
import typing
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from ..clock import EARLIEST, HONG_KONG, utc
from . import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

R = TypeVar("R", bound=schema.Record)


class Unavailable(Exception):
    """The store cannot be used now; `code` says how.

    One of busy, read_only, full, missing, foreign, damaged, unknown, fault.
    """

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(code)
        self.code, self.where = code, where


class Backend(Protocol):
    """What a database must offer to hold the tables."""

    journal_mode: str

    def prepare(self) -> bool:
        """Create what is missing of the schema, once; return whether the store was new."""
        ...

    def atomic(self) -> AbstractContextManager[None]:
        """Open a write transaction that nobody else can be in; nested blocks join it."""
        ...

    def rows(self, sql: str, values: Mapping[str, object]) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        ...

    def run(self, sql: str, values: Mapping[str, object]) -> int:
        """Run a statement and return how many rows it touched."""
        ...

    def close(self) -> None:
        """Let go of this thread's connection."""
        ...


class Table(Generic[R]):
    """The rows of one record. Conditions are `column=value`, `column__after=…` or `column__before=…`."""

    def __init__(self, backend: Backend, record: type[R]) -> None:
        self._backend, self._record = backend, record
        self._name, self._columns = table_name(record), columns(record)

    def insert(self, record: R) -> None:
        """Add a row. A number that is the whole key and is 0 is given by the store."""
        given = {name: pack(getattr(record, name)) for name in self._columns}
        if len(record.key) == 1 and given[record.key[0]] == 0:
            del given[record.key[0]]
        names, marks = ", ".join(given), ", ".join(f":{name}" for name in given)
        self._backend.run(f"INSERT INTO {self._name} ({names}) VALUES ({marks})", given)

    def update(self, *key: object, **changes: object) -> None:
        """Change columns of the row with that key; do nothing where there is none."""
        values = {name: pack(value) for name, value in changes.items()}
        sets = ", ".join(f"{self._columns[name].name} = :{name}" for name in values)
        where, more = self._by_key(key)
        self._backend.run(f"UPDATE {self._name} SET {sets}{where}", values | more)

    def delete(self, **conditions: object) -> int:
        """Remove the rows that match and return how many there were; without a condition, all."""
        where, values = self._matching(conditions)
        return self._backend.run(f"DELETE FROM {self._name}{where}", values)

    def get(self, *key: object) -> R | None:
        """Return the row with that key, or None."""
        where, values = self._by_key(key)
        found = self._backend.rows(f"SELECT * FROM {self._name}{where}", values)
        return self._unpack(found[0]) if found else None

    def where(self, *, newest: int | None = None, **conditions: object) -> list[R]:
        """Return the rows that match, in order of their key; with *newest*, that many, the last key first."""
        where, values = self._matching(conditions)
        way = "" if newest is None else " DESC"
        order = ", ".join(f"{name}{way}" for name in self._record.key)
        limit = "" if newest is None else f" LIMIT {int(newest)}"
        return [
            self._unpack(row)
            for row in self._backend.rows(f"SELECT * FROM {self._name}{where} ORDER BY {order}{limit}", values)
        ]

    def _by_key(self, key: tuple[object, ...]) -> tuple[str, dict[str, object]]:
        return self._matching(dict(zip(self._record.key, key, strict=True)), "key_")

    def _matching(self, conditions: Mapping[str, object], mark: str = "if_") -> tuple[str, dict[str, object]]:
        parts, values = [], {}
        for number, (condition, value) in enumerate(conditions.items()):
            name, _, relation = condition.partition("__")
            parts.append(f"{self._columns[name].name} {_RELATIONS[relation]} :{mark}{number}")
            values[f"{mark}{number}"] = pack(value)
        return (" WHERE " + " AND ".join(parts) if parts else ""), values

    def _unpack(self, row: Mapping[str, Any]) -> R:
        return self._record(**{name: column.read(row[name]) for name, column in self._columns.items()})


class Tables:
    """The store: its tables by name, and the block in which to decide and write."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.atomic = backend.atomic
        self.facts = Table(backend, schema.Fact)
        self.accounts = Table(backend, schema.Account)
        self.past_passwords = Table(backend, schema.PastPassword)
        self.users = Table(backend, schema.User)
        self.links = Table(backend, schema.Link)
        self.cancelled_ids = Table(backend, schema.CancelledId)
        self.drafts = Table(backend, schema.Draft)
        self.challenges = Table(backend, schema.Challenge)
        self.sessions = Table(backend, schema.Session)
        self.notices = Table(backend, schema.Notice)
        self.notices_read = Table(backend, schema.NoticeRead)
        self.journal = Table(backend, schema.JournalEntry)

    def clear(self) -> None:
        """Remove every row of every table, the store's own facts included; call it inside `atomic()`."""
        for table in vars(self).values():
            if isinstance(table, Table):
                table.delete()


@dataclasses.dataclass(frozen=True)
class Column:
    """A column: its name, its declared SQL type, its default for rows older than it, and how it is read."""

    name: str
    sql: str
    default: object
    read: Callable[[Any], object]


def table_name(record: type[schema.Record]) -> str:
    """Return the table of a record: `PastPassword` lives in `past_password`."""
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", record.__name__).lower()


def columns(record: type[schema.Record]) -> dict[str, Column]:
    """Return the columns of a record, in its order."""
    hints = typing.get_type_hints(record)
    return {knob.name: _column(knob, hints[knob.name]) for knob in dataclasses.fields(record)}  # type: ignore[arg-type]  # every record is a dataclass


def pack(value: object) -> object:
    """Return *value* as the database keeps it: moments in UTC text that sorts, mappings as JSON."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(value)
        return utc(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def _column(knob: dataclasses.Field[Any], hint: object) -> Column:
    # Ids and digit secrets are declared TEXT: left to guess, the database turns "00012345" into a number.
    sql, empty, read = _TYPES[hint]
    if knob.default is not dataclasses.MISSING:
        empty = pack(knob.default)
    return Column(knob.name, sql, empty, read)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(HONG_KONG)


_RELATIONS = {"": "=", "after": ">", "before": "<"}
_TYPES: dict[object, tuple[str, object, Callable[[Any], object]]] = {
    str: ("TEXT", "", str),
    int: ("INTEGER", 0, int),
    bool: ("INTEGER", 0, bool),
    bytes: ("BLOB", b"", bytes),
    datetime: ("TEXT", utc(EARLIEST), _moment),
    datetime | None: ("TEXT", None, lambda text: _moment(text) if text else None),
    dict[str, str]: ("TEXT", "{}", json.loads),
    dict[str, Any]: ("TEXT", "{}", json.loads),
}
