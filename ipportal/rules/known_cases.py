"""What is tried where more than the typed value counts: figures, maintenance windows and behaviours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from .cases import ACCEPTED, Case

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .kinds import Behaviour, Figure, Window

ANNOUNCED, CHANGE_FIRST = "announced", "change_first"
"""Answers that refuse nothing: a window is announced; the basic password has to be changed before anything else."""

_SECONDS = {"minutes": 60, "hours": 3600, "days": 86_400}
_HONG_KONG = timezone(timedelta(hours=8))
_SECOND = timedelta(seconds=1)


class _Edge(NamedTuple):
    """A number that is given, the answers before its edge and from it on, the edge's distance from the figure."""

    given: str
    before: str
    after: str
    beyond: int = 0
    least: int = 0


_EDGES = {
    "linked_accounts": _Edge("accounts", ACCEPTED, "length", 1, least=1),
    "password_history": _Edge("changes_ago", "reused", ACCEPTED, 1),
    "login_tries": _Edge("wrong_in_a_row", "wrong_credentials", "locked", least=1),
    "basic_password_tries": _Edge("wrong_in_a_row", "wrong_basic_password", "locked", least=1),
    "captcha_minutes": _Edge("age_seconds", ACCEPTED, "captcha_expired"),
    "draft_minutes": _Edge("age_seconds", ACCEPTED, "stale"),
    "session_idle_minutes": _Edge("idle_seconds", ACCEPTED, "stale"),
    "session_hours": _Edge("age_seconds", ACCEPTED, "stale"),
    "cancelled_id_days": _Edge("cancelled_seconds_ago", "taken", ACCEPTED),
    "warning_minutes": _Edge("seconds_before", ANNOUNCED, ACCEPTED, 1, least=1),
}
_NOTES = {
    "linked_accounts": "accounts under one Internet user ID; the portal's form has no place for one more",
    "password_history": "how many changes ago the password was replaced; 0 is the current one",
    "login_tries": "wrong tries in a row, this one counted",
    "basic_password_tries": "wrong tries in a row, this one counted",
    "captcha_minutes": "seconds since the picture was made; its answer is right",
    "draft_minutes": "seconds since the registration began; the next screen is asked for",
    "session_idle_minutes": "seconds since the visitor was last seen; stale is that they have to log on again",
    "session_hours": "seconds since the logon; stale is that they have to log on again",
    "cancelled_id_days": "somebody registers the cancelled Internet user ID",
    "warning_minutes": "seconds before the next maintenance window begins",
    "basic_password_first": "whoever still has the issued basic password changes it before anything else",
    "captcha_case": "upper and lower case of the picture differ",
    "captcha_single_use": "a picture is good for one answer, right or wrong",
    "internet_user_id_case": "an Internet user ID is taken in whatever case it was registered",
    "identity_prefix_case": "lower case is accepted as upper case",
    "one_message": "why an account is not recognised is told in the journal, not to the visitor",
    "latest_login": "a later logon ends the session; stale is that they have to log on again",
    "sunday_holiday.sunday": "a Sunday that is a public holiday is closed from 00:00 to 07:00, as a Sunday is",
    "sunday_holiday.weekdays": "a Sunday that is a public holiday is closed from 05:00 to 06:00, as a weekday is",
}
_OPEN = "open until the window begins, and again from the second in which it ends"
_CLOSED = "closed from the second in which the window begins, up to but not including its end"
# Each kind of day, and others of its kind: the setting `holidays` may make one a holiday, or another none.
_DAYS = {
    "weekdays": (
        ("monday", ("2025-03-31", "2025-03-24", "2025-03-17"), False),
        ("saturday", ("2025-03-29", "2025-03-22", "2025-03-15"), False),
        ("holiday", ("2025-05-01", "2026-05-01", "2024-05-01"), True),
    ),
    "sunday": (
        ("sunday", ("2025-03-30", "2025-03-23", "2025-03-16"), False),
        ("next", ("2025-04-06", "2025-04-13", "2025-04-27"), False),
    ),
}
_HOLIDAY_SUNDAYS = ("2026-04-05", "2026-05-24", "2026-10-18", "2027-12-26")
_SHOWN = "50FSYS"


def figure_cases(figure: Figure) -> Iterator[Case]:
    """Yield both sides of the figure's edge, its least and a number far beyond."""
    edge, note = _EDGES[figure.name], _NOTES[figure.name]
    at = figure.value * _SECONDS.get(figure.unit, 1) + edge.beyond
    for number in sorted({edge.least, at - 1}):
        if edge.least <= number < at:  # of a figure of 1 nothing may lie before the edge
            yield Case("edge", str(number), {edge.given: number}, edge.before, note)
    for number in (at, at * 2):
        yield Case("edge", str(number), {edge.given: number}, edge.after, note)
    if edge.given == "wrong_in_a_row":
        yield Case("edge", "0", {edge.given: 0}, ACCEPTED, "the right one at once")


def window_cases(window: Window, holidays: Collection[str]) -> Iterator[Case]:
    """Yield the last second before and the first second of the window, and those of its end, on each kind of day.

    *holidays* are the days that the settings add and strike; of a kind of which they leave none there is no case.
    """
    kinds = [
        (day, date, holiday)
        for day, days, holiday in _DAYS[window.name]
        for date in _left(days, holiday=holiday, holidays=holidays)
    ]
    for day, date, holiday in kinds:
        midnight = datetime.fromisoformat(date).replace(tzinfo=_HONG_KONG)
        start, end = (midnight + timedelta(hours=hour) for hour in (window.start_hour, window.end_hour))
        answers = {start - _SECOND: ACCEPTED, start: "closed", end - _SECOND: "closed", end: ACCEPTED}
        for moment, expected in answers.items():
            given = {"moment": moment.isoformat(), "public_holiday": holiday}
            note = _CLOSED if expected == "closed" else _OPEN
            yield Case("edge", f"{day}.{moment:%H:%M:%S}", given, expected, note)
        given = {"moment": f"{start.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+00:00", "public_holiday": holiday}
        yield Case("offset", day, given, "closed", "the same moment as the start, told with another offset")


def _left(days: tuple[str, ...], *, holiday: bool, holidays: Collection[str]) -> list[str]:
    """Return the first of the days that the settings leave a holiday, or none, as it was."""
    sign = "-" if holiday else "+"
    return [day for day in days if f"{sign}{day}" not in holidays][:1]


def behaviour_cases(behaviour: Behaviour) -> Iterator[Case]:
    """Yield what the behaviour changes, and beside it what it leaves alone."""
    name = behaviour.name
    note = _NOTES[f"{name}.{behaviour.value}" if behaviour.value else name]
    for case in _sunday_holiday(behaviour) if behaviour.value else _BEHAVIOURS[name]:
        yield case._replace(note=note)


def _sunday_holiday(behaviour: Behaviour) -> Iterator[Case]:
    for day, (clock, rows) in product(
        _left(_HOLIDAY_SUNDAYS, holiday=True, holidays=behaviour.holidays), _SUNDAY_HOLIDAY.items()
    ):
        given = {"moment": f"{day}T{clock}+08:00", "public_holiday": True}
        yield Case("edge", clock, given, "closed" if behaviour.value in rows else ACCEPTED)


_SUNDAY_HOLIDAY = {  # the rows of the table that are closed at this hour
    "00:00:00": ("sunday",),
    "04:59:59": ("sunday",),
    "05:30:00": ("sunday", "weekdays"),
    "06:59:59": ("sunday",),
    "07:00:00": (),
}


_REASONS = ("no_such_account", "other_kind", "other_prefix", "already_registered")
_BEHAVIOURS: dict[str, tuple[Case, ...]] = {
    "basic_password_first": (
        Case("first", "issued", {"issued_basic_password": True, "wanted": "account/home"}, CHANGE_FIRST),
        Case("first", "own", {"issued_basic_password": False, "wanted": "account/home"}),
        Case("first", "the_change", {"issued_basic_password": True, "wanted": "basic_password/form"}),
    ),
    "captcha_case": (
        Case("case", "same", {"shown": _SHOWN, "captcha": _SHOWN}),
        Case("case", "lower", {"shown": _SHOWN, "captcha": "50fsys"}, "captcha_wrong"),
        Case("case", "one_lower", {"shown": _SHOWN, "captcha": "50FSYs"}, "captcha_wrong"),
        Case("case", "other", {"shown": _SHOWN, "captcha": "50FSYX"}, "captcha_wrong"),
    ),
    "captcha_single_use": (
        Case("once", "new", {"shown": _SHOWN, "captcha": _SHOWN, "answered_before": []}),
        Case(
            "once",
            "after_wrong",
            {"shown": _SHOWN, "captcha": _SHOWN, "answered_before": ["50FSYX"]},
            "captcha_expired",
        ),
        Case(
            "once", "after_right", {"shown": _SHOWN, "captcha": _SHOWN, "answered_before": [_SHOWN]}, "captcha_expired"
        ),
    ),
    "internet_user_id_case": (
        Case("case", "same", {"registered": "Tester01", "internet_user_id": "Tester01"}, "taken"),
        Case("case", "lower", {"registered": "Tester01", "internet_user_id": "tester01"}, "taken"),
        Case("case", "upper", {"registered": "Tester01", "internet_user_id": "TESTER01"}, "taken"),
        Case("case", "other", {"registered": "Tester01", "internet_user_id": "Tester02"}),
    ),
    "identity_prefix_case": (
        Case("case", "same", {"on_file": "AC12", "identity_prefix": "AC12"}),
        Case("case", "lower", {"on_file": "AC12", "identity_prefix": "ac12"}),
        Case("case", "one_lower", {"on_file": "AC12", "identity_prefix": "Ac12"}),
        Case("case", "other", {"on_file": "AC12", "identity_prefix": "ac13"}, "not_recognised"),
    ),
    "one_message": (
        Case("message", "recognised", {"account": "recognised"}),
        *(Case("message", reason, {"account": reason}, "not_recognised") for reason in _REASONS),
    ),
    "latest_login": (
        Case("session", "latest", {"logins_since": 0}),
        Case("session", "earlier", {"logins_since": 1}, "stale"),
        Case("session", "earliest", {"logins_since": 2}, "stale"),
    ),
}
