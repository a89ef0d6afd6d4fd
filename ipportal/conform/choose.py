"""The vectors of the rules that were asked for."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from ..rules import WHOLE
from ..rules.vectors import Vector, vectors
from . import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..rules import Rule


def chosen(names: Sequence[str], catalogue: Mapping[str, Rule] = WHOLE) -> tuple[Vector, ...]:
    """Return the vectors of the named rules, in the catalogue's order, or of all; refuse a name that no rule has."""
    for name in names:
        if name not in WHOLE:
            raise Unusable("rule", name=name, nearest=difflib.get_close_matches(name, WHOLE, 1, 0)[0])
    return tuple(vector for vector in vectors(catalogue) if not names or vector.rule in names)
