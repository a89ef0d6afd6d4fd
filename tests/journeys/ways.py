"""The two journeys, by URLs, field names and hidden fields only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeys.served import WORD

if TYPE_CHECKING:
    from journeys.served import Answer, Visitor

Person = dict[str, Any]
PASSWORD = "Rehearse20251"


def to_confirm(visitor: Visitor, person: Person, internet_user_id: str, lang: str = "en") -> Answer:
    """Register as far as the review."""
    visitor.get(f"/register/terms?lang={lang}")
    visitor.submit("/register/terms", agree="yes")
    visitor.submit("/register/kind", account_kind=person["account_kind"])
    names = ("basic_user_id", "linked_basic_user_id_2", "linked_basic_user_id_3", "linked_basic_user_id_4")
    return visitor.submit(
        "/register/details",
        **dict(zip(names, person["basic_user_ids"], strict=False)),
        identity_prefix=person["identity_prefix"],
        internet_user_id=internet_user_id,
        internet_password=PASSWORD,
        internet_password_again=PASSWORD,
        captcha=WORD,
    )


def register(visitor: Visitor, person: Person, internet_user_id: str, lang: str = "en") -> Answer:
    to_confirm(visitor, person, internet_user_id, lang)
    return visitor.submit("/register/confirm", basic_password=person["basic_password"])


def login(visitor: Visitor, internet_user_id: str, internet_password: str = PASSWORD) -> Answer:
    visitor.get("/login")
    return visitor.submit("/login", internet_user_id=internet_user_id, internet_password=internet_password)


def change(visitor: Visitor, current: str, new: str) -> Answer:
    return visitor.submit(
        "/basic-password",
        basic_password=current,
        new_basic_password=new,
        new_basic_password_again=new,
        captcha=WORD,
    )
