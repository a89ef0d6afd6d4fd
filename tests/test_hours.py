"""The maintenance table: closed from its first second to the last before its end, in Hong Kong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

import pytest

from ipportal.clock import HONG_KONG
from ipportal.hours import Calendar, Closure

SECOND: Final = timedelta(seconds=1)
MICROSECOND: Final = timedelta(microseconds=1)
NEW_YORK: Final = timezone(timedelta(hours=-4), "EDT")

WEDNESDAY: Final = date(2025, 3, 26)
SATURDAY: Final = date(2025, 3, 29)
SUNDAY: Final = date(2025, 3, 30)
MONDAY: Final = date(2025, 3, 31)
CHING_MING: Final = date(2025, 4, 4)  # a Friday
HOLIDAY_SUNDAY: Final = date(2026, 4, 5)  # Ching Ming again, a Sunday

PLAIN: Final = Calendar()
LIKE_WEEKDAYS: Final = Calendar(sunday_holiday="weekdays")

# Worked by hand from the guide's table: day, calendar, closing hour, opening hour.
TABLE: Final = {
    "weekday": (WEDNESDAY, PLAIN, 5, 6),
    "saturday": (SATURDAY, PLAIN, 5, 6),
    "sunday": (SUNDAY, PLAIN, 0, 7),
    "monday": (MONDAY, PLAIN, 5, 6),
    "holiday": (CHING_MING, PLAIN, 5, 6),
    "holiday on a sunday": (HOLIDAY_SUNDAY, PLAIN, 0, 7),
    "holiday on a sunday, like weekdays": (HOLIDAY_SUNDAY, LIKE_WEEKDAYS, 5, 6),
    "plain sunday, holidays like weekdays": (SUNDAY, LIKE_WEEKDAYS, 0, 7),
    "holiday, holidays like weekdays": (CHING_MING, LIKE_WEEKDAYS, 5, 6),
    "sunday added": (SUNDAY, Calendar({SUNDAY: True}, "weekdays"), 5, 6),
    "sunday added, but Sundays stay": (SUNDAY, Calendar({SUNDAY: True}), 0, 7),
    "holiday on a sunday struck": (HOLIDAY_SUNDAY, Calendar({HOLIDAY_SUNDAY: False}, "weekdays"), 0, 7),
    "friday's holiday struck": (CHING_MING, Calendar({CHING_MING: False}), 5, 6),
    "wednesday added": (WEDNESDAY, Calendar({WEDNESDAY: True}), 5, 6),
}
every_day = pytest.mark.parametrize(("day", "calendar", "closes", "opens"), TABLE.values(), ids=TABLE)


def _at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=HONG_KONG)


def _closed(calendar: Calendar, *moments: datetime) -> list[bool]:
    return [calendar.closed(moment) is not None for moment in moments]


@every_day
def test_the_portal_closes_at_the_first_second_of_the_window(
    day: date, calendar: Calendar, closes: int, opens: int
) -> None:
    edge = _at(day, closes)

    assert opens > closes
    assert _closed(calendar, edge - SECOND, edge - MICROSECOND, edge, edge + SECOND) == [False, False, True, True]


@every_day
def test_the_portal_opens_at_the_end_of_the_window(day: date, calendar: Calendar, closes: int, opens: int) -> None:
    edge = _at(day, opens)

    assert opens > closes
    assert _closed(calendar, edge - SECOND, edge - MICROSECOND, edge, edge + SECOND) == [True, True, False, False]


@every_day
def test_a_day_has_one_window_and_no_more(day: date, calendar: Calendar, closes: int, opens: int) -> None:
    noon_of_each_hour = [_at(day, hour, 30) for hour in range(24)]

    assert _closed(calendar, *noon_of_each_hour) == [closes <= hour < opens for hour in range(24)]


def test_saturday_ends_open_and_sunday_begins_closed() -> None:
    assert _closed(PLAIN, _at(SATURDAY, 23, 59, 59), _at(SUNDAY, 0), _at(SUNDAY, 0, 0, 1)) == [False, True, True]


def test_sunday_ends_open_and_monday_begins_open() -> None:
    assert _closed(PLAIN, _at(SUNDAY, 23, 59, 59), _at(MONDAY, 0), _at(MONDAY, 0, 0, 1)) == [False, False, False]


def test_a_closed_portal_tells_its_window_and_the_row_of_the_table() -> None:
    assert PLAIN.closed(_at(SUNDAY, 3)) == Closure(_at(SUNDAY, 0), _at(SUNDAY, 7), "sunday")
    assert PLAIN.closed(_at(CHING_MING, 5, 30)) == Closure(_at(CHING_MING, 5), _at(CHING_MING, 6), "weekdays")


@pytest.mark.parametrize("zone", [UTC, NEW_YORK], ids=str)
def test_hong_kongs_sunday_begins_while_it_is_saturday_elsewhere(zone: timezone) -> None:
    midnight = _at(SUNDAY, 0).astimezone(zone)

    assert midnight.date() == SATURDAY
    assert _closed(PLAIN, midnight - SECOND, midnight) == [False, True]


def test_a_moment_given_in_utc_or_in_new_york_time_is_judged_by_hong_kongs_hours() -> None:
    in_utc = datetime(2025, 3, 25, 21, 0, tzinfo=UTC)  # 05:00 on Wednesday in Hong Kong
    in_new_york = datetime(2025, 3, 25, 17, 0, tzinfo=NEW_YORK)

    assert _closed(PLAIN, in_utc, in_new_york) == [True, True]
    assert _closed(PLAIN, in_utc - SECOND, in_new_york - SECOND) == [False, False]


def test_five_in_the_morning_elsewhere_is_no_reason_to_close() -> None:
    moments = [datetime(2025, 3, 26, 5, 30, tzinfo=zone) for zone in (UTC, NEW_YORK)]

    assert _closed(PLAIN, *moments) == [False, False]


@pytest.mark.parametrize(
    ("moment", "start"),
    [
        (_at(WEDNESDAY, 4, 59, 59), _at(WEDNESDAY, 5)),
        (_at(WEDNESDAY, 5), _at(date(2025, 3, 27), 5)),
        (_at(WEDNESDAY, 23, 59, 59), _at(date(2025, 3, 27), 5)),
        (_at(SATURDAY, 5), _at(SUNDAY, 0)),
        (_at(SATURDAY, 23, 59, 59), _at(SUNDAY, 0)),
        (_at(SUNDAY, 0), _at(MONDAY, 5)),
        (_at(SUNDAY, 7), _at(MONDAY, 5)),
        (_at(date(2025, 12, 31), 12), _at(date(2026, 1, 1), 5)),
        (datetime(2025, 3, 29, 15, 59, 59, tzinfo=UTC), _at(SUNDAY, 0)),
        (datetime(2025, 3, 29, 16, 0, tzinfo=UTC), _at(MONDAY, 5)),
    ],
)
def test_the_next_window_is_the_first_that_starts_later(moment: datetime, start: datetime) -> None:
    found = PLAIN.upcoming(moment)

    assert found.start == start
    assert found.row == ("sunday" if start.date() == SUNDAY else "weekdays")


@pytest.mark.parametrize("before", [MICROSECOND, SECOND])
def test_a_window_that_is_about_to_start_is_the_next_one(before: timedelta) -> None:
    assert PLAIN.upcoming(_at(SUNDAY, 0) - before).start == _at(SUNDAY, 0)


def test_the_next_window_of_a_holiday_sunday_follows_the_setting() -> None:
    saturday_noon = _at(HOLIDAY_SUNDAY, 0) - timedelta(hours=12)

    assert PLAIN.upcoming(saturday_noon).start == _at(HOLIDAY_SUNDAY, 0)
    assert LIKE_WEEKDAYS.upcoming(saturday_noon).start == _at(HOLIDAY_SUNDAY, 5)


@pytest.mark.parametrize("day", [date(2025, 1, 1), CHING_MING, date(2025, 7, 1), date(2025, 10, 1), HOLIDAY_SUNDAY])
def test_hong_kongs_general_holidays_are_known(day: date) -> None:
    assert PLAIN.holiday(day)


@pytest.mark.parametrize("day", [WEDNESDAY, SUNDAY, date(2025, 7, 4)])
def test_an_ordinary_day_a_sunday_and_others_holidays_are_none(day: date) -> None:
    assert not PLAIN.holiday(day)


def test_a_day_may_be_added_to_the_holidays_or_struck_from_them() -> None:
    calendar = Calendar({WEDNESDAY: True, CHING_MING: False})

    assert [calendar.holiday(day) for day in (WEDNESDAY, CHING_MING, HOLIDAY_SUNDAY)] == [True, False, True]
