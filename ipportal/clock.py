"""Time: the one way to ask for it, and how people write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

# Hong Kong has kept UTC+8 without summer time since 1979, so no zone database is needed.
HONG_KONG = timezone(timedelta(hours=8), "HKT")
EARLIEST = datetime(2000, 1, 1, tzinfo=HONG_KONG)
LATEST = datetime(2199, 12, 31, tzinfo=HONG_KONG)
# Python takes whatever stands between date and time, drops what follows a time, and has offsets of 99 minutes.
_DATE = "[0-9]{4}(-[0-9]{2}-[0-9]{2}|[0-9]{4}|-?W[0-9]{2}(-?[0-9])?)"
_TIME = "[0-9]{2}(:?[0-9]{2}(:?[0-9]{2}([.,][0-9]+)?)?)?"
_OFFSET = "(Z|[+-][0-9]{2}(:?[0-5][0-9](:?[0-5][0-9]([.][0-9]+)?)?)?)"
_MOMENT = f"{_DATE}([Tt ]{_TIME}{_OFFSET}?)?"
_LONGEST = len("2025-03-31T12:00:00.123456+08:00:00.000000")


class TimeError(ValueError):
    """A moment or span that cannot be used: a code and the figures of its sentence."""

    def __init__(self, code: str, **figures: str) -> None:
        super().__init__(code, figures)
        self.code, self.figures = code, figures


class Clock(Protocol):
    """Whatever tells the portal's time; `slack` is how far it may have been set back without anybody meaning it."""

    @property
    def slack(self) -> timedelta:
        """Return the span by which what has just begun may seem to lie in the future."""
        ...

    def now(self) -> datetime:
        """Return the portal's time, aware, in Hong Kong."""
        ...


class RealClock:
    """The machine's own time, which a time server may set back a little."""

    slack = timedelta(minutes=1)

    def now(self) -> datetime:
        """Return the real time, in Hong Kong."""
        return datetime.now(HONG_KONG)  # noqa: TID251 - the one place that may ask


@dataclass(frozen=True)
class StoppedClock:
    """One reading, kept: a request judges everything by the same moment."""

    moment: datetime
    slack: timedelta = timedelta(0)

    def now(self) -> datetime:
        """Return the moment at which the clock stands."""
        return self.moment


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 date and time with an offset; raise `TimeError` for a naive, unreadable or far one."""
    # Any number of digits may follow the point, and all but six are dropped.
    if len(text) > _LONGEST or not re.fullmatch(_MOMENT, text):
        raise TimeError("moment", text=text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise TimeError("moment", text=text) from fault
    if moment.tzinfo is None:
        raise TimeError("naive", text=text)
    return within(moment.astimezone(HONG_KONG) if EARLIEST <= moment <= LATEST else moment)


def parse_span(text: str) -> timedelta:
    """Read a span such as `90m`, `1h30m`, `2d` or `-45s`; raise `TimeError` for anything else."""
    found = re.fullmatch("(-?)(?:([0-9]{1,5})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,8})m)?(?:([0-9]{1,9})s)?", text)
    if not found or not any(found.groups()[1:]):
        raise TimeError("span", text=text)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if found[1] else span


def within(moment: datetime) -> datetime:
    """Return *moment* if the portal can live in it; raise `TimeError` otherwise."""
    if not EARLIEST <= moment <= LATEST:
        raise TimeError("range", earliest=iso(EARLIEST), latest=iso(LATEST))
    return moment


def iso(moment: datetime) -> str:
    """Return *moment* as ISO 8601 with its offset, in Hong Kong time, to the second."""
    return moment.astimezone(HONG_KONG).isoformat(timespec="seconds")


def utc(moment: datetime) -> str:
    """Return *moment* as ISO 8601 in UTC with microseconds: texts of this form sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
