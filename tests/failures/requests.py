"""What visitors send that writes: how each comes about, how it is sent, and what a repetition is told.

Everything that is handed on is plain text, so that another process can send it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from props import (
    CHAN,
    NOON,
    PEOPLE,
    at_confirm,
    at_details,
    new_portal,
    session,
    shared,
    signed_in,
    solved,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.portal import Portal

Held = dict[str, str]
DUE, REGISTERED, LINKED = "registered-first-login-due", "registered", "registered-linked"
NEW: Final = {"new_basic_password": "24682468", "new_basic_password_again": "24682468"}
ANOTHER: Final = {"internet_password": "Another202577", "internet_password_again": "Another202577"}


@dataclass(frozen=True)
class Request:
    """One request. `again` is what its repetition is told, where the first was kept and that is not the same.

    `adds` names the tables in which a repetition rightly leaves more than the first alone.
    """

    name: str
    before: Callable[[Portal], Held]
    send: Callable[[Portal, Held], Any]
    again: Any = None
    adds: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return self.name


def portal_at(store: str) -> Portal:
    """Return the portal of a store, at noon unless a tester set its clock."""
    own = new_portal(store)
    return shared(own) if own.tables.facts.get("clock") else own


def nothing(_: Portal) -> Held:
    return {}


def _credentials(key: str, **typed: str) -> Held:
    person = PEOPLE[key]
    known = {
        "internet_user_id": person.internet_user_id or "",
        "internet_password": person.internet_password or "",
    }
    return known | typed


def _signed_in(portal: Portal, key: str) -> Held:
    return {"session_id": signed_in(portal, key)}


def _at_change(portal: Portal) -> Held:
    held = _signed_in(portal, DUE)
    return held | solved(portal, held["session_id"])


def _change(portal: Portal, held: Held) -> Any:
    typed = NEW | {"basic_password": PEOPLE[DUE].basic_password} | held
    return told(portal.basic_password.change(held["session_id"], typed)[1])


def _change_internet_password(portal: Portal, held: Held) -> Any:
    current = {"current_internet_password": PEOPLE[REGISTERED].internet_password or ""}
    return told(portal.account.change_internet_password(session(portal, held["session_id"]), ANOTHER | current)[1])


def _at_cancel(portal: Portal) -> Held:
    draft_id, _ = portal.cancel.form("visit", _credentials(LINKED) | solved(portal, "visit"))
    return {"draft_id": draft_id or ""}


def _open_notice(portal: Portal, held: Held) -> Any:
    notice = portal.account.open_notice(session(portal, held["session_id"]), "TRN20250324-01")
    return notice.reference if notice else ""


def _touch(portal: Portal, held: Held) -> Any:
    later = portal.at(NOON + timedelta(minutes=1))
    return later.sessions.touch(session(portal, held["session_id"]))


def _submitted(flow: Callable[[Portal], Callable[[str, dict[str, str]], Any]], **typed: str) -> Callable[..., Any]:
    """Return the sending of a registration's or a cancelling's form."""
    return lambda portal, held: told(flow(portal)(held["draft_id"], typed | held))


VISITS: Final = [
    Request(
        "flows.register.terms",
        nothing,
        lambda portal, _: portal.register.terms({"agree": "yes"})[1],
        adds=frozenset({"drafts", "journal"}),
    ),
    Request(
        "flows.register.kind",
        lambda portal: {"draft_id": portal.register.terms({"agree": "yes"})[0] or ""},
        _submitted(lambda portal: portal.register.kind, account_kind="personal"),
        adds=frozenset({"drafts", "journal"}),  # the draft's revision is another one
    ),
    Request(
        "flows.register.details",
        lambda portal: {"draft_id": (name := at_details(portal))} | solved(portal, name),
        _submitted(lambda portal: portal.register.details, **CHAN),
    ),
    Request(
        "flows.register.confirm",
        lambda portal: {"draft_id": at_confirm(portal)},
        _submitted(lambda portal: portal.register.confirm, basic_password="31415926"),
    ),
    Request(
        "flows.login.enter",
        nothing,
        lambda portal, _: told(portal.login.enter(_credentials(REGISTERED))[1]),
        adds=frozenset({"sessions", "journal"}),
    ),
    Request(
        "flows.login.enter wrong",
        nothing,
        lambda portal, _: told(portal.login.enter(_credentials(REGISTERED, internet_password="Wrong12345678"))[1]),
        adds=frozenset({"users", "journal"}),  # a second wrong try is a second one
    ),
    Request(
        "flows.login.leave",
        lambda portal: _signed_in(portal, REGISTERED),
        lambda portal, held: portal.login.leave(held["session_id"]),
    ),
    Request("flows.basic_password.change", _at_change, _change),
    Request(
        "flows.account.change_internet_password",
        lambda portal: _signed_in(portal, REGISTERED),
        _change_internet_password,
    ),
    Request("flows.account.open_notice", lambda portal: _signed_in(portal, REGISTERED), _open_notice),
    Request("flows.sessions.touch", lambda portal: _signed_in(portal, REGISTERED), _touch),
    Request(
        "flows.cancel.form",
        lambda portal: solved(portal, "visit"),
        lambda portal, held: told(portal.cancel.form("visit", _credentials(LINKED) | held)[1]),
    ),
    Request(
        "flows.cancel.confirm",
        _at_cancel,
        _submitted(lambda portal: portal.cancel.confirm, basic_password=PEOPLE[LINKED].basic_password),
    ),
    Request(
        "flows.captcha.issue",
        nothing,
        lambda portal, _: bool(portal.captcha.issue("visit")),
        adds=frozenset({"challenges"}),
    ),
]
"""The transactions of visitors."""


def packed(answer: Any) -> Any:
    """Return an answer as another process would read it."""
    return json.loads(json.dumps(answer))
