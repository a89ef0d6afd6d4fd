"""Checkpoint files that were tampered with: a good one, and ways to alter it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from props import NOON, copy, new_portal, shared

from ipportal.clock import utc
from ipportal.store.schema import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.portal import Portal

File = dict[str, Any]
MOMENT: Final = utc(NOON)
LIST: Final[list[object]] = []
DICT: Final[dict[str, object]] = {}
HASH: Final = "$2b$04$" + "a" * 53


def own(seeded: Portal) -> Portal:
    """Return a portal of one's own with the practice accounts, on the clock of its store."""
    portal = new_portal()
    copy(seeded.tables, portal.tables)
    return shared(portal)


def furnished(portal: Portal) -> Portal:
    """Give a portal a row in every table that a checkpoint takes along, and return it."""
    user = portal.tables.users.where()[0]
    portal.stored_clock.set(NOON)
    portal.captcha.choose("seeded", "", "7")
    portal.suspensions.begin(NOON)
    portal.login.enter({"internet_user_id": "GHOST000", "internet_password": "x"})
    portal.register.terms({"agree": "yes"})
    portal.tables.sessions.insert(Session("a-session", user.folded_id, NOON, NOON))
    session = portal.tables.sessions.where()[0]
    portal.account.open_notice(session, portal.tables.notices.where()[0].reference)
    return portal


def altered(text: str, change: Callable[[File], object]) -> str:
    """Return a checkpoint file after a change to what it holds."""
    file = json.loads(text)
    change(file)
    return json.dumps(file)


def cell(table: str, column: str, value: object, at: int = 0) -> Callable[[File], None]:
    """Return the change of one cell."""

    def change(file: File) -> None:
        file["tables"][table][at][file["columns"][table].index(column)] = value

    return change


def row(table: str, **values: object) -> Callable[[File], None]:
    """Return the change that adds a row like the table's first but for these values, or empty but for them."""

    def change(file: File) -> None:
        names, rows = file["columns"][table], file["tables"][table]
        like = dict(zip(names, rows[0], strict=True)) if rows else {}
        rows.append([(like | values)[name] for name in names])

    return change


def fact(name: str, value: object) -> Callable[[File], None]:
    """Return the change that sets a fact; what is no text is written as JSON."""
    packed = value if isinstance(value, str) else json.dumps(value)

    def change(file: File) -> None:
        facts = [each for each in file["tables"]["facts"] if each[0] != name]
        file["tables"]["facts"] = [*facts, [name, packed]]

    return change


def draft(flow: str = "register", draft_id: str = "draft-0001", **facts: Any) -> Callable[[File], None]:
    """Return the change that adds a draft."""

    def change(file: File) -> None:
        told = {"draft_id": draft_id, "flow": flow, "begun_at": MOMENT, "facts": json.dumps(facts), "revision": 1}
        file["tables"]["drafts"].append([told[name] for name in file["columns"]["drafts"]])

    return change


def entry(judged: object = None, **values: object) -> Callable[[File], None]:
    """Return the change that adds an entry to the journal."""
    packed = judged if isinstance(judged, str) else json.dumps(judged or {})
    return row("journal", **{"sequence": 2**40, "judged": packed} | values)
