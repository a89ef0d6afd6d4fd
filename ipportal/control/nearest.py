"""The path that was meant by an address that is none."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from .operations import OPERATIONS, PREFIX

_ALIKE = 0.6  # of all letters: where one part of a path is less like what was asked for, another one was meant
_LONGEST = 200


def nearest(asked: str) -> str | None:
    """Return the known path that is most like the one that was *asked* for, if one is like it.

    Case, slashes too many and the version do not count, nor does what a placeholder would stand for.
    """
    parts = _parts(re.sub("^/_control(/v[0-9]+)?(?![^/])", "", asked[:_LONGEST].lower()))
    likeness = {each.path: _likeness(_parts(each.path), parts) for each in OPERATIONS}
    best = max(likeness, key=lambda path: likeness[path])
    return PREFIX + best if likeness[best] > 0 else None


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def _likeness(known: list[str], asked: list[str]) -> float:
    """Return how like two paths are, all parts together; 0 where one part is not, or is missing."""
    if len(known) != len(asked):
        return 0
    fixed = [pair for pair in zip(known, asked, strict=True) if not pair[0].startswith("{")]
    ratios = [SequenceMatcher(None, *pair).ratio() for pair in fixed]
    return sum(ratios) if min(ratios) >= _ALIKE else 0
