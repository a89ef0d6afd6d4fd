"""The journal: what happened at each submit and exactly why, without a secret or a typed identity value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..clock import RealClock
from ..store.schema import JournalEntry

if TYPE_CHECKING:
    from ..clock import Clock
    from ..store import Tables
    from .base import Problems

DONE, REFUSED = "done", "refused"


@dataclass(frozen=True)
class Journal:
    """Writes and reads the journal; entries are ordered by their sequence, never by time."""

    tables: Tables
    clock: Clock

    def note(self, step: str, reason: str = "", *, account: str = "", outcome: str = DONE) -> None:
        """Add an entry. *account* is a basic user ID that the store holds, never one that was typed."""
        self.tables.journal.insert(JournalEntry(0, self.clock.now(), RealClock().now(), step, outcome, reason, account))

    def refuse(self, step: str, problems: Problems, *, reason: str = "", account: str = "") -> Problems:
        """Add an entry for a refusal, whose reason is the exact one or else its codes; return the refusal."""
        told = reason or ",".join(f"{field}={problem.code}" for field, problem in problems.items())
        self.note(step, told, account=account, outcome=REFUSED)
        return problems

    def entries(self, after: int = 0) -> list[JournalEntry]:
        """Return the entries with a higher sequence than *after*, oldest first."""
        return self.tables.journal.where(sequence__after=after)
