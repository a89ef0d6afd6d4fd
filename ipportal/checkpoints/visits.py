"""The visit that a checkpoint opens: the ids of its cookie, and the page that it stands at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..flows.account import FUNCTIONS
from ..flows.cancel import FLOW as CANCEL
from ..flows.register import FLOW as REGISTER

if TYPE_CHECKING:
    from .suspicion import Rows

ID = "[A-Za-z0-9_-]{8,100}"
PAGES = frozenset(
    {
        *("/", "/login", "/login/tips", "/basic-password", "/basic-password/done", "/practice"),
        *("/account", "/account/guide", *(f"/account/{name}" for name in FUNCTIONS)),
        *("/register", *(f"/register/{step.name}" for step in REGISTER.steps)),
        *("/cancel", *(f"/cancel/{step.name}" for step in CANCEL.steps[1:])),  # the first is at the shorter address
        *(
            "/practice/messages",
            "/practice/rules",
            "/certificate/register",
            "/certificate/login",
            "/certificate/revoke",
        ),
    }
)
"""The pages that a link can open: those that anybody may look at by their address alone."""


def visit_fits(cookie: object, path: object) -> bool:
    """Say whether the ids of a visit and the way to its screen can be a checkpoint's."""
    ids = isinstance(cookie, dict) and all(
        name in {"register", "cancel", "signed_in"} and isinstance(value, str) and re.fullmatch(ID, value)
        for name, value in cookie.items()
    )
    if not ids or not isinstance(path, str):
        return False
    page, mark, part = path.partition("#")
    return page in PAGES and re.fullmatch("(#[a-z0-9_]{1,40})?", mark + part) is not None


def ids_fit(cookie: dict[str, str], rows: Rows) -> bool:
    """Say whether no id of a visit is that of a row which is there for something else; a row may be gone."""
    meant = dict.fromkeys((row[0] for row in rows["sessions"]), "signed_in")
    meant |= {draft_id: flow for draft_id, flow, *_ in rows["drafts"]}
    return all(meant.get(value, name) == name for name, value in cookie.items())
