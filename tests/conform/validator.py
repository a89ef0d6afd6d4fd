"""A validator as somebody else would write it, right in every rule, and one deliberate fault for each rule."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    Given = dict[str, Any]
    Answer = Callable[[Given], str]

HERE: Final = timezone(timedelta(hours=8))
DIGITS: Final = r"[0-9]"
ALNUM: Final = r"[0-9A-Za-z]"
DAY: Final = 24 * 60 * 60
LINKED: Final = ("basic_user_id", "linked_basic_user_id_2", "linked_basic_user_id_3", "linked_basic_user_id_4")


def typed(name: str, chars: str, shortest: int, longest: int, *, empty: str = "required") -> Answer:
    def answer(given: Given) -> str:
        value = given.get(name) or ""
        if value == "":
            return empty
        if len(value) < shortest or len(value) > longest:
            return "length"
        return "accepted" if re.fullmatch(f"{chars}*", value) else "chars"

    return answer


def one_of(name: str, *words: str) -> Answer:
    return lambda given: "accepted" if given.get(name) in words else "required"


def mixture(name: str, shortest: int = 13) -> Answer:
    plain = typed(name, ALNUM, shortest, 15)

    def answer(given: Given) -> str:
        if (told := plain(given)) != "accepted":
            return told
        both = re.search("[0-9]", given[name]) and re.search("[A-Za-z]", given[name])
        return "accepted" if both else "mixed"

    return answer


def repeated(name: str, fold: Callable[[str], str] = str) -> Answer:
    def answer(given: Given) -> str:
        if not given.get(f"{name}_again"):
            return "required"
        return "accepted" if fold(given[f"{name}_again"]) == fold(given[name]) else "differs"

    return answer


def linked(number: int, others: tuple[str, ...] | None = None, chars: str = DIGITS) -> Answer:
    name = LINKED[number - 1]
    plain = typed(name, chars, 8, 8, empty="accepted")

    def answer(given: Given) -> str:
        taken = [given.get(other) for other in (LINKED[: number - 1] if others is None else others)]
        told = plain(given)
        return "duplicate" if told == "accepted" and given.get(name) and given[name] in taken else told

    return answer


def under(name: str, limit: int, late: str, early: str = "accepted") -> Answer:
    return lambda given: early if given[name] < limit else late


def tries(limit: int, code: str) -> Answer:
    return lambda given: (
        "accepted" if not given["wrong_in_a_row"] else under("wrong_in_a_row", limit, "locked", code)(given)
    )


def hours(*, sunday_end: int = 7, weekday_start: int = 5, holidays: bool = False) -> Answer:
    def answer(given: Given) -> str:
        moment = datetime.fromisoformat(given["moment"]).astimezone(HERE)
        sunday = moment.isoweekday() == 7 and not (holidays and given["public_holiday"])
        start, end = (0, sunday_end) if sunday else (weekday_start, 6)
        return "closed" if start <= moment.hour < end else "accepted"

    return answer


def captcha(given: Given) -> str:
    if given.get("answered_before"):
        return "captcha_expired"
    return "accepted" if given["captcha"] == given["shown"] else "captcha_wrong"


def first(given: Given) -> str:
    return "change_first" if given["issued_basic_password"] and given["wanted"] == "account/home" else "accepted"


RIGHT: Final[dict[str, Answer]] = {
    "agree": one_of("agree", "yes", "no"),
    "account_kind": one_of("account_kind", "corporate", "personal"),
    "basic_user_id": typed("basic_user_id", DIGITS, 8, 8),
    "linked_basic_user_id_2": linked(2),
    "linked_basic_user_id_3": linked(3),
    "linked_basic_user_id_4": linked(4),
    "identity_prefix": typed("identity_prefix", ALNUM, 4, 4),
    "internet_user_id": typed("internet_user_id", ALNUM, 8, 8),
    "internet_password": mixture("internet_password"),
    "internet_password_again": repeated("internet_password"),
    "current_internet_password": mixture("current_internet_password"),
    "captcha": typed("captcha", ALNUM, 6, 6),
    "basic_password": typed("basic_password", DIGITS, 8, 8),
    "new_basic_password": typed("new_basic_password", DIGITS, 8, 8),
    "new_basic_password_again": repeated("new_basic_password"),
    "linked_accounts": under("accounts", 5, "length"),
    "password_history": under("changes_ago", 13, "accepted", "reused"),
    "login_tries": tries(5, "wrong_credentials"),
    "basic_password_tries": tries(3, "wrong_basic_password"),
    "captcha_minutes": under("age_seconds", 300, "captcha_expired"),
    "draft_minutes": under("age_seconds", 1800, "stale"),
    "session_idle_minutes": under("idle_seconds", 900, "stale"),
    "session_hours": under("age_seconds", 28_800, "stale"),
    "cancelled_id_days": under("cancelled_seconds_ago", 30 * DAY, "accepted", "taken"),
    "warning_minutes": under("seconds_before", 901, "accepted", "announced"),
    "weekdays": hours(),
    "sunday": hours(),
    "basic_password_first": first,
    "captcha_case": captcha,
    "captcha_single_use": captcha,
    "internet_user_id_case": lambda given: (
        "taken" if given["registered"].upper() == given["internet_user_id"].upper() else "accepted"
    ),
    "identity_prefix_case": lambda given: (
        "accepted" if given["identity_prefix"].upper() == given["on_file"] else "not_recognised"
    ),
    "one_message": lambda given: "accepted" if given["account"] == "recognised" else "not_recognised",
    "latest_login": under("logins_since", 1, "stale"),
    "sunday_holiday": hours(),
}

# One fault a rule, each of a kind that is met in the field.
WRONG: Final[dict[str, Answer]] = {
    "agree": lambda given: one_of("agree", "yes", "no")({"agree": given.get("agree", "").lower()}),
    "account_kind": lambda given: RIGHT["account_kind"]({"account_kind": given.get("account_kind", "").strip()}),
    "basic_user_id": typed("basic_user_id", r"\d", 8, 8),
    "linked_basic_user_id_2": linked(2, ()),
    "linked_basic_user_id_3": linked(3, ("basic_user_id",)),
    "linked_basic_user_id_4": linked(4, chars=r"[0-9\s]"),
    "identity_prefix": typed("identity_prefix", "[0-9A-Z]", 4, 4),
    "internet_user_id": typed("internet_user_id", r"\w", 8, 8),
    "internet_password": mixture("internet_password", 12),
    "internet_password_again": repeated("internet_password", str.lower),
    "current_internet_password": typed("current_internet_password", ALNUM, 13, 15),
    "captcha": lambda given: RIGHT["captcha"]({"captcha": given.get("captcha", "").rstrip("\n")}),
    "basic_password": lambda given: RIGHT["basic_password"](
        {"basic_password": given.get("basic_password", "").strip()}
    ),
    "new_basic_password": typed("new_basic_password", "[0-9O]", 8, 8),
    "new_basic_password_again": repeated("new_basic_password", str.strip),
    "linked_accounts": under("accounts", 4, "length"),
    "password_history": under("changes_ago", 12, "accepted", "reused"),
    "login_tries": tries(6, "wrong_credentials"),
    "basic_password_tries": tries(2, "wrong_basic_password"),
    "captcha_minutes": under("age_seconds", 301, "captcha_expired"),
    "draft_minutes": under("age_seconds", 1801, "stale"),
    "session_idle_minutes": under("idle_seconds", 899, "stale"),
    "session_hours": under("age_seconds", 8 * 3601, "stale"),
    "cancelled_id_days": under("cancelled_seconds_ago", 28 * DAY, "accepted", "taken"),
    "warning_minutes": under("seconds_before", 900, "accepted", "announced"),
    "weekdays": hours(weekday_start=6),
    "sunday": hours(sunday_end=6),
    "basic_password_first": lambda _given: "accepted",
    "captcha_case": lambda given: "accepted" if given["captcha"].upper() == given["shown"] else "captcha_wrong",
    "captcha_single_use": lambda given: "accepted" if given["captcha"] == given["shown"] else "captcha_wrong",
    "internet_user_id_case": lambda given: "taken" if given["registered"] == given["internet_user_id"] else "accepted",
    "identity_prefix_case": lambda given: (
        "accepted" if given["identity_prefix"] == given["on_file"] else "not_recognised"
    ),
    "one_message": lambda given: "accepted" if given["account"] == "recognised" else given["account"],
    "latest_login": lambda _given: "accepted",
    "sunday_holiday": hours(holidays=True),
}


def judge(rule: str, given: Given) -> str:
    """Answer as a validator that keeps every rule."""
    return RIGHT[rule](given)


def wrong_in(broken: str) -> Callable[[str, Given], str]:
    """Return a validator that keeps every rule but one."""
    return lambda rule, given: (WRONG if rule == broken else RIGHT)[rule](given)
