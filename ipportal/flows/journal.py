"""The journal: what happened at each submit and exactly why, without a secret or a typed identity value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from ..clock import RealClock
from ..rules import CATALOGUE
from ..rules import problems as judge
from ..rules.shapes import branch, nearest, shape
from ..store.schema import JournalEntry
from .base import Desk
from .faults import STEPS as VISITED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .base import Problems

Outcome = Literal["done", "refused", "declined", "fault"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
DONE: Final = "done"
REFUSED: Final = "refused"

FILLED = ("seed", "reset")
STEPS: Final = (*VISITED, "safety/access", *FILLED)
"""Every step that an entry can be of: those of visitors, and what befalls the whole store."""

_NONE: Mapping[str, str] = MappingProxyType({})


class UnknownStep(KeyError):
    """A step that is not in `STEPS`: a bug, as nobody could ask for its entries."""


@dataclass(frozen=True)
class Journal(Desk):
    """Writes and reads the journal; entries are ordered by their sequence, never by time."""

    judged: Mapping[str, Any] = field(default_factory=dict)
    problems: Problems = field(default_factory=dict)

    def hearing(self, names: Iterable[str], typed: Mapping[str, str]) -> Journal:
        """Return the journal of one submit: its entries say how each of the named fields was judged.

        Its `problems` are the format problems of those fields.
        """
        rules = [CATALOGUE[name] for name in names]
        found = judge(rules, typed)
        told: dict[str, Any] = {}
        for rule in rules:
            value, refusal = typed.get(rule.name, ""), found.get(rule.name)
            told[rule.name] = shape(value) | {"branch": branch(rule, value, refusal)}
            if refusal and (form := nearest(rule, value)):
                told[rule.name]["nearest"] = form
        return replace(self, judged=told, problems=found)

    def note(
        self,
        step: str,
        reason: str = "",
        *,
        account: str = "",
        outcome: Outcome = DONE,
        codes: Mapping[str, str] = _NONE,
    ) -> None:
        """Add an entry. *account* is a basic user ID that the store holds, never one that was typed."""
        if step not in STEPS:
            raise UnknownStep(step)
        now, real = self.clock.now(), RealClock().now()
        self.tables.journal.insert(
            JournalEntry(0, now, real, step, outcome, reason, account, dict(codes), dict(self.judged))
        )

    def refuse(self, step: str, problems: Problems, *, reason: str = "", account: str = "") -> Problems:
        """Add an entry for a refusal, whose reason is the exact one or else its codes; return the refusal."""
        codes = {name: problem.code for name, problem in problems.items()}
        told = reason or ",".join(f"{name}={code}" for name, code in codes.items())
        self.note(step, told, account=account, outcome=REFUSED, codes=codes)
        return problems

    def entries(self, after: int = 0) -> list[JournalEntry]:
        """Return the entries with a higher sequence than *after*, oldest first."""
        return self.tables.journal.where(sequence__after=after)

    def last(self) -> JournalEntry | None:
        """Return the newest entry of a visitor, or None: whatever stands above the filling of a store is none's."""
        return next((entry for entry in self.tables.journal.where(newest=1) if entry.step not in FILLED), None)
