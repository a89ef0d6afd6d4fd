"""The guide's 23 steps as states: what a visitor has done before each, and where they then stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..flows.base import fold
from ..flows.register import PLAIN
from ..people import DEFAULT, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..people import Person
    from ..portal import Portal

FRESH, DUE = "fresh-individual", "registered-first-login-due"
TYPED = {
    "account_kind": "personal",
    "basic_user_id": "99000101",
    "identity_prefix": "ZA12",
    "internet_user_id": "LokShan1",
    "internet_password": "Practice12345",
    "internet_password_again": "Practice12345",
    "basic_password": "31415926",
}
"""What the person of the registration types."""
NEW_BASIC_PASSWORD = "24681357"  # noqa: S105 - published, as all practice data

Cookie = dict[str, str]


@dataclass(frozen=True)
class GuideStep:
    """A numbered step of the guide: `reach` brings a fresh portal there and returns the ids of the visit."""

    name: str
    path: str
    person: str
    reach: Callable[[Portal], Cookie]


def _nowhere(_portal: Portal) -> Cookie:
    return {}


def _agreed(portal: Portal) -> Cookie:
    draft_id, _ = portal.register.terms({"agree": "yes"})
    return {"register": draft_id or ""}


def _typed(*names: str) -> Callable[[Portal], Cookie]:
    """Return the way to the details page with these fields filled in."""

    def reach(portal: Portal) -> Cookie:
        cookie = _agreed(portal)
        portal.register.kind(cookie["register"], TYPED)
        draft = portal.register.draft(cookie["register"])
        if draft and names:
            portal.drafts.extend(draft, **{name: TYPED[name] for name in names})
        return cookie

    return reach


def _reviewed(portal: Portal) -> Cookie:
    cookie = _typed()(portal)
    draft_id = cookie["register"]
    portal.register.details(draft_id, dict.fromkeys(PLAIN, "") | TYPED | _solved(portal, draft_id))
    return cookie


def _registered(portal: Portal) -> Cookie:
    cookie = _reviewed(portal)
    portal.register.confirm(cookie["register"], TYPED)
    return cookie


def _signed_in(portal: Portal) -> Cookie:
    person = people()[DUE]
    user = portal.tables.users.get(fold(person.internet_user_id or ""))
    if user is None:
        return {}
    portal.tables.users.update(user.folded_id, last_login_at=portal.clock.now())
    return {"signed_in": portal.sessions.begin(user)}


def _changed(portal: Portal) -> Cookie:
    session_id = _signed_in(portal)["signed_in"]
    successor, _ = portal.basic_password.change(session_id, typed(DUE) | _solved(portal, session_id))
    return {"signed_in": successor}


def _solved(portal: Portal, owner: str) -> dict[str, str]:
    """Return the right answer to a new CAPTCHA, whatever mode the portal is in."""
    captcha_id = portal.captcha.issue(owner)
    return {"captcha_id": captcha_id, "captcha": portal.captcha.answer(captcha_id)}


def people() -> dict[str, Person]:
    """Return the people of the default scenario by key."""
    return {person.key: person for person in read(DEFAULT).people}


def typed(key: str) -> dict[str, str]:
    """Return what a person of the guide types, on whichever screen."""
    if key == FRESH:
        return TYPED
    person = people()[key]
    return {
        "internet_user_id": person.internet_user_id or "",
        "internet_password": person.internet_password or "",
        "basic_password": person.basic_password,
        "new_basic_password": NEW_BASIC_PASSWORD,
        "new_basic_password_again": NEW_BASIC_PASSWORD,
    }


_ACCOUNTS = ("basic_user_id",)
_WITH_PREFIX = (*_ACCOUNTS, "identity_prefix")
_WITH_ID = (*_WITH_PREFIX, "internet_user_id")

STEPS: dict[str, GuideStep] = {
    step.name: step
    for step in (
        GuideStep("register-1", "/", FRESH, _nowhere),
        GuideStep("register-2", "/", FRESH, _nowhere),
        GuideStep("register-3", "/register/terms", FRESH, _nowhere),
        GuideStep("register-4", "/register/kind", FRESH, _agreed),
        GuideStep("register-5", "/register/details#basic_user_id", FRESH, _typed()),
        GuideStep("register-6", "/register/details#identity_prefix", FRESH, _typed(*_ACCOUNTS)),
        GuideStep("register-7", "/register/details#internet_user_id", FRESH, _typed(*_WITH_PREFIX)),
        GuideStep("register-8", "/register/details#captcha", FRESH, _typed(*_WITH_ID)),
        GuideStep("register-9", "/register/details#captcha", FRESH, _typed(*_WITH_ID)),
        GuideStep("register-10", "/register/confirm", FRESH, _reviewed),
        GuideStep("register-11", "/register/confirm#basic_password", FRESH, _reviewed),
        GuideStep("register-12", "/register/done", FRESH, _registered),
        GuideStep("register-13", "/register/done#continue", FRESH, _registered),
        GuideStep("login-1", "/", DUE, _nowhere),
        GuideStep("login-2", "/", DUE, _nowhere),
        GuideStep("login-3", "/login", DUE, _nowhere),
        GuideStep("login-4", "/login#internet_password", DUE, _nowhere),
        GuideStep("login-5", "/basic-password#basic_password", DUE, _signed_in),
        GuideStep("login-6", "/basic-password#new_basic_password", DUE, _signed_in),
        GuideStep("login-7", "/basic-password#captcha", DUE, _signed_in),
        GuideStep("login-8", "/basic-password#captcha", DUE, _signed_in),
        GuideStep("login-9", "/basic-password/done", DUE, _changed),
        GuideStep("login-10", "/account", DUE, _changed),
    )
}
"""The guide's 13 steps of registration and 10 of the first login, in its order."""
