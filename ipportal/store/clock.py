"""The portal's clock, kept in the store so that every process tells the same time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ..clock import EARLIEST, LATEST, Clock, RealClock, iso, utc, within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .tables import Tables

CLOCK = "clock"  # the fact in which the clock is kept


@dataclass(frozen=True)
class StoredClock:
    """Real time, real time shifted by a span, or one moment at which the clock stands."""

    tables: Tables
    real: Clock = field(default_factory=RealClock)

    def now(self) -> datetime:
        """Return the portal's time, in Hong Kong."""
        return self.reading()[0]

    @property
    def slack(self) -> timedelta:
        """Return the machine's own slack, and none where somebody has stopped the portal's clock."""
        return self.slack_of(self.reading()[1])

    def slack_of(self, mode: str) -> timedelta:
        """Return the slack in a mode."""
        # A shifted clock goes with the machine's, or with several machines' that are not quite agreed.
        return timedelta(0) if mode == "frozen" else self.real.slack

    def reading(self) -> tuple[datetime, str]:
        """Return the portal's time and the clock's mode: `real`, `shifted` or `frozen`."""
        return self._reading(self.real.now())

    def _reading(self, real: datetime) -> tuple[datetime, str]:
        return told_by(self.tables.recall(CLOCK), real)

    def set(self, moment: datetime) -> None:
        """Stop the clock at *moment*."""
        self.tables.remember(CLOCK, {"stopped_at": utc(within(moment))})

    def shift(self, span: timedelta) -> None:
        """Have the clock go on *span* ahead of real time, or behind it if negative."""
        real = self.real.now()
        self.tables.remember(CLOCK, _shift(within(real + span), real))

    def advance(self, span: timedelta) -> None:
        """Move the clock by *span*, backwards if negative; a stopped clock stays stopped."""
        with self.tables.atomic():
            real = self.real.now()
            moment, mode = self._reading(real)
            moved = within(moment + span)
            self.tables.remember(CLOCK, {"stopped_at": utc(moved)} if mode == "frozen" else _shift(moved, real))

    def run(self) -> None:
        """Let a stopped clock go on from where it stands."""
        with self.tables.atomic():
            real = self.real.now()
            moment, mode = self._reading(real)
            if mode == "frozen":
                self.tables.remember(CLOCK, _shift(moment, real))

    def follow(self) -> None:
        """Go back to real time."""
        self.tables.facts.delete(name=CLOCK)


def told_by(kept: Mapping[str, Any], real: datetime) -> tuple[datetime, str]:
    """Return the time and mode that the clock's fact, empty where there is none, gives at a real moment."""
    if "stopped_at" in kept:
        return datetime.fromisoformat(kept["stopped_at"]).astimezone(real.tzinfo), "frozen"
    if "shift_seconds" in kept:
        # It goes on for years: at the last moment that the portal can live in, it stops.
        return min(max(EARLIEST, real + timedelta(seconds=kept["shift_seconds"])), LATEST), "shifted"
    return real, "real"


def _shift(moment: datetime, real: datetime) -> dict[str, object]:
    return {"shift_seconds": (moment - real).total_seconds()}


def told(clock: StoredClock) -> str:
    """Return the portal's time and the clock's mode as one line for a terminal."""
    moment, mode = clock.reading()
    return f"{iso(moment)} {mode}"
