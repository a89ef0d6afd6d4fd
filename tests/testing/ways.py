"""Short ways of a visitor to a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from props import PEOPLE, WORD

from ipportal.testing.hooks import Mark, Path

if TYPE_CHECKING:
    from ipportal.testing import Visitor

BASIC = PEOPLE["fresh-individual"].basic_password

DETAILS = {
    "basic_user_id": "99000101",
    "identity_prefix": "ZA12",
    "internet_user_id": "LokShan1",
    "internet_password": "Rehearse20251",
    "internet_password_again": "Rehearse20251",
    "captcha": WORD,
}


def to_details(visitor: Visitor) -> None:
    visitor.get(Path.TERMS)
    visitor.press(Mark.AGREE)
    visitor.submit(account_kind="personal")


def sign_in(visitor: Visitor, key: str = "registered") -> None:
    person = PEOPLE[key]
    visitor.get(Path.LOGIN)
    visitor.submit(internet_user_id=person.internet_user_id or "", internet_password=person.internet_password or "")
