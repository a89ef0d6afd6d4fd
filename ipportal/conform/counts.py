"""Counts of branches that a user's own test run wrote down, JSON Lines."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from typing import TYPE_CHECKING

from ..flows.branches import BRANCHES
from . import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterable


def total(files: Iterable[tuple[str, str]]) -> Counter[str]:
    """Return the sum over all lines of all files, each given as its path and its text."""
    found: Counter[str] = Counter()
    for path, text in files:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                found.update(_counts(path, number, line))
    return found


def _counts(path: str, number: int, line: str) -> dict[str, int]:
    try:
        counts = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise Unusable("counts", path=path, line=number) from fault
    if not isinstance(counts, dict) or not all(type(count) is int and count >= 0 for count in counts.values()):
        raise Unusable("counts", path=path, line=number)
    for name in counts:
        if name not in BRANCHES:
            nearest = difflib.get_close_matches(name, BRANCHES, 1, 0)[0]
            raise Unusable("branch", path=path, line=number, name=name, nearest=nearest)
    return counts
