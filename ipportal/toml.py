"""TOML that somebody wrote: read, or refused by the place of its fault; the parser's words may quote what is secret."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_PLACE = re.compile("\\(at line ([0-9]+), column ([0-9]+)\\)\\Z")  # how the parser ends its words


class NoToml(ValueError):
    """A text that is not correct TOML: the line and the column to look at."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.line, self.column = line, column


def parse(text: str) -> dict[str, Any]:
    """Return what a text holds; raise `NoToml` for what is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        found = _PLACE.search(str(fault))
        *lines, last = text.split("\n")  # at whose end something is missing, where no other place is named
        raise NoToml(*(map(int, found.groups()) if found else (len(lines) + 1, len(last) + 1))) from fault


def read(path: Path) -> dict[str, Any]:
    """Return what a file holds, nothing where there is none; raise `NoToml`, `OSError` or `ValueError`."""
    try:
        return parse(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}


def as_text(value: object) -> object:
    """Return a whole number as its digits, for where a text is wanted that may look like one; else what was given."""
    with suppress(ValueError):  # written in hexadecimal, it may have more digits than Python writes out
        return str(value) if type(value) is int else value
    return value
