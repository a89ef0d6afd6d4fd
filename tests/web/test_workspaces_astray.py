"""An address below `/w/` leads to the workspace that is meant, or says that there is none; never into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import NOON
from web.scenes import LANGUAGES, sign_in

from ipportal.store import Unavailable
from ipportal.web.visit import house_of
from ipportal.wording import say
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from flask import Flask
    from web.client import Browser

UNKNOWN = [
    "/w",
    "/w/",
    "/W/",
    "/w/nobody",
    "/w/Nobody/",
    "/w/\u212aate/",
    "/w/nobody/login",
    "/w/nobody/static/portal.css",
    "/w/main/",
    "/w/Main/login",
    "/w/alpha%20/",
    "/w/%61lpha%00/",
    "/w/alpha%0a",
    "/w/alpha.sqlite/",
    "/w/alpha-/",
    "/w/../w/alpha/",
    "/w/..%2falpha/",
    "/w/%ef%bd%81lpha/",
    "/w/alph\u00e5/",
    f"/w/{'a' * 41}/",
    "/w/alphabeta/login",
]


@pytest.mark.usefixtures("alpha", "beta")
@pytest.mark.parametrize("path", UNKNOWN)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_workspace_that_is_not_there_is_told_as_such_without_a_way_into_another(
    app: Flask, browser: Browser, path: str, method: str
) -> None:
    house_of(app).create("kate")
    sign_in(browser)

    page = browser.open(f"{path}?lang=en", method=method)

    assert (page.status, page.screen) == (404, "errors/404")
    assert "no such workspace" in page.words
    assert "ask your trainer" in page.words
    ways = {each["href"] for each in page.select("body a[href]")}
    assert all(way == "#main" or way.lower().startswith("/w") for way in ways), ways


@pytest.mark.parametrize("path", ["/w/nobody/", "/w/nobody/login"])
def test_a_form_of_another_site_finds_no_way_there_either(browser: Browser, path: str) -> None:
    page = browser.post(path, headers={"Sec-Fetch-Site": "cross-site"}, token=False)

    assert (page.status, page.has("back"), page.has("home"), page.has("practice")) == (403, False, False, False)


@pytest.mark.parametrize("path", ["/w/nobody/", "/w/nobody/register/terms"])
def test_the_gate_of_a_public_portal_does_not_ask_for_a_password_to_a_workspace_that_is_not_there(
    visitor: Browser, path: str
) -> None:
    assert (visitor.get(path).status, visitor.page.screen) == (404, "errors/404")


@pytest.mark.usefixtures("alpha")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/w/Alpha", "/w/alpha"),
        ("/w/Alpha/", "/w/alpha/"),
        ("/W/ALPHA/login?lang=en&x=%0d%0a%E4%BD%A0", "/w/alpha/login?lang=en&x=%0D%0A%E4%BD%A0"),
        ("/w/Alpha/Login", "/w/alpha/Login"),
        ("/w/ALPHA/account/notices/TRN%3F%23", "/w/alpha/account/notices/TRN%3F%23"),
        ("/w/Alpha//evil.example/", "/w/alpha//evil.example/"),
        ("/w/Alpha/%5Cevil.example", "/w/alpha/%5Cevil.example"),
    ],
)
def test_a_workspaces_name_in_other_case_leads_there_with_all_that_was_asked(
    app: Flask, method: str, path: str, leads: str
) -> None:
    answer = app.test_client().open(path, method=method)

    assert (answer.status_code, answer.headers["Location"]) == (303, leads)


@pytest.mark.usefixtures("alpha")
def test_a_slash_too_many_before_a_workspace_leads_there(app: Flask) -> None:
    answer = app.test_client().get("/", environ_overrides={"PATH_INFO": "//w/alpha/login"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/w/alpha/login")


@pytest.mark.usefixtures("alpha")
def test_a_form_sent_to_a_name_in_other_case_is_not_sent_on_without_what_was_typed(browser: Browser) -> None:
    assert browser.post("/w/Alpha/login", {"internet_user_id": "NimChi07"}).status == 404


def test_a_name_in_other_case_leads_there_through_the_gate_too(visitor: Browser, public: Flask) -> None:
    house_of(public).create("alpha", now=NOON)

    page = visitor.get("/w/Alpha/login", follow=False)

    assert page.headers["Location"] == "/w/alpha/login"


@pytest.mark.usefixtures("alpha")
def test_where_nobody_can_tell_whether_there_is_a_workspace_the_page_still_comes(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> bool:
        raise Unavailable("missing", "server")

    monkeypatch.setattr(Workspaces, "has", gone)

    assert browser.get("/w/Alpha/").status == 404


@pytest.mark.usefixtures("alpha", "beta")
def test_an_address_in_a_workspace_that_goes_at_that_moment_leads_to_no_other(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspaces, "find", lambda *_: None)

    page = browser.get("/w/alpha/xxbeta", follow=False)

    assert (page.status, page.has("home"), page.has("practice"), page.has("back")) == (404, False, False, False)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["/nonsense", "/account/nonsense", "/register/nonsense", "/w/alpha/"])
def test_an_unknown_page_of_a_workspace_is_told_as_one_of_the_portal_is(inside: Browser, lang: str, path: str) -> None:
    sign_in(inside)
    inside.get(f"/?lang={lang}")

    page = inside.get(f"/w/alpha{path}")

    assert (page.status, page.screen, page.lang) == (404, "errors/404", lang)
    assert say("errors.404.text", lang) in page.words
    assert inside.click("back").path == "/w/alpha/"
