"""The near miss: the most similar vector of the same rule on which a validator was right, and what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .plain import plain
from .run import AGREES, Result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ABSENT = None


def near_miss(result: Result, results: Sequence[Result]) -> Result | None:
    """Return the nearest result of the same rule that agrees, or None where the validator was never right.

    Of two as near, the one where the answer now given was right shows better what was overlooked.
    """
    right = [each for each in results if each.outcome == AGREES and each.vector.rule == result.vector.rule]

    def distance(other: Result) -> tuple[int, bool]:
        return _distance(result.vector.given, other.vector.given), other.answered != result.answered

    return min(right, key=distance, default=None)


def differences(here: Mapping[str, Any], there: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what is given otherwise, by name: here and there; None is what is not given at all."""
    names = dict.fromkeys([*here, *there])
    pairs = {name: (here.get(name, _ABSENT), there.get(name, _ABSENT)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _distance(here: Mapping[str, Any], there: Mapping[str, Any]) -> int:
    return sum(_apart(*pair) for pair in differences(here, there).values())


def _apart(first: object, second: object) -> int:
    """Return how far two values are apart: numbers by their difference, texts by the part that is not the same."""
    if isinstance(first, int) and isinstance(second, int):
        return abs(first - second)
    one, other = (each if isinstance(each, str) else plain(each) for each in (first, second))
    longer = max(len(one), len(other))
    start = _common(one, other)
    return longer - start - _common(one[start:][::-1], other[start:][::-1])


def _common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (first, second) in enumerate(pairs) if first != second), min(len(one), len(other)))
