"""A suspension closes the portal at once until its end, beside the windows of the table."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, SECOND

from ipportal.clock import HONG_KONG
from ipportal.flows.suspension import suspended
from ipportal.hours import Closure

if TYPE_CHECKING:
    from ipportal.portal import Portal

HOUR = timedelta(hours=1)


def closed(portal: Portal, moment: datetime) -> str:
    """Return the row of the closure that a request at *moment* meets, or ""."""
    portal.stored_clock.set(moment)
    standing = portal.standing().portal
    found = standing.closed(standing.clock.now())
    return found.row if found else ""


@pytest.mark.parametrize(
    ("moment", "held"),
    [(NOON - SECOND, False), (NOON, True), (NOON + HOUR - SECOND, True), (NOON + HOUR, False)],
)
def test_a_closure_holds_from_its_start_to_just_before_its_end(moment: datetime, *, held: bool) -> None:
    assert Closure(NOON, NOON + HOUR, "weekdays").holds(moment) is held


@pytest.mark.parametrize("end", [NOON, NOON - HOUR])
def test_a_closure_that_ends_before_it_starts_holds_nothing(end: datetime) -> None:
    closure = Closure(NOON, end, "suspension")

    assert [moment for moment in (NOON - HOUR, NOON - SECOND, NOON, NOON + SECOND) if closure.holds(moment)] == []


@pytest.mark.parametrize(
    ("moment", "row"),
    [(NOON - SECOND, ""), (NOON, "suspension"), (NOON + HOUR - SECOND, "suspension"), (NOON + HOUR, "")],
)
def test_a_suspension_holds_from_now_to_its_end_in_portal_time(portal: Portal, moment: datetime, row: str) -> None:
    closure = portal.suspensions.begin(NOON + HOUR)

    assert closure == Closure(NOON, NOON + HOUR, "suspension")
    assert closed(portal, moment) == row


def test_without_a_suspension_only_the_table_closes(portal: Portal) -> None:
    assert suspended(None) is None
    assert closed(portal, NOON) == ""
    assert portal.standing().portal.suspension is None


def test_a_new_suspension_takes_the_place_of_the_earlier(portal: Portal) -> None:
    portal.suspensions.begin(NOON + 2 * HOUR)

    portal.suspensions.begin(NOON + HOUR)

    assert closed(portal, NOON + HOUR) == ""


def test_a_suspension_that_is_ended_is_over_at_once(portal: Portal) -> None:
    portal.suspensions.begin(NOON + HOUR)

    portal.suspensions.end()
    portal.suspensions.end()

    assert closed(portal, NOON) == ""


def test_to_end_a_suspension_tells_whether_there_was_one(portal: Portal) -> None:
    nothing = portal.suspensions.end()
    portal.suspensions.begin(NOON + HOUR)
    one = portal.suspensions.end()
    portal.suspensions.begin(NOON + HOUR)
    run_out = portal.at(NOON + HOUR).suspensions.end()

    assert (nothing, one, run_out) == (False, True, False)


def test_a_suspension_that_is_over_leaves_the_windows_of_the_table(portal: Portal) -> None:
    sunday = datetime(2025, 3, 30, 6, 59, 59, tzinfo=HONG_KONG)
    portal.at(sunday - HOUR).suspensions.begin(sunday)

    assert closed(portal, sunday) == "sunday"
    assert closed(portal, sunday - SECOND) == "suspension"


def test_the_moments_are_kept_to_the_microsecond_in_any_zone(portal: Portal) -> None:
    end = datetime.fromisoformat("2025-03-31T05:30:00.000001+00:00")

    portal.suspensions.begin(end)

    found = portal.standing().portal.suspension
    assert found
    assert (found.start, found.end) == (NOON, end)


def test_a_suspension_that_ends_inside_a_window_goes_on_to_its_end(portal: Portal) -> None:
    early = datetime(2025, 3, 31, 4, 50, tzinfo=HONG_KONG)
    portal.at(early).suspensions.begin(early + timedelta(minutes=30))

    found = portal.standing().portal.closed(early)

    assert found == Closure(early, datetime(2025, 3, 31, 6, tzinfo=HONG_KONG), "suspension")
