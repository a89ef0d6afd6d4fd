"""A workspace's pages are below `/w/<name>`, and nothing on them leads out: the browser polices every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import NOON
from web.police import URLS
from web.scenes import LANGUAGES, STATES, bring_to, sign_in

from ipportal.web.visit import house_of
from ipportal.wording import say

if TYPE_CHECKING:
    from flask import Flask
    from web.client import Browser

    from ipportal.portal import Portal

POSTED = {"action", "formaction", "data-refresh"}


def links(browser: Browser) -> set[str]:
    """Return every address on the page that a browser asks for with GET."""
    tags = browser.page.select("*")
    found = {tag[name] for tag in tags for name in URLS - POSTED if name in tag}
    return {each for each in found if each.startswith("/")}


def crawl(browser: Browser) -> set[str]:
    """Follow every link from here on, once, and return them all."""
    seen: set[str] = set()
    waiting = links(browser)
    while waiting:
        link = waiting.pop()
        seen.add(link)
        assert browser.get(link).status == 200, link
        waiting |= links(browser) - seen
    return seen


@pytest.mark.parametrize("state", ["stranger", "details", "done", "due", "signed-in", "cancelling"])
def test_no_link_of_a_workspace_leads_out_of_it_in_any_language(inside: Browser, state: str) -> None:
    bring_to(inside, state)

    seen = crawl(inside)

    assert all(link.startswith("/w/alpha/") for link in seen)
    assert {f"/w/alpha/?lang={lang}" for lang in LANGUAGES} <= seen
    assert {"/w/alpha/practice", "/w/alpha/practice/rules", "/w/alpha/practice/messages"} <= seen
    assert any(link.startswith("/w/alpha/static/portal.js") for link in seen)


@pytest.mark.parametrize("state", STATES)
def test_every_way_through_the_portal_can_be_gone_in_a_workspace(inside: Browser, portal: Portal, state: str) -> None:
    bring_to(inside, state)

    assert inside.page.status == 200
    assert inside.page.path.startswith("/w/alpha/")
    assert not any((portal.tables.drafts.where(), portal.tables.sessions.where(), portal.tables.challenges.where()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_changes_the_language_without_leaving_its_workspace(inside: Browser, lang: str) -> None:
    inside.get(f"/cancel?lang={next(each for each in LANGUAGES if each != lang)}")

    page = inside.submit(f"lang-{lang}", internet_user_id="NimChi07")

    assert (page.lang, page.screen, page.value("internet_user_id")) == (lang, "cancel/form", "NimChi07")


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/register/done", "/w/alpha/register/terms"),
        ("/account", "/w/alpha/login"),
        ("/basic-password", "/w/alpha/login"),
        ("/cancel/confirm", "/w/alpha/cancel"),
        ("/open/unknown", "/w/alpha/"),
    ],
)
def test_a_lost_visitor_is_led_to_a_page_of_the_same_workspace(inside: Browser, path: str, location: str) -> None:
    assert inside.get(path, follow=False).headers["Location"] == location


@pytest.mark.parametrize("path", ["//register/terms", "/register//terms", "/register/terms//"])
def test_an_address_with_too_many_slashes_never_leads_to_another_workspace(inside: Browser, path: str) -> None:
    page = inside.get(f"/w/alpha{path}", follow=False)

    assert page.status in {200, 303, 308, 404}
    assert page.headers.get("Location", "/w/alpha/register/terms").endswith("/w/alpha/register/terms")


def test_the_address_of_a_workspace_needs_no_slash_in_the_end(inside: Browser) -> None:
    page = inside.client.get("/w/alpha")

    assert page.status_code == 200
    assert page.headers["X-Ipportal-Workspace"] == "alpha"
    assert b'href="/w/alpha/?lang=en"' in page.data


@pytest.mark.parametrize(
    "path",
    [
        "/w/alpha/",
        "/w/beta/login",
        "/_control/v1/health",
        "/unknown",
        "/../beta/",
        "/%2e%2e%2fbeta/",
        "/%0a",
        "/%3flang=en",
    ],
)
def test_a_workspace_holds_neither_another_nor_the_control_api(inside: Browser, path: str) -> None:
    page = inside.get(f"/w/alpha{path}")

    assert (page.status, page.screen) == (404, "errors/404")
    assert inside.click("back").path == "/w/alpha/"
    assert page.headers["X-Ipportal-Workspace"] == "alpha"


@pytest.mark.parametrize("state", STATES)
def test_a_removed_workspace_is_a_page_that_is_not_found(
    app: Flask, browser: Browser, inside: Browser, state: str
) -> None:
    bring_to(inside, state)
    path, sent = inside.page.path, {"csrf_token": inside.token}

    house_of(app).remove("alpha")

    for method in ("GET", "POST"):
        assert (browser.open(path, method=method, data=sent).status, browser.page.screen) == (404, "errors/404")
        assert say("errors.workspace.text", browser.page.lang) in browser.page.words
    assert browser.get("/w/alpha/static/portal.css").status == 404


def test_a_workspace_made_anew_under_the_same_name_knows_nobody(app: Flask, inside: Browser) -> None:
    sign_in(inside)
    house_of(app).remove("alpha")
    house_of(app).create("alpha", now=NOON)

    assert inside.get("/account").screen == "login/form"
    assert inside.get("/register/confirm").screen == "register/terms"


@pytest.mark.parametrize("name", ["portal.css", "portal.js", "icon.svg"])
def test_static_files_are_served_below_the_prefix_without_a_cookie(
    browser: Browser, inside: Browser, name: str
) -> None:
    inside.get("/login?lang=en")

    found = inside.get(f"/static/{name}")

    assert found.status == 200
    assert found.body == browser.get(f"/static/{name}").body
    assert "Set-Cookie" not in found.headers
