"""Where the settings add and strike holidays, the vectors still answer as the portal's own calendar does."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import pytest

from ipportal.hours import Calendar
from ipportal.rules import in_force
from ipportal.rules.known_cases import _DAYS, _HOLIDAY_SUNDAYS
from ipportal.rules.vectors import vectors

if TYPE_CHECKING:
    from ipportal.rules.vectors import Vector

HOURS: Final = {"weekdays", "sunday", "sunday_holiday"}
EVERY: Final = [kind for kinds in _DAYS.values() for kind in kinds] + [("sunday_holiday", _HOLIDAY_SUNDAYS, True)]
CHANGES: Final[dict[str, dict[date, bool]]] = {
    "nothing": {},
    "the holiday Sunday is struck": {date(2026, 4, 5): False},
    "a Sunday is added": {date(2025, 4, 6): True},
    "the first of each kind": {date.fromisoformat(days[0]): not holiday for _, days, holiday in EVERY},
    "all but the last of each kind": {
        date.fromisoformat(day): not holiday for _, days, holiday in EVERY for day in days[:-1]
    },
}


def of_hours(row: str, changes: dict[date, bool]) -> list[Vector]:
    return [vector for vector in vectors(in_force({}, row, changes)) if vector.rule in HOURS]


@pytest.mark.parametrize("row", ["sunday", "weekdays"])
@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES.keys())
def test_the_portal_answers_every_moment_as_expected_and_holds_the_same_days_for_holidays(
    row: str, changes: dict[date, bool]
) -> None:
    calendar, found = Calendar(changes, row), of_hours(row, changes)

    moments = {vector.id: datetime.fromisoformat(vector.given["moment"]) for vector in found}
    closed = {vector.id: "closed" if calendar.closed(moments[vector.id]) else "accepted" for vector in found}
    days = {vector.id: calendar.holiday(moments[vector.id].date()) for vector in found if vector.check != "offset"}
    assert closed == {vector.id: vector.expected for vector in found}
    assert days == {vector.id: vector.given["public_holiday"] for vector in found if vector.check != "offset"}
    assert [vector.id for vector in found] == [vector.id for vector in of_hours(row, {})]


def test_a_kind_of_day_of_which_the_settings_leave_none_has_no_vectors() -> None:
    changes = {date.fromisoformat(day): not holiday for _, days, holiday in EVERY for day in days}

    assert of_hours("weekdays", changes) == []
