"""Operations on time: the clock of a workspace, and its maintenance."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ..clock import TimeError, iso, within
from .kinds import Lasting, Model, Moment, Span
from .operations import Call, operation
from .problems import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..hours import Closure


class Clock(Model):
    """A workspace's time, in Hong Kong, and its clock's mode: real, shifted or frozen."""

    now: str
    mode: str


class ClockSet(Model):
    """The moment at which the clock is frozen."""

    at: Moment


class ClockMove(Model):
    """By how much the clock moves, backwards if negative."""

    by: Span


class Window(Model):
    """A closure, from `start` up to but not including `end`; `row` is its row of the table, or `suspension`."""

    start: str
    end: str
    row: str


class Maintenance(Model):
    """Whether the portal is closed now, which window comes next, and how it was suspended."""

    now: str
    closed: Window | None
    upcoming: Window
    suspension: Window | None
    retry_after: int | None


class Suspend(Model):
    """Until when the portal is closed from now: a moment or a span."""

    until: Moment | None = None
    lasting: Lasting | None = None


@operation("GET", "/workspaces/{workspace}/clock", Clock)
def read_clock(call: Call) -> Clock:
    """Return the workspace's time."""
    moment, mode = call.portal.stored_clock.reading()
    return Clock(now=iso(moment), mode=mode)


@operation("POST", "/workspaces/{workspace}/clock/set", Clock, body=ClockSet)
def set_clock(call: Call) -> Clock:
    """Freeze the clock at a moment, past or future, for every process at once."""
    return call.changed(lambda: call.portal.stored_clock.set(call.body.at), read_clock)


@operation("POST", "/workspaces/{workspace}/clock/shift", Clock, body=ClockMove)
def shift_clock(call: Call) -> Clock:
    """Have the clock run so far ahead of real time, or behind it."""
    return _moved(call, call.portal.stored_clock.shift)


@operation("POST", "/workspaces/{workspace}/clock/advance", Clock, body=ClockMove)
def advance_clock(call: Call) -> Clock:
    """Move the clock from where it stands; a frozen clock stays frozen."""
    return _moved(call, call.portal.stored_clock.advance)


@operation("POST", "/workspaces/{workspace}/clock/run", Clock)
def run_clock(call: Call) -> Clock:
    """Let a frozen clock go on from where it stands."""
    return call.changed(call.portal.stored_clock.run, read_clock)


@operation("POST", "/workspaces/{workspace}/clock/real", Clock)
def real_clock(call: Call) -> Clock:
    """Go back to real time."""
    return call.changed(call.portal.stored_clock.follow, read_clock)


@operation("GET", "/workspaces/{workspace}/maintenance", Maintenance)
def read_maintenance(call: Call) -> Maintenance:
    """Say whether the portal is closed now, and which window of the table comes next."""
    now = call.now
    moment = now.clock.now()
    closed = now.closed(moment)
    return Maintenance(
        now=iso(moment),
        closed=_window(closed),
        upcoming=Window(**_told(now.calendar.upcoming(moment))),
        suspension=_window(now.suspension),
        retry_after=closed.seconds_left(moment) if closed else None,
    )


@operation("POST", "/workspaces/{workspace}/maintenance/suspend", Maintenance, body=Suspend)
def suspend(call: Call) -> Maintenance:
    """Close the portal from now until a moment of its time, as an unplanned suspension does."""
    body, now = call.body, call.now
    moment = now.clock.now()
    end = body.until or moment + (body.lasting or timedelta())
    if (body.until is None) == (body.lasting is None) or end <= moment:
        raise Refused("suspension_end", accepted=[f"one of until and lasting, ending after {iso(moment)}"])
    return call.changed(lambda: _in_range("/lasting", lambda: now.suspensions.begin(within(end))), read_maintenance)


@operation("POST", "/workspaces/{workspace}/maintenance/resume", Maintenance)
def resume(call: Call) -> Maintenance:
    """End the suspension; a window of the table goes on."""
    return call.changed(call.portal.suspensions.end, read_maintenance)


def _moved(call: Call, move: Callable[[timedelta], None]) -> Clock:
    return call.changed(lambda: _in_range("/by", lambda: move(call.body.by)), read_clock)


def _in_range(where: str, deed: Callable[[], object]) -> None:
    """Do what may lead out of the years that the portal can live in."""
    try:
        deed()
    except TimeError as fault:
        raise Refused("time_range", where=where, accepted=fault.figures.values()) from fault


def _window(closure: Closure | None) -> Window | None:
    return Window(**_told(closure)) if closure else None


def _told(closure: Closure) -> dict[str, str]:
    return {"start": iso(closure.start), "end": iso(closure.end), "row": closure.row}
