"""One reading of the store and the clock says what holds: moment, mode, CAPTCHA, suspension and armed faults."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from props import NOON, SECOND

from ipportal.flows.faults import Fault
from ipportal.people import INLINE, parse
from ipportal.portal import SCENARIO
from ipportal.scenarios import seed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ipportal.portal import Portal

HOUR = timedelta(hours=1)


def test_where_nothing_was_ordered_the_settings_and_real_time_hold(portal: Portal) -> None:
    standing = portal.standing()

    assert (standing.clock_mode, standing.armed, standing.portal.suspension) == ("real", (), None)
    assert standing.portal.settings is portal.settings
    assert standing.portal.name == "main"


@pytest.mark.parametrize(
    ("move", "mode"),
    [
        (lambda portal: portal.stored_clock.set(NOON), "frozen"),
        (lambda portal: portal.stored_clock.shift(HOUR), "shifted"),
        (lambda portal: portal.stored_clock.shift(-HOUR), "shifted"),
        (lambda portal: (portal.stored_clock.set(NOON), portal.stored_clock.run()), "shifted"),
        (lambda portal: (portal.stored_clock.set(NOON), portal.stored_clock.follow()), "real"),
    ],
)
def test_the_clocks_mode_is_told_with_the_moment(portal: Portal, move: Callable[[Portal], object], mode: str) -> None:
    move(portal)

    standing = portal.standing()

    assert standing.clock_mode == mode
    assert (standing.portal.clock.now() == NOON) is (mode == "frozen")


def test_the_reading_stands_still_whatever_happens_to_the_clock_meanwhile(portal: Portal) -> None:
    portal.stored_clock.set(NOON)
    standing = portal.standing()

    portal.stored_clock.advance(HOUR)

    assert standing.portal.clock.now() == NOON
    assert portal.standing().portal.clock.now() == NOON + HOUR


def test_armed_faults_and_the_suspension_are_read_with_it(portal: Portal) -> None:
    portal.faults.arm(kind="delay", step="home", moment="page", milliseconds=5)
    portal.suspensions.begin(NOON + HOUR)

    standing = portal.standing()

    assert standing.armed == (Fault(1, "delay", "home", "page", milliseconds=5),)
    assert standing.portal.suspension
    assert standing.portal.closed(NOON) == standing.portal.suspension
    assert standing.portal.closed(NOON + HOUR) is None
    assert portal.closed(NOON) is None


def test_standing_is_one_read_and_no_write(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    rows = portal.tables.backend.rows

    def watched(sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        seen.append(sql)
        return rows(sql, values)

    monkeypatch.setattr(portal.tables.backend, "rows", watched)
    monkeypatch.setattr(portal.tables.backend, "run", lambda *_: 1 / 0)

    portal.standing()

    assert len(seen) == 1


def test_the_scenario_is_not_read_at_each_request(portal: Portal) -> None:
    seed(portal, parse(INLINE, "# " + "long " * 10_000))

    assert SCENARIO not in portal.standing().facts


def test_a_suspension_ends_by_itself_as_the_portals_clock_moves_on(portal: Portal) -> None:
    portal.stored_clock.set(NOON)
    portal.suspensions.begin(NOON + HOUR)

    portal.stored_clock.advance(HOUR - SECOND)
    within = portal.standing().portal
    portal.stored_clock.advance(SECOND)
    after = portal.standing().portal

    assert within.closed(within.clock.now())
    assert after.closed(after.clock.now()) is None
