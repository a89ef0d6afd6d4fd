"""What may be typed and when the portal is closed, written down by hand from the guide and the specification."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import count
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Final

from ipportal.clock import HONG_KONG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.world import Codes

LINKED: Final = ("linked_basic_user_id_2", "linked_basic_user_id_3", "linked_basic_user_id_4")
ACCOUNTS: Final = ("basic_user_id", *LINKED)
DETAILS: Final = (
    *ACCOUNTS,
    "identity_prefix",
    "internet_user_id",
    "internet_password",
    "internet_password_again",
    "captcha",
)
HISTORY: Final = 12
LOGIN_TRIES: Final = 5
BASIC_TRIES: Final = 3
DRAFT_LIFE: Final = timedelta(minutes=30)
CAPTCHA_LIFE: Final = timedelta(minutes=5)
IDLE: Final = timedelta(minutes=15)
SESSION_LIFE: Final = timedelta(hours=8)
HELD: Final = timedelta(days=30)
SALTS: Final = count()  # an account keeps one for all its passwords

_CHOICES: Final = {"agree": ("yes", "no"), "account_kind": ("corporate", "personal")}
_DIGITS: Final = {*ACCOUNTS, "basic_password", "new_basic_password", "new_basic_password_again"}
_LENGTHS: Final = {
    "identity_prefix": (4, 4),
    "captcha": (6, 6),
    "internet_password": (13, 15),
    "current_internet_password": (13, 15),
}
_MIXED: Final = {"internet_password", "current_internet_password"}


def refusals(names: Iterable[str], typed: Mapping[str, str]) -> Codes:
    """Return the code of every field whose format is wrong, in the order of the form."""
    found: Codes = {}
    for name in names:
        if code := _code(name, typed.get(name, ""), typed):
            found[name] = code
    return found


def _code(name: str, value: str, typed: Mapping[str, str]) -> str:
    if name in _CHOICES:
        return "" if value in _CHOICES[name] else "required"
    if not value:
        return "" if name in LINKED else "required"
    if name.endswith("_again"):
        first = typed.get(name.removesuffix("_again"), "")
        return "differs" if first and value != first else ""
    least, most = _LENGTHS.get(name, (8, 8))
    if not least <= len(value) <= most:
        return "length"
    if not set(value) <= set(digits if name in _DIGITS else digits + ascii_letters):
        return "chars"
    if name in _MIXED and (set(value) <= set(digits) or set(value) <= set(ascii_letters)):
        return "mixed"
    if name in LINKED:
        earlier = ACCOUNTS[: ACCOUNTS.index(name)]
        return "duplicate" if value in [typed.get(each, "") for each in earlier] else ""
    return ""


def window(day: datetime) -> tuple[datetime, datetime]:
    """Return the maintenance window of the day that a moment is on."""
    midnight = datetime.combine(day.astimezone(HONG_KONG).date(), time(), HONG_KONG)
    first, last = (0, 7) if midnight.weekday() == 6 else (5, 6)
    return midnight + timedelta(hours=first), midnight + timedelta(hours=last)


def closed_until(moment: datetime, suspension: tuple[datetime, datetime] | None) -> datetime | None:
    """Return when the portal opens again, or None while it is open."""
    start, end = window(moment)
    if suspension and suspension[0] <= moment < suspension[1]:
        # A suspension that ends inside a window of the table goes on to that window's end.
        start, end = window(suspension[1])
        return end if start <= suspension[1] < end else suspension[1]
    return end if start <= moment < end else None
