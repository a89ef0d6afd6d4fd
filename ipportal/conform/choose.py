"""The vectors of the rules that were asked for."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from ..rules.vectors import WHOLE, Vector, vectors
from . import Unusable

if TYPE_CHECKING:
    from collections.abc import Sequence


def chosen(names: Sequence[str]) -> tuple[Vector, ...]:
    """Return the vectors of the named rules, in the catalogue's order, or of all; refuse a name that no rule has."""
    for name in names:
        if name not in WHOLE:
            raise Unusable("rule", name=name, nearest=difflib.get_close_matches(name, WHOLE, 1, 0)[0])
    return tuple(vector for vector in vectors() if not names or vector.rule in names)
