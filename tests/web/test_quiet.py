"""A look writes nothing but the CAPTCHA that a form shows and the moment a session was last seen."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from props import NOON, tables_of
from web.scenes import STATES, at, bring_to

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

PATHS = [
    "/",
    "/?lang=en",
    "/certificate/login",
    "/register/terms",
    "/register/kind",
    "/register/details",
    "/register/confirm",
    "/register/done",
    "/login",
    "/login/tips",
    "/basic-password",
    "/basic-password?account=2",
    "/basic-password/done",
    "/account",
    "/account?topic=system",
    "/account/notices/TRN20250324-01",
    "/account/internet",
    "/account/phone",
    "/account/guide",
    "/account/voting",
    "/account/exit",
    "/cancel",
    "/cancel/confirm",
    "/cancel/done",
    "/practice",
    "/practice/rules",
    "/practice/messages",
    "/health",
    "/captcha/guessed.png",
    "/captcha/guessed.wav",
    "/access",
    "/unknown",
    "/static/portal.css",
]
CAPTCHA_FORMS = {"/register/details", "/cancel", "/basic-password"}


def content(portal: Portal) -> dict[str, list[dict[str, Any]]]:
    """Return every row by table, but for when a session was last seen."""
    rows = {name: [asdict(row) for row in table.where()] for name, table in tables_of(portal).items()}
    for row in rows["sessions"]:
        del row["seen_at"]
    return rows


@pytest.mark.parametrize("state", STATES)
def test_looking_around_writes_nothing_but_captchas_and_the_sessions_last_sight(
    browser: Browser, portal: Portal, state: str
) -> None:
    bring_to(browser, state)
    at(portal, NOON + timedelta(minutes=1))
    for path in PATHS:
        before = content(portal)
        page = browser.get(path)
        after = content(portal)

        challenges = after.pop("challenges"), before.pop("challenges")
        assert after == before, path
        assert challenges[0] == challenges[1] or page.path.partition("?")[0] in CAPTCHA_FORMS, page.path


@pytest.mark.parametrize("state", ["signed-in", "due"])
def test_a_session_is_seen_at_most_once_a_second(browser: Browser, portal: Portal, state: str) -> None:
    bring_to(browser, state)
    later = NOON + timedelta(seconds=30)
    at(portal, later)
    browser.get("/account")
    browser.get("/account")

    assert [row.seen_at for row in portal.tables.sessions.where()] == [later]


def test_reading_pages_outside_the_account_does_not_keep_a_session_alive(browser: Browser, portal: Portal) -> None:
    bring_to(browser, "signed-in")
    at(portal, NOON + timedelta(minutes=10))
    browser.get("/practice")
    browser.get("/login")

    assert [row.seen_at for row in portal.tables.sessions.where()] == [NOON]


def test_looking_at_a_form_again_draws_no_second_picture(browser: Browser, portal: Portal) -> None:
    bring_to(browser, "details")
    before = content(portal)
    for _ in range(5):
        browser.get("/register/details")

    assert content(portal) == before
