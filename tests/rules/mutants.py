"""Catalogues with one fault: every rule of the catalogue, changed in every way that a hand could change it."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from ipportal.rules import WHOLE, Behaviour, Chars, Choice, Figure, Rule, Text, Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Loose(Enum):
    """Alphabets that are a little too wide, as the inside of a character class."""

    WORDS = "A-Za-z0-9_"
    HYPHENS = "A-Za-z0-9-"
    BLANKS = "A-Za-z0-9 "
    SPACES = "A-Za-z0-9\\s"
    ANY_DIGIT = "A-Za-z\\d"
    ANY_WORD = "\\w"
    FULL_WIDTH = "A-Za-z0-9\uff10-\uff19"
    MARKS = "A-Za-z0-9\u0300-\u036f"
    BETWEEN = "A-z0-9"
    NUL = "A-Za-z0-9\\x00"


class LooseDigits(Enum):
    """The same for digits alone, from the next neighbour on."""

    SLASH = "/-9"
    COLON = "0-:"
    BLANKS = "0-9 "
    SPACES = "0-9\\s"
    ANY = "\\d"
    HYPHENS = "0-9-"
    LETTER_O = "0-9O"
    EXPONENT = "0-9e"
    NUL = "0-9\\x00"


class Tight(Enum):
    """Alphabets that lack something."""

    UPPER = "A-Z0-9"
    LOWER = "a-z0-9"
    NO_ZERO = "A-Za-z1-9"
    NO_O = "A-NP-Za-z0-9"
    NO_Z = "A-Za-y0-9"


class TightDigits(Enum):
    NO_ZERO = "1-9"
    NO_NINE = "0-8"


class Mutant(NamedTuple):
    """The rule that was changed, how, and the whole catalogue that has it."""

    rule: str
    how: str
    catalogue: Mapping[str, Rule]


def mutants() -> Iterator[Mutant]:
    """Yield every mutant of every rule."""
    for name, rule in WHOLE.items():
        for how, changed in _changes(rule).items():
            rest = {other: each for other, each in WHOLE.items() if other != name}
            yield Mutant(name, how, rest | ({name: changed} if changed else {}))


def _changes(rule: Rule) -> dict[str, Rule | None]:
    match rule:
        case Text():
            return dict(_repetition(rule) if rule.again else _text(rule))
        case Choice():
            return dict(_choice(rule))
        case Figure():
            return {f"value{by:+}": replace(rule, value=rule.value + by) for by in (-1, 1)}
        case Window():
            return dict(_window(rule))
        case Behaviour():
            return {"inverted": None}


def _text(rule: Text) -> Iterator[tuple[str, Rule]]:
    for by in (-1, 1):
        yield f"shortest{by:+}", replace(rule, shortest=rule.shortest + by)
        yield f"longest{by:+}", replace(rule, longest=rule.longest + by)
    yield "mixed flipped", replace(rule, mixed=not rule.mixed)
    yield "optional flipped", replace(rule, optional=not rule.optional)
    yield "again gained", replace(rule, again="somewhere", shortest=0)
    for dropped in rule.unlike:
        yield f"unlike {dropped} dropped", replace(rule, unlike=tuple(set(rule.unlike) - {dropped}))
    digits = rule.chars is Chars.DIGITS
    yield "chars swapped", replace(rule, chars=Chars.LETTERS_DIGITS if digits else Chars.DIGITS)
    for chars in (*LooseDigits, *TightDigits) if digits else (*Loose, *Tight):
        yield f"chars {chars}", replace(rule, chars=cast("Any", chars))


def _repetition(rule: Text) -> Iterator[tuple[str, Rule]]:
    yield "again dropped", replace(rule, again="")
    yield "optional flipped", replace(rule, optional=not rule.optional)


def _choice(rule: Choice) -> Iterator[tuple[str, Rule]]:
    for option in rule.options:
        yield f"{option} removed", replace(rule, options=tuple(set(rule.options) - {option}))
        for added in (option.upper(), option.title(), f" {option}", f"{option} ", f"{option}\n", option[:-1]):
            yield f"{added!r} added", replace(rule, options=(*rule.options, added))
    for added in ("", "other", "1", ",".join(rule.options)):
        yield f"{added!r} added", replace(rule, options=(*rule.options, added))


def _window(rule: Window) -> Iterator[tuple[str, Rule]]:
    for by in (-1, 1):
        yield f"end{by:+}", replace(rule, end_hour=rule.end_hour + by)
        if rule.start_hour + by >= 0:  # there is no hour before midnight
            yield f"start{by:+}", replace(rule, start_hour=rule.start_hour + by)


MUTANTS: Final = tuple(mutants())
