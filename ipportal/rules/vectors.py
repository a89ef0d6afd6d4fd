"""Test vectors read off the catalogue: what is given, and what a validator that keeps the rules answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .cases import ACCEPTED, Case, choice_cases, text_cases
from .catalogue import CODES, WHOLE
from .kinds import ASSUMED, Behaviour, Choice, Figure, Text, Window
from .known_cases import ANNOUNCED, CHANGE_FIRST, behaviour_cases, figure_cases, window_cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .kinds import Rule

ANSWERS = (ACCEPTED, ANNOUNCED, CHANGE_FIRST, *CODES)
"""What a validator may answer."""

# What a rule's `assumed` means in checks, where it is not the name of one.
_SILENT = {"unlike": ("duplicate",), "captcha": ("length", "chars", "mixed", "case")}


@dataclass(frozen=True)
class Vector:
    """One question to a validator. `given` is what is typed and known; `expected` is a code or `accepted`.

    A few answers besides refuse nothing: `announced` and `change_first`.
    `basis` says whether the source states this check of the rule or the project assumed it.
    """

    id: str
    rule: str
    check: str
    kind: str
    source: str
    basis: str
    given: Mapping[str, Any]
    expected: str
    note: str = ""


def vectors(catalogue: Mapping[str, Rule] = WHOLE) -> tuple[Vector, ...]:
    """Return the vectors of every rule, in the catalogue's order; an id keeps its meaning as long as its rule does."""
    sundays = catalogue.get("sunday_holiday")
    holidays = sundays.holidays if isinstance(sundays, Behaviour) else ()
    return tuple(_vector(rule, case) for rule in catalogue.values() for case in _cases(rule, holidays))


def _cases(rule: Rule, holidays: tuple[str, ...]) -> Iterable[Case]:
    match rule:
        case Text():
            return text_cases(rule)
        case Choice():
            return choice_cases(rule)
        case Figure():
            return figure_cases(rule)
        case Window():
            return window_cases(rule, holidays)
        case _:
            return behaviour_cases(rule)


def _vector(rule: Rule, case: Case) -> Vector:
    return Vector(
        id=f"{rule.name}.{case.check}.{case.tag}",
        rule=rule.name,
        check=case.check,
        kind=type(rule).__name__.lower(),
        source=rule.source,
        basis="assumed" if _assumed(rule, case.check) else "stated",
        given=case.given,
        expected=case.expected,
        note=case.note,
    )


def _assumed(rule: Rule, check: str) -> bool:
    silent = rule.assumed if isinstance(rule, Text) else ""
    return rule.source == ASSUMED or check in _SILENT.get(silent, (silent,))
