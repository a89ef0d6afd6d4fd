"""A validator that keeps whatever catalogue it is given; a behaviour that the catalogue lacks it does not keep."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from .judge import problems
from .kinds import Behaviour, Choice, Figure, Text, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .kinds import Rule

    Given = Mapping[str, Any]

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_SUNDAY = 6
_HONG_KONG = timezone(timedelta(hours=8))


def judge_vector(given: Given, rule: str, catalogue: Mapping[str, Rule]) -> str:
    """Return `accepted` or the code with which *catalogue* answers what is given to the rule of that name."""
    found = catalogue.get(rule)
    match found:
        case Text() | Choice():
            refusal = problems([found], given).get(rule)
            return refusal.code if refusal else "accepted"
        case Figure():
            return _FIGURES[rule](given, found.value)
        case Window():
            return _hours(given, catalogue, sundays="sunday")
        case _:
            return _behaviour(given, rule, catalogue)


def _tries(given: Given, limit: int, wrong: str) -> str:
    tries = given["wrong_in_a_row"]
    return "accepted" if tries == 0 else wrong if tries < limit else "locked"


def _life(given: Given, seconds: int, late: str, name: str = "age_seconds") -> str:
    return "accepted" if given[name] < seconds else late


_FIGURES: dict[str, Callable[[Given, int], str]] = {
    "linked_accounts": lambda given, most: "accepted" if given["accounts"] <= most else "length",
    "password_history": lambda given, kept: "reused" if given["changes_ago"] <= kept else "accepted",
    "login_tries": lambda given, limit: _tries(given, limit, "wrong_credentials"),
    "basic_password_tries": lambda given, limit: _tries(given, limit, "wrong_basic_password"),
    "captcha_minutes": lambda given, minutes: _life(given, minutes * _MINUTE, "captcha_expired"),
    "draft_minutes": lambda given, minutes: _life(given, minutes * _MINUTE, "stale"),
    "session_idle_minutes": lambda given, minutes: _life(given, minutes * _MINUTE, "stale", "idle_seconds"),
    "session_hours": lambda given, hours: _life(given, hours * _HOUR, "stale"),
    "cancelled_id_days": lambda given, days: "taken" if given["cancelled_seconds_ago"] < days * _DAY else "accepted",
    "warning_minutes": lambda given, minutes: (
        "announced" if given["seconds_before"] <= minutes * _MINUTE else "accepted"
    ),
}


def _hours(given: Given, catalogue: Mapping[str, Rule], *, sundays: str) -> str:
    """Judge a moment by the window of its day in Hong Kong."""
    moment = datetime.fromisoformat(given["moment"]).astimezone(_HONG_KONG)
    window = catalogue[sundays if moment.weekday() == _SUNDAY else "weekdays"]
    closed = isinstance(window, Window) and window.start_hour <= moment.hour < window.end_hour
    return "closed" if closed else "accepted"


def _behaviour(given: Given, rule: str, catalogue: Mapping[str, Rule]) -> str:
    if rule == "sunday_holiday":
        found = catalogue.get(rule)
        return _hours(given, catalogue, sundays=found.value if isinstance(found, Behaviour) else "weekdays")
    return _BEHAVIOURS[rule](given, rule in catalogue)


def _same(first: str, second: str, code: str, fold: Callable[[str], str]) -> str:
    return "accepted" if fold(first) == fold(second) else code


def _single_use(given: Given, kept: bool) -> str:  # noqa: FBT001 - one of many behaviours, called alike
    if kept and given["answered_before"]:
        return "captcha_expired"
    return _same(given["shown"], given["captcha"], "captcha_wrong", str)


def _taken(given: Given, kept: bool) -> str:  # noqa: FBT001 - as above
    fold = str.lower if kept else str
    return "taken" if fold(given["registered"]) == fold(given["internet_user_id"]) else "accepted"


def _one_message(given: Given, kept: bool) -> str:  # noqa: FBT001 - as above
    if given["account"] == "recognised":
        return "accepted"
    return "not_recognised" if kept else str(given["account"])


def _first(given: Given, kept: bool) -> str:  # noqa: FBT001 - as above
    due = kept and given["issued_basic_password"] and given["wanted"] != "basic_password/form"
    return "change_first" if due else "accepted"


_BEHAVIOURS: dict[str, Callable[[Given, bool], str]] = {
    "basic_password_first": _first,
    "captcha_case": lambda given, kept: _same(
        given["shown"], given["captcha"], "captcha_wrong", str if kept else str.lower
    ),
    "captcha_single_use": _single_use,
    "internet_user_id_case": _taken,
    "identity_prefix_case": lambda given, kept: _same(
        given["on_file"], given["identity_prefix"], "not_recognised", str.upper if kept else str
    ),
    "one_message": _one_message,
    "latest_login": lambda given, kept: "stale" if kept and given["logins_since"] else "accepted",
}
