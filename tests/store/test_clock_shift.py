"""A clock that is shifted goes on with real time, ahead of it or behind; its fact alone tells the time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from store.rows import NOON

from ipportal.clock import EARLIEST, LATEST, StoppedClock, TimeError
from ipportal.store import StoredClock, told_by
from ipportal.store.clock import CLOCK

if TYPE_CHECKING:
    from ipportal.store import Tables

HOUR = timedelta(hours=1)


def _clock(tables: Tables, real: datetime = NOON) -> StoredClock:
    return StoredClock(tables, StoppedClock(real))


@pytest.mark.parametrize("span", [HOUR, -HOUR, timedelta(0), timedelta(days=400), timedelta(microseconds=1)])
def test_a_shifted_clock_keeps_its_distance_as_real_time_goes_on(tables: Tables, span: timedelta) -> None:
    _clock(tables).shift(span)

    assert _clock(tables).reading() == (NOON + span, "shifted")
    assert _clock(tables, NOON + HOUR).reading() == (NOON + HOUR + span, "shifted")


def test_a_shift_counts_from_real_time_whatever_the_clock_said_before(tables: Tables) -> None:
    _clock(tables).set(NOON - 100 * HOUR)
    _clock(tables).shift(5 * HOUR)

    _clock(tables).shift(HOUR)

    assert _clock(tables).reading() == (NOON + HOUR, "shifted")


@pytest.mark.parametrize("span", [timedelta(days=99_999), timedelta(days=-99_999), LATEST - NOON + HOUR])
def test_a_clock_cannot_be_shifted_out_of_its_range(tables: Tables, span: timedelta) -> None:
    _clock(tables).shift(HOUR)

    with pytest.raises(TimeError) as refusal:
        _clock(tables).shift(span)

    assert refusal.value.code == "range"
    assert _clock(tables).reading() == (NOON + HOUR, "shifted")


@pytest.mark.parametrize(("span", "end"), [(LATEST - NOON, LATEST), (EARLIEST - NOON, EARLIEST)])
def test_a_shifted_clock_stays_at_the_end_of_its_range_and_can_be_moved_away(
    tables: Tables, span: timedelta, end: datetime
) -> None:
    _clock(tables).shift(span)
    beyond = _clock(tables, NOON + (HOUR if span > timedelta() else -HOUR))

    assert beyond.reading() == (end, "shifted")
    back = -HOUR if span > timedelta() else HOUR
    beyond.advance(back)
    assert beyond.now() == end + back


def test_a_shifted_clock_can_be_advanced_stopped_and_sent_back(tables: Tables) -> None:
    _clock(tables).shift(HOUR)
    _clock(tables).advance(HOUR)
    advanced = _clock(tables).reading()
    _clock(tables).set(NOON)
    stopped = _clock(tables, NOON + HOUR).reading()
    _clock(tables).follow()

    assert (advanced, stopped) == ((NOON + 2 * HOUR, "shifted"), (NOON, "frozen"))
    assert _clock(tables).reading() == (NOON, "real")
    assert tables.facts.get(CLOCK) is None


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ({}, (NOON, "real")),
        ({"shift_seconds": 0.5}, (NOON + timedelta(milliseconds=500), "shifted")),
        ({"shift_seconds": -3600.0}, (NOON - HOUR, "shifted")),
        ({"stopped_at": "2025-03-30T21:30:00.000000+00:00"}, (NOON.replace(hour=5, minute=30), "frozen")),
    ],
)
def test_a_clocks_fact_tells_the_time_in_hong_kong(kept: dict[str, object], told: tuple[datetime, str]) -> None:
    moment, mode = told_by(kept, NOON)

    assert (moment, mode) == told
    assert moment.utcoffset() == timedelta(hours=8)


def test_a_clock_that_goes_with_the_machines_may_be_set_back_unnoticed(tables: Tables) -> None:
    clock = StoredClock(tables)

    followed = clock.slack
    clock.shift(HOUR)
    shifted = clock.slack
    clock.set(NOON)

    assert (followed, shifted, clock.slack) == (timedelta(minutes=1), timedelta(minutes=1), timedelta(0))
