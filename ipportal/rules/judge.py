"""The one function that judges a value, and its plural for a whole form."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .kinds import Choice, Field, Problem, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def problem(rule: Field, value: str) -> Problem | None:
    """Return what is wrong with *value* under *rule* alone, or None; nothing is trimmed or folded first."""
    if isinstance(rule, Choice):
        return None if value in rule.options else Problem("required")
    if not value:
        return None if rule.optional else Problem("required")
    if rule.again:
        return None
    if not rule.shortest <= len(value) <= rule.longest:
        return Problem("length", {"min": rule.shortest, "max": rule.longest})
    if not _alphabet(rule).fullmatch(value):
        return Problem("chars")
    if rule.mixed and not _MIXED.fullmatch(value):
        return Problem("mixed")
    return None


def problems(rules: Iterable[Field], typed: Mapping[str, str]) -> dict[str, Problem]:
    """Return every format problem of a form at once, by field; empty when there is none."""
    found = {}
    for rule in rules:
        value = typed.get(rule.name, "")
        if refusal := problem(rule, value) or (_between(rule, value, typed) if isinstance(rule, Text) else None):
            found[rule.name] = refusal
    return found


def _between(rule: Text, value: str, typed: Mapping[str, str]) -> Problem | None:
    """Judge *value* against the other fields of its form."""
    first = typed.get(rule.again, "")
    if first and value != first:
        return Problem("differs")
    if value and any(value == typed.get(other, "") for other in rule.unlike):
        return Problem("duplicate")
    return None


# fullmatch with explicit ASCII classes: `$` would let a final newline through, and shorthand classes other scripts.
@cache
def _alphabet(rule: Text) -> re.Pattern[str]:
    return re.compile(f"[{rule.chars.value}]+")


_MIXED = re.compile("(?=[0-9]*[A-Za-z])(?=[A-Za-z]*[0-9])[A-Za-z0-9]+")
