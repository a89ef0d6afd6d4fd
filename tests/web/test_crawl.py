"""Every route, by every method, in every state: answered as the table says, and a look changes nothing.

The browser holds each answer against the headers, the cookie and the banner that every answer must have.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest
from props import tables_of
from web.routes import METHODS, STATES, TABLE, address, enter

from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from flask import Flask
    from web.client import Browser, Page

    from ipportal.portal import Portal

EACH_STATE = pytest.mark.parametrize("state", STATES)
ROUTES = sorted(METHODS)
NOTHING: frozenset[str] = frozenset()
DRAWS = {"/register/details", "/cancel", "/basic-password"}  # a form that shows a CAPTCHA draws one where none is open


def content(app: Flask, but: frozenset[str] = NOTHING) -> dict[str, Any]:
    """Return every row of every workspace, but for when a session was last seen."""
    house, found = house_of(app), dict[str, Any]()
    for workspace in house.names():
        for name, table in tables_of(house.get(workspace)).items():
            if name not in but:
                rows = [asdict(row) for row in table.where()]
                found[f"{workspace} {name}"] = [row | {"seen_at": None} for row in rows]
    return found


def told(page: Page, root: str) -> str:
    return f"{page.status} {page.headers.get('Location', '').removeprefix(root) or page.screen}".strip()


def allowed(page: Page) -> set[str]:
    return set(page.headers["Allow"].split(", ")) - {"HEAD", "OPTIONS"}


def test_the_table_has_every_route_and_every_method_of_it(app: Flask) -> None:
    routes: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        routes.setdefault(rule.rule, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})

    assert routes == METHODS


@EACH_STATE
def test_a_look_is_answered_as_the_table_says_and_changes_nothing(
    app: Flask, browser: Browser, portal: Portal, state: str
) -> None:
    browser, _ = enter(browser, portal, state)
    for route in ROUTES:
        but = frozenset({"challenges"}) if route in DRAWS else NOTHING
        before = content(app, but)

        page = browser.open(address(route), method="GET", follow=False)
        head = browser.open(address(route), method="HEAD", follow=False)

        wanted = TABLE.get(("GET", route, state), "405 errors/405")
        assert (route, told(page, browser.root)) == (route, wanted)
        assert (route, head.status, head.body) == (route, page.status, b"")
        assert content(app, but) == before, route


@EACH_STATE
def test_asking_what_is_allowed_and_any_other_method_change_nothing(
    app: Flask, browser: Browser, portal: Portal, state: str
) -> None:
    browser, token = enter(browser, portal, state)
    before = content(app, frozenset({"journal"}))
    for route in ROUTES:
        options = browser.open(address(route), method="OPTIONS", follow=False)
        assert options.status != 200 or allowed(options) == METHODS[route]
        for method in {"PUT", "PATCH", "DELETE", "TRACE", "BREW", "GET", "POST"} - METHODS[route]:
            page = browser.open(address(route), method=method, data={"csrf_token": token}, follow=False)

            assert (page.status, page.screen, allowed(page)) == (405, "errors/405", METHODS[route]), (method, route)
    assert content(app, frozenset({"journal"})) == before


@EACH_STATE
@pytest.mark.parametrize("route", sorted({route for method, route, _ in TABLE if method == "POST"}))
def test_a_form_needs_its_token_and_is_answered_as_the_table_says(
    app: Flask, browser: Browser, portal: Portal, route: str, state: str
) -> None:
    browser, token = enter(browser, portal, state)
    before = content(app, frozenset({"journal"}))
    wanted = TABLE["POST", route, state]
    for sent in ({}, {"csrf_token": "x"}, {"csrf_token": token[:-1]}):
        page = browser.open(address(route), method="POST", data=sent, follow=False)
        assert told(page, browser.root) == (wanted if wanted == "503 closed" else "400 errors/400")
    assert content(app, frozenset({"journal"})) == before

    page = browser.open(address(route), method="POST", data={"csrf_token": token}, follow=False)

    assert told(page, browser.root) == wanted
