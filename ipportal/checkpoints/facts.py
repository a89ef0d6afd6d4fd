"""What the facts of a checkpoint must be: the clock, the CAPTCHA mode and a suspension that a portal can stand on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..people import DEFAULT, EMPTY, INLINE, parse
from ..settings import CAPTCHA_MODES, CAPTCHA_WORD, is_seed
from ..vetting import ScenarioError, is_moment

if TYPE_CHECKING:
    from ..store.schema import Fact

_LONGEST_SHIFT = 200 * 366 * 86_400.0  # seconds


def fact_fits(fact: Fact) -> bool:
    """Say whether a fact can be a checkpoint's; one that a later standing could not be built from cannot."""
    found: dict[str, Any] = fact.value
    match fact.name:
        case "scenario":
            return _scenario(found)
        case "clock":
            return _clock(found)
        case "captcha":
            return _texts(found, "mode", "word", "seed") and _captcha(**found)
        case "captcha_draws":
            return set(found) == {"number"} and type(found["number"]) is int and 0 <= found["number"] < 2**53
        case "suspension":
            return _texts(found, "start", "end") and all(map(is_moment, found.values()))
        case _:
            return False


def _scenario(found: dict[str, Any]) -> bool:
    if found in ({"name": DEFAULT}, {"name": EMPTY}):
        return True
    if not _texts(found, "name", "text") or found["name"] != INLINE:
        return False
    try:
        parse(INLINE, found["text"])
    except ScenarioError:
        return False
    return True


def _captcha(mode: str, word: str, seed: str) -> bool:
    wanted = CAPTCHA_WORD if mode == "fixed" else f"({CAPTCHA_WORD})?"
    return mode in CAPTCHA_MODES and re.fullmatch(wanted, word) is not None and is_seed(seed)


def _clock(found: dict[str, Any]) -> bool:
    if set(found) == {"shift_seconds"}:
        shift = found["shift_seconds"]
        return isinstance(shift, float) and abs(shift) < _LONGEST_SHIFT
    return _texts(found, "stopped_at") and is_moment(found["stopped_at"])


def _texts(found: dict[str, Any], *names: str) -> bool:
    return set(found) == set(names) and all(isinstance(value, str) for value in found.values())
