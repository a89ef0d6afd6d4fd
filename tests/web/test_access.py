"""A portal that other machines reach asks for its access password first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON
from web.client import Browser
from web.scenes import LANGUAGES

from ipportal.app import create_app
from ipportal.clock import RealClock
from ipportal.web.visit import EXTENSION
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from flask import Flask

    from ipportal.portal import Portal

PASSWORD = "trainees-only-2025"
GATED = ["/", "/login", "/register/terms", "/cancel", "/account", "/practice", "/practice/rules", "/unknown"]


@pytest.fixture
def public(portal: Portal) -> Flask:
    """The application as `--public` serves it."""
    portal.stored_clock.set(NOON)
    settings = replace(
        portal.settings,
        public=True,
        access_password=PASSWORD,
        bcrypt_cost=10,
        captcha_mode="real",
        captcha_word="",
        host="192.0.2.7",
        trusted_hosts=("desk.test",),
    )
    return create_app(portal=replace(portal, settings=settings))


@pytest.fixture
def visitor(public: Flask) -> Browser:
    return Browser(public)


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


def test_ten_tries_in_ten_minutes_are_enough_for_everybody(visitor: Browser, public: Flask) -> None:
    visitor.get("/access?lang=en")
    told = [visitor.submit(access_password=f"guess-number-{number}").status for number in range(10)]
    assert told == [422] * 10

    page = visitor.submit(access_password=PASSWORD)

    assert (page.status, page.screen) == (429, "errors/429")
    assert "10 minutes" in page.words
    other = Browser(public)
    other.get("/access")
    assert other.submit(access_password=PASSWORD).status == 429
    assert other.click("again").screen == "access"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_too_many_tries_are_told_in_each_language(visitor: Browser, lang: str) -> None:
    visitor.get(f"/access?lang={lang}")
    for _ in range(10):
        visitor.submit(access_password="wrong-password")

    assert (visitor.submit(access_password="wrong-password").status, visitor.page.lang) == (429, lang)


def test_the_tries_are_counted_in_real_time_which_no_practice_clock_moves(
    visitor: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = datetime(2025, 3, 31, 4, 0, tzinfo=UTC)
    monkeypatch.setattr(RealClock, "now", lambda _: real)
    visitor.get("/access")
    for _ in range(10):
        visitor.submit(access_password="wrong-password")
    portal.stored_clock.set(NOON + timedelta(days=1))
    assert visitor.submit(access_password=PASSWORD).status == 429
    visitor.click("again")
    monkeypatch.setattr(RealClock, "now", lambda _: real + timedelta(minutes=10))

    assert visitor.submit(access_password=PASSWORD).screen == "home"


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


def test_the_gate_can_change_its_language_without_counting_a_try(visitor: Browser) -> None:
    visitor.get("/access")
    for _ in range(12):
        page = visitor.submit("lang-en" if visitor.page.lang != "en" else "lang-zh-Hans", access_password=PASSWORD)

    assert (page.status, page.screen, page.value("access_password")) == (200, "access", "")
    assert visitor.submit(access_password=PASSWORD).screen == "home"


def test_a_portal_of_this_machine_has_no_gate(browser: Browser) -> None:
    assert browser.get("/access").status == 404


@pytest.mark.parametrize(("host", "status"), [("desk.test", 200), ("192.0.2.7", 200), ("evil.example", 400)])
def test_a_public_portal_answers_to_its_own_names_only(public: Flask, host: str, status: int) -> None:
    assert Browser(public, HTTP_HOST=host).get("/access").status == status
