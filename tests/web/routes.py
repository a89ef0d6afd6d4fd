"""The table of all routes, and the six kinds of visitor that ask for each."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from props import NOON
from web.scenes import at, at_confirm, sign_in

from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

STATES: Final = ("visitor", "draft", "due", "signed-in", "maintenance", "workspace")
CLOSED: Final = NOON.replace(hour=5)
FILLED: Final = {
    "/certificate/<name>": "/certificate/login",
    "<name>": "voting",
    "<reference>": "TRN20250324-01",
    "<captcha_id>": "guessed",
    "<path:filename>": "portal.css",
    "<ticket_id>": "guessed",
}
_ROWS = tomllib.loads((Path(__file__).parent / "routes.toml").read_text(encoding="utf-8"))
TABLE: Final = {
    (*row.split(" "), state): told
    for row, columns in _ROWS.items()
    for state, told in zip(STATES, columns, strict=True)
}
"""What is answered, by method, route and state: status and screen, or status and where it leads."""
METHODS: Final = {
    route: {method for method, known, _ in TABLE if known == route} for route in {each[1] for each in TABLE}
}


def address(route: str) -> str:
    """Return an address of a route."""
    for part, value in FILLED.items():
        route = route.replace(part, value)
    return route


def enter(browser: Browser, portal: Portal, state: str) -> tuple[Browser, str]:
    """Bring a visitor into one of `STATES`; return the browser there, and the token of its forms."""
    if state == "draft":
        at_confirm(browser)
    elif state == "due":
        sign_in(browser, "registered-first-login-due")
    elif state != "visitor":
        sign_in(browser)
    if state == "workspace":  # signed in at `main`, and a stranger here
        browser = browser.beside(f"/w/{house_of(browser.client.application).create('alpha', now=NOON).name}")
    token = browser.get("/login").value("csrf_token")
    at(portal, CLOSED if state == "maintenance" else NOON)
    return browser, token
