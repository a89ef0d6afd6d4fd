"""A portal that other machines reach asks for its access password first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from props import NOON
from web.client import Browser
from web.scenes import LANGUAGES, PASSWORD

from ipportal.web.visit import EXTENSION, house_of
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from flask import Flask

    from ipportal.portal import Portal

GATED = ["/", "/login", "/register/terms", "/cancel", "/account", "/unknown"]
GATED += ["/practice", "/practice/rules", "/practice/messages"]


@pytest.mark.parametrize("path", GATED)
def test_every_page_leads_to_the_gate(visitor: Browser, path: str) -> None:
    page = visitor.get(path)

    assert (page.status, page.screen) == (200, "access")


@pytest.mark.parametrize("path", ["/login", "/register/terms", "/logout"])
def test_a_form_sent_past_the_gate_is_refused(visitor: Browser, path: str) -> None:
    visitor.get("/access")

    page = visitor.post(path, {"internet_user_id": "NimChi07"})

    assert (page.status, page.screen) == (403, "errors/403")


@pytest.mark.parametrize("path", ["/health", "/robots.txt", "/static/portal.css"])
def test_the_health_check_and_static_files_need_no_password(visitor: Browser, path: str) -> None:
    assert visitor.get(path).status == 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_right_password_opens_the_portal_until_the_browser_closes(visitor: Browser, lang: str) -> None:
    visitor.get(f"/access?lang={lang}")

    page = visitor.submit(access_password=PASSWORD)

    assert (page.screen, page.lang) == ("home", lang)
    assert visitor.get("/practice").screen == "practice/accounts"
    assert PASSWORD not in str(visitor.kept)


@pytest.mark.parametrize(
    ("asked", "screen"),
    [
        (["/practice/rules"], "practice/rules"),
        (["/practice", "/login?lang=en"], "login/form"),
        (["/practice/rules", "/favicon.ico", "/captcha/0.png"], "practice/rules"),  # the browser's own asking
        (["/practice/rules", "/open/" + "x" * 295], "practice/rules"),  # which no cookie has room for
        (["//evil.example/"], "home"),
        (["/register/terms"], "register/terms"),
    ],
)
def test_the_right_password_leads_to_the_page_that_was_asked_for(
    visitor: Browser, asked: list[str], screen: str
) -> None:
    for path in asked:
        visitor.get(path)
    visitor.get("/access")

    assert visitor.submit(access_password=PASSWORD).screen == screen
    assert visitor.kept.keys() & {"access", "wanted"} == {"access"}


def test_in_a_workspace_the_right_password_leads_to_a_page_of_its_own(visitor: Browser, public: Flask) -> None:
    house_of(public).create("alpha", now=NOON)
    visitor.get("/login")
    inside = visitor.beside("/w/alpha")
    inside.get("/register/terms")

    page = inside.submit(access_password=PASSWORD)

    assert (page.screen, page.path) == ("register/terms", "/w/alpha/register/terms")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("wrong-password", "wrong_credentials"),
        (PASSWORD + " ", "wrong_credentials"),
        (PASSWORD.upper(), "wrong_credentials"),
        ("\x00", "wrong_credentials"),
        ("\u00e9\u5bc6", "wrong_credentials"),
    ],
)
def test_a_wrong_password_is_refused_and_not_shown_again(visitor: Browser, typed: str, code: str) -> None:
    visitor.get("/access")

    page = visitor.submit(access_password=typed)

    assert (page.status, page.screen, page.problems) == (422, "access", {"access_password": code})
    assert page.value("access_password") == ""
    assert visitor.get("/").screen == "access"


def test_a_head_is_answered_as_a_look(public: Flask) -> None:
    answer = public.test_client().head("/login", headers={"Host": "desk.test"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/access")


def test_another_password_closes_the_door_behind_everybody(visitor: Browser, public: Flask) -> None:
    visitor.get("/access")
    visitor.submit(access_password=PASSWORD)
    portal: Portal = public.extensions[EXTENSION].main
    other = replace(portal.settings, access_password="another-password")
    public.extensions[EXTENSION] = Workspaces(replace(portal, settings=other))

    assert visitor.get("/").screen == "access"


def test_a_made_up_right_of_access_opens_nothing(visitor: Browser) -> None:
    with visitor.client.session_transaction() as session:
        session["access"] = "0" * 64

    assert visitor.get("/").screen == "access"


def test_the_right_of_access_outlives_login_and_logging_off(visitor: Browser) -> None:
    visitor.get("/access")
    visitor.submit(access_password=PASSWORD)
    visitor.get("/login")
    visitor.submit(internet_user_id="NimChi07", internet_password="Practice20257")
    assert visitor.page.screen == "account/home"

    assert visitor.submit("logout").screen == "login/form"


def test_a_portal_of_this_machine_has_no_gate(browser: Browser) -> None:
    assert browser.get("/access").status == 404


@pytest.mark.parametrize(("host", "status"), [("desk.test", 200), ("192.0.2.7", 200), ("evil.example", 400)])
def test_a_public_portal_answers_to_its_own_names_only(public: Flask, host: str, status: int) -> None:
    assert Browser(public, HTTP_HOST=host).get("/access").status == status
