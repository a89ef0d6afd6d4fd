"""Holding the rows of a checkpoint file against everything that the portal's own rows keep to."""

from __future__ import annotations

import json
import re
import typing
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..clock import EARLIEST, LATEST, utc
from ..store.columns import columns, revive
from ..store.schema import RECORDS, JournalEntry
from ..vetting import CheckpointError, showable
from .entries import entry_fits, judged_fits
from .meaning import SENSE, people_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..store.schema import Record

Rows = dict[str, list[list[Any]]]
_LONGEST = 20_000  # characters in a text
_LONGEST_OBJECT = 4_000_000  # the same, of a scenario: seven thousand people
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}\\+00:00")
_FIRST, _LAST = utc(EARLIEST), utc(LATEST)


def judge(rows: object, kinds: dict[str, type[Record]]) -> Rows:
    """Return the rows of a file whose layout fits; raise `CheckpointError` naming the first that could not be ours."""
    if not isinstance(rows, dict) or set(rows) != set(kinds):
        raise CheckpointError("tables", " ".join(kinds))
    records = {name: _records(name, rows[name], kind) for name, kind in kinds.items()}
    people_fit(records)
    return rows


def _records(name: str, rows: object, kind: type[Record]) -> list[Any]:
    if not isinstance(rows, list):
        raise CheckpointError("row", name)
    width = len(columns(kind))
    _hold(name, (isinstance(row, list) and len(row) == width for row in rows))
    for check, values in zip(
        _CHECKS_OF[kind], zip(*rows, strict=True), strict=False
    ):  # no column where there is no row
        _hold(name, map(check, values))
    if len({tuple(row[: len(kind.key)]) for row in rows}) < len(rows):  # the key comes first in every record
        raise CheckpointError("twice", name)
    if kind is JournalEntry:  # there may be thousands, and no row refers to them
        _hold(name, map(entry_fits, rows))
        return []
    records = [revive(kind, row) for row in rows]
    _hold(name, map(SENSE[kind], records))
    return records


def _hold(name: str, fits: Iterable[bool]) -> None:
    """Refuse the first row that does not fit."""
    for at, each in enumerate(fits):
        if not each:
            raise CheckpointError("row", f"{name}[{at}]")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST and value.replace("\n", "").isprintable()


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**53


def _is_flag(value: object) -> bool:
    return type(value) is int and value in {0, 1}


def _is_moment(value: object) -> bool:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value) or not _FIRST <= value <= _LAST:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_object(value: object) -> bool:
    if value == "{}":
        return True
    if not isinstance(value, str) or len(value) > _LONGEST_OBJECT:
        return False
    try:
        found = json.loads(value)
        written = json.dumps(found, ensure_ascii=False) if "\\u" in value else value
        written.encode()  # half a surrogate pair could be put on no page
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict)


def _is_words(value: object) -> bool:
    if value == "{}":
        return True
    if not _is_object(value) or len(str(value)) > _LONGEST * 10:
        return False
    words: dict[str, Any] = json.loads(str(value))
    return all(isinstance(word, str) for word in words.values()) and showable(words)


_CHECKS: dict[object, Callable[[Any], bool]] = {
    str: _is_text,
    int: _is_number,
    bool: _is_flag,
    datetime: _is_moment,
    datetime | None: lambda value: value is None or _is_moment(value),
    dict[str, str]: _is_words,
    dict[str, Any]: _is_object,
}
_OWN_CHECKS: dict[str, Callable[[Any], bool]] = {"judged": judged_fits}
_CHECKS_OF = {
    kind: [
        _OWN_CHECKS.get(name) or _CHECKS.get(hint, _is_text)
        for name, hint in typing.get_type_hints(kind).items()
        if name in columns(kind)
    ]
    for kind in RECORDS
}
