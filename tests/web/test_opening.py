"""A link that opens a browser at a screen: once, within an hour of real time, in its own workspace."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON
from web.client import Browser
from web.scenes import LANGUAGES, PASSWORD, at, at_done, at_kind, sign_in

from ipportal.checkpoints import STEPS, Shelf
from ipportal.clock import RealClock
from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from flask import Flask

    from ipportal.portal import Portal

OVER = ("home", "link_over")
REAL = NOON + timedelta(days=900)


def link(portal: Portal, step: str = "register-5") -> str:
    """Put a step of the guide in place and return the way to its link."""
    opened = Shelf(portal).open(step)
    assert opened
    return f"/open/{opened.ticket_id}"


def told(browser: Browser, path: str) -> tuple[str, str]:
    """Open a link and return the screen it leads to, and what that tells."""
    page = browser.get(path)
    return page.screen, page.notice


def real(monkeypatch: pytest.MonkeyPatch, moment: object) -> None:
    monkeypatch.setattr(RealClock, "now", lambda _: moment)


SCREENS = {
    "/": "home",
    "/login": "login/form",
    "/basic-password": "basic_password/form",
    "/account": "account/home",
}


@pytest.mark.parametrize("step", STEPS)
def test_each_step_of_the_guide_opens_at_its_screen_in_a_workspace(inside: Browser, alpha: Portal, step: str) -> None:
    path = link(alpha, step)

    answer = inside.get(path, follow=False)

    where = STEPS[step].path
    assert (answer.status, answer.headers["Location"]) == (303, f"/w/alpha{where}")
    bare = where.partition("#")[0]
    assert inside.get(f"/w/alpha{where}").screen == SCREENS.get(bare, bare[1:].replace("-", "_"))
    assert (inside.page.status, inside.page.notice, inside.page.problems) == (200, "", {})


def test_a_link_is_good_for_one_browser_once(inside: Browser, alpha: Portal) -> None:
    path = link(alpha)
    other = Browser(inside.client.application, "/w/alpha")

    assert told(inside, path) == ("register/details", "")
    assert told(inside, path) == OVER
    assert told(other, path) == OVER
    assert other.kept.keys() <= {"tell"}


def test_an_unknown_link_leads_to_the_welcome_page_and_takes_nothing_away(inside: Browser) -> None:
    sign_in(inside)

    assert told(inside, "/open/unknown") == OVER
    assert inside.get("/account").screen == "account/home"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_that_is_over_says_so_in_the_visitors_language(browser: Browser, lang: str) -> None:
    page = browser.get(f"/open/unknown?lang={lang}")

    assert (page.lang, page.notice) == (lang, "link_over")
    assert not browser.get("/").notice


@pytest.mark.parametrize(
    ("age", "seen"),
    [
        (timedelta(), ("register/details", "")),
        (timedelta(hours=1) - timedelta(microseconds=1), ("register/details", "")),
        (timedelta(hours=1), OVER),
        (timedelta(days=1), OVER),
        (-timedelta(minutes=1), ("register/details", "")),  # a time server may have set the clock back a little
        (-timedelta(minutes=1, microseconds=1), OVER),
    ],
)
def test_a_link_is_good_for_an_hour_of_real_time(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch, age: timedelta, seen: tuple[str, str]
) -> None:
    real(monkeypatch, REAL)
    path = link(portal)
    real(monkeypatch, REAL + age)

    assert told(browser, path) == seen
    assert told(browser, path) == OVER


@pytest.mark.parametrize("days", [-3000, 3000])
def test_the_practice_clock_makes_no_link_older_or_younger(inside: Browser, alpha: Portal, days: int) -> None:
    path = link(alpha, "login-3")
    at(alpha, NOON + timedelta(days=days))

    assert told(inside, path) == ("login/form", "")


def test_a_link_of_another_workspace_is_unknown_and_stays_good_in_its_own(
    browser: Browser, inside: Browser, alpha: Portal, beta: Portal, portal: Portal
) -> None:
    other = browser.beside(f"/w/{beta.name}")
    for at_home, owner, strangers in (
        (inside, alpha, (other, browser)),
        (other, beta, (inside, browser)),
        (browser, portal, (inside, other)),
    ):
        path = link(owner)
        assert [told(stranger, path) for stranger in strangers] == [OVER, OVER]
        assert told(at_home, path) == ("register/details", "")


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST", "PUT", "DELETE"])
def test_only_a_look_uses_a_link_up(inside: Browser, alpha: Portal, method: str) -> None:
    path = link(alpha)
    inside.get("/login")

    page = inside.open(path, method=method, data={"csrf_token": inside.token}, follow=False)

    assert page.status == (303 if method == "HEAD" else 405)
    assert page.headers.get("Location", "/w/alpha/") == "/w/alpha/"
    assert inside.kept.keys() <= {"csrf_token"}
    assert told(inside, path) == ("register/details", "")


def test_a_link_replaces_the_browsers_own_visit_but_not_its_language(inside: Browser, alpha: Portal) -> None:
    inside.get("/?lang=en")
    at_done(inside)
    sign_in(inside)
    path = link(alpha, "login-5")

    page = inside.get(path)

    assert (page.screen, page.lang) == ("basic_password/form", "en")
    assert inside.kept.keys() & {"register", "cancel", "signed_in", "visit"} == {"signed_in"}
    assert inside.get("/register/confirm").screen == "register/terms"


def test_a_link_changes_nothing_in_the_other_tabs(browser: Browser, inside: Browser, alpha: Portal) -> None:
    sign_in(browser)
    at_kind(browser)

    inside.get(link(alpha, "register-10"))

    assert browser.get("/account").screen == "account/home"
    assert browser.get("/register/kind").screen == "register/kind"


def test_a_link_from_another_site_is_followed(inside: Browser, alpha: Portal) -> None:
    page = inside.get(link(alpha), headers={"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"})

    assert page.screen == "register/details"


def test_a_link_that_was_followed_during_maintenance_is_good_after_it(inside: Browser, alpha: Portal) -> None:
    at(alpha, NOON.replace(hour=5, minute=45))
    path = link(alpha, "register-4")

    assert told(inside, path)[0] == "closed"
    at(alpha, NOON.replace(hour=6))

    assert told(inside, path) == ("register/kind", "")


def test_a_link_waits_behind_the_access_password(visitor: Browser, public: Flask) -> None:
    path = link(house_of(public).main)

    assert visitor.get(path).screen == "access"
    assert visitor.submit(access_password="wrong-password").screen == "access"

    assert (visitor.submit(access_password=PASSWORD).screen, visitor.page.notice) == ("register/details", "")
