"""Opening hours: which maintenance window holds a moment, and which comes next. Pure functions of one reading."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from .clock import HONG_KONG
from .rules import WINDOW

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUNDAY = 6


@dataclass(frozen=True)
class Closure:
    """One maintenance window, half-open: closed at `start`, open again at `end`; `row` is its row in the table."""

    start: datetime
    end: datetime
    row: str

    def holds(self, moment: datetime) -> bool:
        """Say whether the portal is closed at *moment*."""
        return self.start <= moment < self.end

    def seconds_left(self, moment: datetime) -> int:
        """Return how many whole seconds after *moment* it is open again."""
        return math.ceil((self.end - moment) / timedelta(seconds=1))


@dataclass(frozen=True)
class Calendar:
    """Hong Kong's public holidays, with days added (True) or struck (False), and the row a holiday Sunday follows."""

    changes: Mapping[date, bool] = field(default_factory=dict)
    sunday_holiday: str = "sunday"

    def holiday(self, day: date) -> bool:
        """Say whether *day* is a public holiday."""
        return self.changes[day] if day in self.changes else day in _general_holidays(day.year)

    def row(self, day: date) -> str:
        """Return the row of the maintenance table that *day* follows: `weekdays` or `sunday`."""
        if day.weekday() != _SUNDAY:
            return "weekdays"
        # Assumed: a Sunday that is a public holiday stays a Sunday, unless the setting says otherwise.
        return self.sunday_holiday if self.sunday_holiday != "sunday" and self.holiday(day) else "sunday"

    def closure(self, day: date) -> Closure:
        """Return the window of *day*."""
        return _closure(day, self.row(day))

    def closed(self, moment: datetime) -> Closure | None:
        """Return the window that holds *moment*, or None when the portal is open."""
        closure = self.closure(moment.astimezone(HONG_KONG).date())
        return closure if closure.holds(moment) else None

    def upcoming(self, moment: datetime) -> Closure:
        """Return the first window that starts after *moment*."""
        today = moment.astimezone(HONG_KONG).date()
        closure = self.closure(today)
        return closure if closure.start > moment else self.closure(today + timedelta(days=1))


@lru_cache(maxsize=64)
def _closure(day: date, row: str) -> Closure:
    midnight, window = datetime.combine(day, time(), HONG_KONG), WINDOW[row]
    return Closure(midnight + timedelta(hours=window.start_hour), midnight + timedelta(hours=window.end_hour), row)


@cache
def _general_holidays(year: int) -> frozenset[date]:
    # Imported here: the package takes as long to load as Flask, and most days never ask it.
    from holidays import country_holidays  # noqa: PLC0415

    return frozenset(country_holidays("HK", years=year))
