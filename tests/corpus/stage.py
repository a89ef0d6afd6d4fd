"""The portal that the corpus is sent to: how a visitor comes to each form, and what its store holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode

from journeys.control import NOON, Control
from journeys.served import WORD, Visitor
from props import CHAN, PEOPLE

from ipportal.portal import assemble
from ipportal.settings import load

if TYPE_CHECKING:
    from types import TracebackType

    from journeys.served import Answer, Served

DUE, MINE, LINKED, OTHER = "registered-first-login-due", "registered", "registered-linked", "registered-corporate"
NEVER_COMPARED: Final = {"journal", "challenges"}


def credentials(key: str) -> dict[str, str]:
    person = PEOPLE[key]
    return {"internet_user_id": str(person.internet_user_id), "internet_password": str(person.internet_password)}


CAPTCHA: Final = {"captcha": WORD}
AGAIN: Final = {"internet_password": "Rehearse20259", "internet_password_again": "Rehearse20259"}
FORMS: Final[dict[str, tuple[tuple[str, str], dict[str, str]]]] = {
    "register/terms": (("/register/terms", "visitor"), {"agree": "yes"}),
    "register/kind": (("/register/kind", "agreed"), {"account_kind": "personal"}),
    "register/details": (("/register/details", "details"), CHAN | CAPTCHA),
    "register/confirm": (
        ("/register/confirm", "confirm"),
        {"basic_password": PEOPLE["fresh-individual"].basic_password},
    ),
    "login": (("/login", "visitor"), credentials(MINE)),
    "basic-password": (
        ("/basic-password", "due"),
        {"basic_password": PEOPLE[DUE].basic_password}
        | CAPTCHA
        | {"new_basic_password": "86420135", "new_basic_password_again": "86420135"},
    ),
    "account/internet": (
        ("/account/internet", "signed-in"),
        {"current_internet_password": str(PEOPLE[OTHER].internet_password)} | AGAIN,
    ),
    "cancel": (("/cancel", "visitor"), credentials(LINKED) | CAPTCHA),
    "cancel/confirm": (("/cancel/confirm", "cancelling"), {"basic_password": PEOPLE[LINKED].basic_password}),
}
"""Each form: where it stands, who may see it, and what is right to type there."""

WAYS: Final[dict[str, tuple[str, ...]]] = {
    "visitor": (),
    "agreed": ("register/terms",),
    "details": ("register/terms", "register/kind"),
    "confirm": ("register/terms", "register/kind", "register/details"),
    "done": ("register/terms", "register/kind", "register/details", "register/confirm"),
    "cancelling": ("cancel",),
}

PERSONS: Final = {"due": DUE, "signed-in": OTHER}


class Stage:
    """Brings visitors to their forms and compares the store before and after."""

    def __init__(self, served: Served, store: str) -> None:
        self.served, self.control = served, Control(served)
        self.portal = assemble(load({"instance": str(served.folder), "store": store}, {}))
        self.quiet = len(served.lines)
        self._cookies: dict[str, dict[str, str]] = {}
        self.reset()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.portal.close()

    def reset(self) -> None:
        """Put everything back to noon on Monday 31 March 2025, and forget every visitor."""
        for name in self.control.call("GET", "/workspaces")["workspaces"][1:]:
            self.control.call("DELETE", f"/workspaces/{name}")
        self.control.call("POST", "/workspaces/main/reset", {"now": NOON})
        self._cookies.clear()

    def visitor(self, sender: str) -> Visitor:
        """Return a visitor as far on the way as *sender* says; each starts from the same cookies."""
        found = Visitor(self.served.port)
        if sender not in self._cookies:
            if sender in PERSONS:
                found.get("/login")
                self._send(found, "/login", credentials(PERSONS[sender]))
            for form in WAYS.get(sender, ()):
                (path, _), right = FORMS[form]
                found.get(path)
                self._send(found, path, right)
            found.get("/login")
            self._cookies[sender] = found.cookies
        found.cookies = dict(self._cookies[sender])
        return found

    def at(self, form: str) -> tuple[Visitor, str, dict[str, Any]]:
        """Return a visitor at a form, where it stands, and what is right to send."""
        (path, sender), right = FORMS[form]
        visitor = self.visitor(sender)
        visitor.get(path)
        return visitor, path, visitor.page.hidden() | right

    def rows(self) -> dict[str, Any]:
        """Return every row by table, but for when a session was last seen."""
        found = {name: table.dump() for name, table in self.portal.tables.by_name.items()}
        return found | {"workspaces": self.control.call("GET", "/workspaces")["workspaces"]}

    def said(self) -> list[str]:
        """Return what the server has said since it stood ready."""
        return self.served.lines[self.quiet :]

    def _send(self, visitor: Visitor, path: str, typed: dict[str, str]) -> Answer:
        return visitor.press(path, visitor.page.hidden() | typed)


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Return the tables that differ."""
    return {name for name in before if before[name] != after[name]} - NEVER_COMPARED


def journalled(before: dict[str, Any], after: dict[str, Any]) -> str:
    """Return the journal's new rows as text."""
    return json.dumps(after["journal"][len(before["journal"]) :], ensure_ascii=False, default=str)


def body_of(sent: dict[str, Any], field: str, value: Any) -> str:
    """Return the form with one field of it as the corpus says: a text, several, or None for not at all."""
    rest = {name: each for name, each in sent.items() if name != field}
    return urlencode(rest if value is None else rest | {field: value}, doseq=True)
