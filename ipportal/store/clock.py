"""The portal's clock, kept in the store so that every process tells the same time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ..clock import Clock, RealClock, iso, utc, within
from .schema import Fact

if TYPE_CHECKING:
    from .tables import Tables

_NAME = "clock"


@dataclass(frozen=True)
class StoredClock:
    """Real time, real time shifted by a span, or one moment at which the clock stands."""

    tables: Tables
    real: Clock = field(default_factory=RealClock)

    def now(self) -> datetime:
        """Return the portal's time, in Hong Kong."""
        return self.reading()[0]

    def reading(self) -> tuple[datetime, str]:
        """Return the portal's time and the clock's mode: `real`, `shifted` or `stopped`."""
        return self._reading(self.real.now())

    def _reading(self, real: datetime) -> tuple[datetime, str]:
        fact = self.tables.facts.get(_NAME)
        if fact is None:
            return real, "real"
        if "stopped_at" in fact.value:
            return datetime.fromisoformat(fact.value["stopped_at"]).astimezone(real.tzinfo), "stopped"
        return real + timedelta(seconds=fact.value["shift_seconds"]), "shifted"

    def set(self, moment: datetime) -> None:
        """Stop the clock at *moment*."""
        self._keep({"stopped_at": utc(within(moment))})

    def advance(self, span: timedelta) -> None:
        """Move the clock by *span*, backwards if negative; a stopped clock stays stopped."""
        with self.tables.atomic():
            real = self.real.now()
            moment, mode = self._reading(real)
            moved = within(moment + span)
            self._keep({"stopped_at": utc(moved)} if mode == "stopped" else _shift(moved, real))

    def run(self) -> None:
        """Let a stopped clock go on from where it stands."""
        with self.tables.atomic():
            real = self.real.now()
            moment, mode = self._reading(real)
            if mode == "stopped":
                self._keep(_shift(moment, real))

    def follow(self) -> None:
        """Go back to real time."""
        self.tables.facts.delete(name=_NAME)

    def _keep(self, value: dict[str, object]) -> None:
        with self.tables.atomic():
            self.tables.facts.delete(name=_NAME)
            self.tables.facts.insert(Fact(_NAME, value))


def _shift(moment: datetime, real: datetime) -> dict[str, object]:
    return {"shift_seconds": (moment - real).total_seconds()}


def told(clock: StoredClock) -> str:
    """Return the portal's time and the clock's mode as one line for a terminal."""
    moment, mode = clock.reading()
    return f"{iso(moment)} {mode}"
