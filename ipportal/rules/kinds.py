"""The kinds of rule: plain frozen values that say what may be typed and how long things last."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ASSUMED = "assumed"


class Chars(Enum):
    """An alphabet, as the inside of an ASCII character class."""

    DIGITS = "0-9"
    LETTERS_DIGITS = "A-Za-z0-9"


@dataclass(frozen=True)
class Problem:
    """Why a value was refused: a code of `CODES` and the figures its sentence needs."""

    code: str
    figures: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """A typed field: its length in characters, its alphabet, and how it relates to other fields.

    `again` names the field it must repeat; `unlike` the fields it must differ from;
    `assumed` says which part of the rule the source is silent about.
    """

    name: str
    shortest: int
    longest: int
    chars: Chars
    source: str
    mixed: bool = False
    secret: bool = False
    optional: bool = False
    again: str = ""
    unlike: tuple[str, ...] = ()
    assumed: str = ""


@dataclass(frozen=True)
class Choice:
    """A field that takes one of a few words."""

    name: str
    options: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Figure:
    """A number the portal keeps to, in *unit*. An assumed one is also a setting of the same name."""

    name: str
    value: int
    unit: str
    source: str


@dataclass(frozen=True)
class Window:
    """The hours `[start, end)`, Hong Kong time, in which the portal is closed on a kind of day."""

    name: str
    start_hour: int
    end_hour: int
    source: str


@dataclass(frozen=True)
class Behaviour:
    """A rule that is neither a field nor a figure; its sentence is in the wording pages.

    `value` is that of the setting of the same name, where there is one; `holidays` those added and struck.
    """

    name: str
    source: str
    value: str = ""
    holidays: tuple[str, ...] = ()


Field = Text | Choice
Rule = Field | Figure | Window | Behaviour
