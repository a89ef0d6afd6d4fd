"""Walks the map of addresses: whatever is asked, each HTML answer is policed by the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.scenes import LANGUAGES, STATES, bring_to

if TYPE_CHECKING:
    from flask import Flask
    from web.client import Browser
    from werkzeug.routing import Rule

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
FILLED = {
    "name": "internet",
    "reference": "TRN20250324-01",
    "captcha_id": "guessed",
    "filename": "portal.css",
    "ticket_id": "guessed",
}


def path(rule: Rule) -> str:
    found = str(rule.rule)
    for name, value in FILLED.items():
        found = found.replace(f"<{name}>", value).replace(f"<path:{name}>", value)
    assert "<" not in found
    return found


def addresses(app: Flask) -> list[str]:
    return sorted({path(rule) for rule in app.url_map.iter_rules()})


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("method", METHODS)
def test_every_address_answers_every_method_with_the_frame_around_it(browser: Browser, state: str, method: str) -> None:
    bring_to(browser, state)
    token = browser.token
    for address in addresses(browser.client.application):
        if address == "/logout" and method == "POST":
            continue
        sent = {"csrf_token": token} if method == "POST" else None
        page = browser.open(address, method=method, data=sent, follow=False)

        assert page.status < 500, (address, page.status)
        if 400 <= page.status < 500 and page.status not in {409, 422} and page.body:
            assert page.screen == f"errors/{page.status}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_a_signed_in_user_has_the_frame_in_each_language(browser: Browser, lang: str) -> None:
    bring_to(browser, "signed-in")
    for address in addresses(browser.client.application):
        page = browser.get(f"{address}?lang={lang}", follow=False)
        if page.html:
            assert page.lang == lang


@pytest.mark.parametrize(
    ("address", "screen"),
    [
        ("/", "home"),
        ("/register/terms", "register/terms"),
        ("/login", "login/form"),
        ("/login/tips", "login/tips"),
        ("/cancel", "cancel/form"),
        ("/practice", "practice/accounts"),
        ("/practice/rules", "practice/rules"),
        ("/practice/messages", "practice/messages"),
        ("/unknown", "errors/404"),
    ],
)
def test_a_page_names_its_screen(browser: Browser, address: str, screen: str) -> None:
    assert browser.get(address).screen == screen


@pytest.mark.parametrize(
    "address", ["/register/done", "/account", "/cancel/done", "/basic-password", "/register//terms"]
)
def test_a_redirect_has_no_page_of_its_own_that_could_lack_the_banner(browser: Browser, address: str) -> None:
    page = browser.get(address, follow=False)

    assert 300 <= page.status < 400
    assert page.body == b"" or "banner" in page.body.decode()


@pytest.mark.parametrize("address", ["/static/portal.css", "/static/portal.js", "/static/icon.svg"])
def test_static_files_may_be_kept_for_an_hour_and_carry_the_headers(browser: Browser, address: str) -> None:
    page = browser.get(address)

    assert page.status == 200
    assert "max-age=3600" in page.headers["Cache-Control"]
    assert b"http://" not in page.body.replace(b"http://www.w3.org/2000/svg", b"")
    assert b"https://" not in page.body


@pytest.mark.parametrize("address", ["/static/../pyproject.toml", "/static/%2e%2e/wsgi.py", "/static/"])
def test_nothing_outside_the_static_folder_is_served(browser: Browser, address: str) -> None:
    page = browser.get(address)

    assert (page.status, page.headers["Cache-Control"]) == (404, "no-store")
    assert page.headers["X-Ipportal-Now"] == "2025-03-31T12:00:00+08:00"
    assert page.headers["X-Ipportal-Workspace"] == "main"


def test_robots_are_asked_to_stay_away(browser: Browser) -> None:
    assert browser.get("/robots.txt").body == b"User-agent: *\nDisallow: /\n"


def test_the_health_check_tells_the_portals_time(browser: Browser) -> None:
    assert browser.get("/health").response.get_json() == {"status": "ok", "now": "2025-03-31T12:00:00+08:00"}
