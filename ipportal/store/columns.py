"""Columns: how a record's attributes are declared, kept and read back."""

from __future__ import annotations

import dataclasses
import json
import re
import typing
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from ..clock import EARLIEST, HONG_KONG, utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .schema import Record

R = TypeVar("R", bound="Record")


@dataclasses.dataclass(frozen=True)
class Dialect:
    """How a database writes what the schema needs: its types, a number that it gives, a table's end."""

    types: Mapping[str, str]
    number: str
    end: str = ""


@dataclasses.dataclass(frozen=True)
class Column:
    """A column: its name, its type as SQLite has it, its default for rows older than it, and how it is read."""

    name: str
    sql: str
    default: object
    read: Callable[[Any], object]


def table_name(record: type[Any]) -> str:
    """Return the table of a record: `PastPassword` lives in `past_password`."""
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", record.__name__).lower()


def columns(record: type[Any]) -> dict[str, Column]:
    """Return the columns of a record, in its order."""
    if record not in _READ:
        hints = typing.get_type_hints(record)
        _READ[record] = {knob.name: _column(knob, hints[knob.name]) for knob in dataclasses.fields(record)}
    return _READ[record]


def pack(value: object) -> object:
    """Return *value* as the database keeps it: moments in UTC text that sorts, mappings as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(value)
        return utc(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def revive(record: type[R], row: Iterable[Any]) -> R:
    """Return a row as a record: its values are in the record's order, as the database keeps them."""
    values = list(row)
    for place, read in _readers(record):  # type: ignore[arg-type]  # a class can be hashed
        values[place] = read(values[place])
    return record(*values)


def create(table: str, record: type[Record], dialect: Dialect) -> str:
    """Return the statement that creates a record's table under the name *table*."""
    parts = {name: declared(column, dialect) for name, column in columns(record).items()}
    if numbered(record):
        parts[record.key[0]] = f"{record.key[0]} {dialect.number}"
        return f"CREATE TABLE {table} ({', '.join(parts.values())})"
    return f"CREATE TABLE {table} ({', '.join(parts.values())}, PRIMARY KEY ({', '.join(record.key)})){dialect.end}"


def declared(column: Column, dialect: Dialect) -> str:
    """Return the declaration of a column."""
    kind = dialect.types[column.sql]
    if column.default is None:
        return f"{column.name} {kind}"
    return f"{column.name} {kind} NOT NULL DEFAULT {column.default!r}"


def numbered(record: type[Record]) -> bool:
    """Say whether the store gives the record's key, a number that grows and is never used again."""
    return len(record.key) == 1 and columns(record)[record.key[0]].sql == "INTEGER"


def _column(knob: dataclasses.Field[Any], hint: object) -> Column:
    # Ids and digit secrets are declared TEXT: left to guess, the database turns "00012345" into a number.
    sql, empty, read = _TYPES[hint]
    if knob.default is not dataclasses.MISSING:
        empty = pack(knob.default)
    return Column(knob.name, sql, empty, read)


@cache
def _readers(record: type[Record]) -> list[tuple[int, Callable[[Any], object]]]:
    """Return what reads the columns that are not kept as they are, by their place in the record."""
    return [(place, each.read) for place, each in enumerate(columns(record).values()) if each.read not in {str, int}]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(HONG_KONG)


def _object(text: str) -> dict[str, Any]:
    return json.loads(text) if text != "{}" else {}  # most are empty


_READ: dict[type[Any], dict[str, Column]] = {}  # reading the annotations takes a millisecond a table
_TYPES: dict[object, tuple[str, object, Callable[[Any], object]]] = {
    str: ("TEXT", "", str),
    int: ("INTEGER", 0, int),
    bool: ("INTEGER", 0, bool),
    datetime: ("TEXT", utc(EARLIEST), _moment),
    datetime | None: ("TEXT", None, lambda text: _moment(text) if text else None),
    dict[str, str]: ("TEXT", "{}", _object),
    dict[str, Any]: ("TEXT", "{}", _object),
}
