"""Every rule of the portal, each with the guide's step it comes from, or *assumed*."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .kinds import ASSUMED, Behaviour, Chars, Choice, Figure, Rule, Text, Window

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

CODES = (
    "required",
    "length",
    "chars",
    "mixed",
    "differs",
    "duplicate",
    "captcha_wrong",
    "captcha_expired",
    "taken",
    "not_recognised",
    "wrong_credentials",
    "wrong_basic_password",
    "reused",
    "locked",
    "suspended",
    "stale",
    "closed",
)

_DIGITS, _LETTERS_DIGITS = Chars.DIGITS, Chars.LETTERS_DIGITS
BASIC_USER_IDS = ("basic_user_id", "linked_basic_user_id_2", "linked_basic_user_id_3", "linked_basic_user_id_4")


def _linked(number: int) -> Text:
    return Text(
        BASIC_USER_IDS[number - 1],
        8,
        8,
        _DIGITS,
        "guide: register, step 10",
        optional=True,
        unlike=BASIC_USER_IDS[: number - 1],
        assumed="unlike",
    )


FIELDS: tuple[Text | Choice, ...] = (
    Choice("agree", ("yes", "no"), "guide: register, step 3"),
    Choice("account_kind", ("corporate", "personal"), "guide: register, step 4"),
    Text("basic_user_id", 8, 8, _DIGITS, "guide: register, step 5"),
    _linked(2),
    _linked(3),
    _linked(4),
    Text("identity_prefix", 4, 4, _LETTERS_DIGITS, "guide: register, step 6", assumed="case"),
    Text("internet_user_id", 8, 8, _LETTERS_DIGITS, "guide: register, step 7", assumed="case"),
    Text("internet_password", 13, 15, _LETTERS_DIGITS, "guide: register, step 7", mixed=True, secret=True),
    Text(
        "internet_password_again",
        13,
        15,
        _LETTERS_DIGITS,
        "guide: register, step 7",
        secret=True,
        again="internet_password",
    ),
    Text("current_internet_password", 13, 15, _LETTERS_DIGITS, "guide: login, step 3", mixed=True, secret=True),
    Text("captcha", 6, 6, _LETTERS_DIGITS, "guide: register, step 8; login, step 7", assumed="captcha"),
    Text("basic_password", 8, 8, _DIGITS, "guide: register, step 11; login, step 5", secret=True),
    Text("new_basic_password", 8, 8, _DIGITS, "guide: login, step 6", secret=True),
    Text("new_basic_password_again", 8, 8, _DIGITS, "guide: login, step 6", secret=True, again="new_basic_password"),
)

FORMS: dict[str, tuple[str, ...]] = {
    "register_terms": ("agree",),
    "register_kind": ("account_kind",),
    "register_details": (
        *BASIC_USER_IDS,
        *("identity_prefix", "internet_user_id", "internet_password", "internet_password_again", "captcha"),
    ),
    "register_confirm": ("basic_password",),
    "login_form": ("internet_user_id", "internet_password"),
    "basic_password_form": ("basic_password", "new_basic_password", "new_basic_password_again", "captcha"),
    "account_internet": ("current_internet_password", "internet_password", "internet_password_again"),
    "cancel_form": ("internet_user_id", "internet_password", "captcha"),
    "cancel_confirm": ("basic_password",),
}
"""The fields of each form, named after its step."""

FIGURES: tuple[Figure, ...] = (
    Figure("linked_accounts", 4, "accounts", "guide: register, step 10"),
    Figure("password_history", 12, "passwords", "guide: login, step 6"),
    Figure("login_tries", 5, "tries", ASSUMED),
    Figure("basic_password_tries", 3, "tries", ASSUMED),
    Figure("captcha_minutes", 5, "minutes", ASSUMED),
    Figure("draft_minutes", 30, "minutes", ASSUMED),
    Figure("session_idle_minutes", 15, "minutes", ASSUMED),
    Figure("session_hours", 8, "hours", ASSUMED),
    Figure("cancelled_id_days", 30, "days", ASSUMED),
    Figure("warning_minutes", 15, "minutes", ASSUMED),
)

WINDOWS: tuple[Window, ...] = (
    Window("weekdays", 5, 6, "guide: login, step 3 (table)"),
    Window("sunday", 0, 7, "guide: login, step 3 (table)"),
)

BEHAVIOURS: tuple[Behaviour, ...] = (
    Behaviour("basic_password_first", "guide: login, step 5"),
    Behaviour("captcha_case", "guide: login, step 7"),
    Behaviour("captcha_single_use", ASSUMED),
    Behaviour("internet_user_id_case", ASSUMED),
    Behaviour("identity_prefix_case", ASSUMED),
    Behaviour("one_message", ASSUMED),
    Behaviour("latest_login", ASSUMED),
    Behaviour("sunday_holiday", ASSUMED, value="sunday"),
)

CATALOGUE: dict[str, Text | Choice] = {rule.name: rule for rule in FIELDS}
FIGURE: dict[str, Figure] = {figure.name: figure for figure in FIGURES}
WINDOW: dict[str, Window] = {window.name: window for window in WINDOWS}
WHOLE: Mapping[str, Rule] = {rule.name: rule for rule in (*FIELDS, *FIGURES, *WINDOWS, *BEHAVIOURS)}
"""Every rule of the catalogue by its name, which no two share."""


def in_force(figures: Mapping[str, int], sunday_holiday: str, holidays: Mapping[date, bool]) -> dict[str, Rule]:
    """Return every rule with the values of the settings."""
    days = tuple(f"{'+' if added else '-'}{day}" for day, added in sorted(holidays.items()))
    behaviour = Behaviour("sunday_holiday", ASSUMED, sunday_holiday, days)
    changed = {name: replace(FIGURE[name], value=value) for name, value in figures.items()}
    return {**WHOLE, **changed, behaviour.name: behaviour}
