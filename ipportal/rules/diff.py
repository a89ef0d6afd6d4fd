"""Two exported catalogues side by side: which rules came, went or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    Rows = Mapping[str, Mapping[str, Any]]


class Difference(NamedTuple):
    """Names of rules added and removed, and of each changed one its attributes with the old and the new value."""

    added: list[str]
    removed: list[str]
    changed: dict[str, dict[str, tuple[Any, Any]]]

    @property
    def none(self) -> bool:
        """Say whether there is no difference."""
        return not (self.added or self.removed or self.changed)


def catalogue(exported: object) -> Rows | None:
    """Return the rules by name of what `ipportal rules --json` wrote, or None where it is something else."""
    if not isinstance(exported, list) or not exported:
        return None
    if not all(isinstance(row, dict) and {"name", "kind", "source"} <= set(row) for row in exported):
        return None
    found = {row["name"]: row for row in exported if isinstance(row["name"], str)}
    return found if len(found) == len(exported) else None


def difference(old: Rows, new: Rows) -> Difference:
    """Return how *new* differs from *old*; an attribute that a rule lacks counts as null."""
    changed = {name: _changed(old[name], new[name]) for name in old if name in new}
    return Difference(
        added=[name for name in new if name not in old],
        removed=[name for name in old if name not in new],
        changed={name: found for name, found in changed.items() if found},
    )


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = dict.fromkeys([*old, *new])
    pairs = {name: (old.get(name), new.get(name)) for name in names}
    # True equals 1 in Python, but not in an exported catalogue.
    return {name: (one, other) for name, (one, other) in pairs.items() if repr(one) != repr(other)}
