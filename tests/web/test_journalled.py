"""What never reaches a flow is journalled all the same: at which step it was sent, and why it was refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, dump, journalled
from web.acts import EACH_SUBMIT, Act
from web.client import Browser
from web.routes import METHODS, address
from web.scenes import at, change, credentials, sign_in

from ipportal.flows.journal import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.portal import Portal

SENT = {
    "/account/internet": "account/internet",
    "/account/notices/TRN20250324-01": "account/notice",
    "/basic-password": "basic_password/form",
}


def elsewhere(browser: Browser, _: Portal) -> None:
    sign_in(Browser(browser.client.application))


def expire(_: Browser, portal: Portal) -> None:
    at(portal, NOON + timedelta(days=1))


def change_elsewhere(browser: Browser, _: Portal) -> None:
    tab = Browser(browser.client.application)
    tab.client = browser.client
    kept = browser.cookie
    tab.get("/basic-password")
    change(tab, "registered")
    browser.cookie = kept


WAYS: dict[str, Callable[[Browser, Portal], object]] = {
    "elsewhere": elsewhere,
    "expired": expire,
    "changed": change_elsewhere,
    "signed_out": lambda browser, _: browser.submit("logout"),
}


@pytest.mark.parametrize("why", WAYS)
@pytest.mark.parametrize("path", [path for path in SENT if path.startswith("/account")])
def test_a_form_sent_when_the_session_is_over_is_journalled_with_why(
    browser: Browser, portal: Portal, path: str, why: str
) -> None:
    sign_in(browser)
    WAYS[why](browser, portal)
    before = journalled(portal)

    page = browser.post(path, {"internet_password": "Another202577"})

    assert page.screen == "login/form"
    assert journalled(portal) == [*before, (SENT[path], "refused", why, "")]
    assert portal.journal.entries()[-1].judged == {}
    assert "Another202577" not in dump(portal)


@pytest.mark.parametrize("path", SENT)
def test_a_look_without_a_session_is_not_journalled(browser: Browser, portal: Portal, path: str) -> None:
    before = journalled(portal)

    assert browser.get(path).screen == "login/form"
    assert journalled(portal) == before


@EACH_SUBMIT
def test_a_form_with_a_token_that_is_not_its_own_is_journalled_at_its_step(
    inside: Browser, alpha: Portal, act: Act
) -> None:
    act.before(inside)
    path = {"logout": "/logout", "captcha/refresh": "/captcha/refresh"}.get(act.step, inside.page.path)
    before = journalled(alpha)

    page = inside.post(path, {"csrf_token": "made up"} | credentials("registered"))

    assert (page.status, page.screen) == (400, "errors/400")
    assert journalled(alpha) == [*before, (act.step, "refused", "csrf", "")]
    assert "made up" not in dump(alpha)


FORMS = sorted(route for route, methods in METHODS.items() if "POST" in methods)


@pytest.mark.parametrize("route", FORMS)
def test_whatever_form_is_sent_the_journal_knows_its_step(browser: Browser, portal: Portal, route: str) -> None:
    length = len(journalled(portal))

    assert browser.post(address(route), {"csrf_token": "made up"}).status == 400

    [(step, *why)] = journalled(portal)[length:]
    assert (step in STEPS, why) == (True, ["refused", "csrf", ""])


@pytest.mark.parametrize("path", ["/unknown", "/login/tips", "/static/portal.css", "/health"])
def test_a_form_sent_to_no_step_is_not_journalled(browser: Browser, portal: Portal, path: str) -> None:
    before = journalled(portal)

    assert browser.post(path, {"csrf_token": "made up"}).status in {404, 405}
    assert journalled(portal) == before


def test_a_form_from_another_site_is_refused_before_anything_is_journalled(browser: Browser, portal: Portal) -> None:
    before = journalled(portal)

    assert browser.post("/login", headers={"Origin": "http://evil.example"}).status == 403
    assert journalled(portal) == before
