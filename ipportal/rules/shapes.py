"""What may be told of a typed value without telling it: its length and classes, and how it would be accepted."""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

from .kinds import Chars, Choice, Field, Problem, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOOKED_AT = 256  # characters; what is longer is refused for its length alone
_ASCII = {
    **dict.fromkeys(string.digits, "digit"),
    **dict.fromkeys(string.ascii_lowercase, "lower"),
    **dict.fromkeys(string.ascii_uppercase, "upper"),
    **dict.fromkeys(string.punctuation, "symbol"),
}
_KINDS = {"L": "foreign_letter", "M": "mark", "C": "control", "Z": "space", "N": "foreign_digit"}
_WANTED = {Chars.DIGITS: "digit", Chars.LETTERS_DIGITS: "letter_or_digit"}


def shape(value: str) -> dict[str, Any]:
    """Return the length of *value* and how many characters of each class it has, in order of appearance."""
    return {"length": len(value), "classes": dict(Counter(map(character_class, value[:_LOOKED_AT])))}


def character_class(character: str) -> str:
    """Return the class of one character: digit, lower, upper, symbol, space, full_width and so on."""
    if name := _ASCII.get(character):
        return name
    if _half(character):
        return "full_width"
    category = unicodedata.category(character)
    return "invisible" if category == "Cf" else _KINDS.get(category[0], "symbol")


def branch(rule: Field, value: str, refusal: Problem | None) -> str:
    """Return which way through the rule a value took: `accepted`, `empty`, an option, or how it was refused."""
    if refusal is None:
        if isinstance(rule, Choice):
            return value
        return "accepted" if value else "empty"
    if refusal.code == "length" and isinstance(rule, Text):
        return "length_short" if len(value) < rule.shortest else "length_long"
    return refusal.code


def nearest(rule: Field, value: str) -> dict[str, Any] | None:
    """Return the fewest edits by which *value* fits the rule and the length it then has; None where it has no form."""
    if isinstance(rule, Choice) or rule.again or len(value) > _LOOKED_AT:
        return None
    kept = [half for half in map(_half_or_same, value) if _fits(rule, half)]
    edits = [_edit("replace", _folding(value, rule), "half_width")]
    edits += [
        _edit("remove", count, name) for name, count in Counter(map(character_class, _strange(value, rule))).items()
    ]
    return {"edits": [edit for edit in [*edits, *_sized(rule, kept)] if edit["count"]], "length": _length(rule, kept)}


def _sized(rule: Text, kept: list[str]) -> Iterable[dict[str, Any]]:
    """Yield what is still to add or remove, and the letter or digit that a mixed value lacks."""
    missing = rule.shortest - len(kept)
    lacking = _lacking(kept) if rule.mixed else []
    if missing > 0:
        for name in lacking[:missing]:
            yield _edit("add", 1, name)
        yield _edit("add", missing - len(lacking), _WANTED[rule.chars])
        return
    yield _edit("remove", len(kept) - rule.longest, _WANTED[rule.chars])
    for name in lacking:
        yield _edit("replace", 1, name)


def _lacking(kept: list[str]) -> list[str]:
    letters = [each for each in kept if not re.fullmatch("[0-9]", each)]
    return [name for name, found in (("letter", letters), ("digit", len(letters) < len(kept))) if not found]


def _length(rule: Text, kept: list[str]) -> int:
    return min(max(len(kept), rule.shortest), rule.longest)


def _edit(edit: str, count: int, what: str) -> dict[str, Any]:
    return {"edit": edit, "count": max(count, 0), "what": what}


def _folding(value: str, rule: Text) -> int:
    return sum(_fits(rule, _half(each)) for each in value)


def _strange(value: str, rule: Text) -> list[str]:
    return [each for each in value if not _fits(rule, _half_or_same(each))]


def _fits(rule: Text, character: str) -> bool:
    return re.fullmatch(f"[{rule.chars.value}]", character) is not None


def _half_or_same(character: str) -> str:
    return _half(character) or character


def _half(character: str) -> str:
    """Return the ASCII twin of a full-width character, or "" where it has none."""
    at = ord(character)
    first, last, step = 0xFF01, 0xFF5E, 0xFEE0
    return chr(at - step) if first <= at <= last else ""


def decisions(rule: Field, taken: str) -> list[tuple[str, bool]]:
    """Return the checks of *rule* in the order judged, each with whether it let a value of that branch pass."""
    if isinstance(rule, Choice):
        return [("required", taken != "required")]
    checks = ["required", *([] if rule.again else ["length", "chars"]), *(["mixed"] if rule.mixed else [])]
    checks += [*(["differs"] if rule.again else []), *(["duplicate"] if rule.unlike else [])]
    if taken == "empty":
        return [("required", True)]
    refused = taken.partition("_")[0]
    passed = checks[: checks.index(refused)] if refused in checks else checks
    return [(check, True) for check in passed] + ([(refused, False)] if refused in checks else [])
