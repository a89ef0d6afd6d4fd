"""Suspension: an unplanned closure that a tester orders, beside the windows of the table."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ..clock import LATEST
from ..hours import Closure
from .base import Desk

if TYPE_CHECKING:
    from collections.abc import Mapping

SUSPENSION = "suspension"  # the fact in which it is kept, and the row of its closure


class Suspension(Desk):
    """Closes the portal at once, and opens it again."""

    def begin(self, end: datetime) -> Closure:
        """Close the portal from now to *end*, in portal time, in place of any earlier suspension."""
        closure = Closure(self.clock.now(), min(end, LATEST), SUSPENSION)
        self.tables.remember(SUSPENSION, {"start": closure.start.isoformat(), "end": closure.end.isoformat()})
        return closure

    def end(self) -> bool:
        """End the suspension and say whether there was one; a maintenance window of the table goes on."""
        ended = suspended(self.tables.recall(SUSPENSION))
        self.tables.facts.delete(name=SUSPENSION)
        return ended is not None and ended.holds(self.clock.now())


def suspended(kept: Mapping[str, str] | None) -> Closure | None:
    """Return the closure that the suspension's fact tells of."""
    if not kept:
        return None
    return Closure(datetime.fromisoformat(kept["start"]), datetime.fromisoformat(kept["end"]), SUSPENSION)
