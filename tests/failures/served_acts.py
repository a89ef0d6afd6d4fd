"""What visitors send to a served portal, and the screen at which a repetition ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from journeys.served import WORD
from props import CHAN, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeys.served import Visitor

DUE, REGISTERED, LINKED = "registered-first-login-due", "registered", "registered-linked"
NEW: Final = {"new_basic_password": "24682468", "new_basic_password_again": "24682468", "captcha": WORD}


def typed_by(key: str) -> dict[str, str]:
    person = PEOPLE[key]
    return {
        "internet_user_id": person.internet_user_id or "",
        "internet_password": person.internet_password or "",
    }


def _walk(*steps: tuple[str, dict[str, str]], to: str = "") -> Callable[[Visitor, str], object]:
    """Return the way through these forms, from the page of the first, and on to a page."""

    def walk(visitor: Visitor, root: str) -> object:
        visitor.get(root + (steps[0][0] if steps else to))
        for path, typed in steps:
            visitor.submit(root + path, **typed)
        return visitor.get(root + to) if to else None

    return walk


TERMS = ("/register/terms", {"agree": "yes"})
KIND = ("/register/kind", {"account_kind": "personal"})
DETAILS = ("/register/details", CHAN | {"captcha": WORD})
CANCEL = ("/cancel", typed_by(LINKED) | {"captcha": WORD})


@dataclass(frozen=True)
class Act:
    """A form, the way to it, and the screen that it leads to, also where it was done already."""

    transaction: str
    before: Callable[[Visitor, str], object]
    path: str
    typed: dict[str, str]
    screen: str


ACTS: Final = [
    Act("flows.register.terms", _walk(to="/register/terms"), *TERMS, "register/kind"),
    Act("flows.register.kind", _walk(TERMS), *KIND, "register/details"),
    Act("flows.register.details", _walk(TERMS, KIND), *DETAILS, "register/confirm"),
    Act(
        "flows.register.confirm",
        _walk(TERMS, KIND, DETAILS),
        "/register/confirm",
        {"basic_password": PEOPLE["fresh-individual"].basic_password},
        "register/done",
    ),
    Act("flows.login.enter", _walk(to="/login"), "/login", typed_by(REGISTERED), "account/home"),
    Act("flows.login.leave", _walk(("/login", typed_by(REGISTERED))), "/logout", {}, "login/form"),
    Act(
        "flows.basic_password.change",
        _walk(("/login", typed_by(DUE))),
        "/basic-password",
        NEW | {"basic_password": PEOPLE[DUE].basic_password},
        "basic_password/done",
    ),
    Act(
        "flows.account.change_internet_password",
        _walk(("/login", typed_by(REGISTERED)), to="/account/internet"),
        "/account/internet",
        {
            "current_internet_password": typed_by(REGISTERED)["internet_password"],
            "internet_password": "Another202577",
            "internet_password_again": "Another202577",
        },
        "account/internet",
    ),
    Act("flows.cancel.form", _walk(to="/cancel"), *CANCEL, "cancel/confirm"),
    Act(
        "flows.cancel.confirm",
        _walk(CANCEL),
        "/cancel/confirm",
        {"basic_password": PEOPLE[LINKED].basic_password},
        "cancel/done",
    ),
]
