"""An unplanned closure shows the page of the maintenance, with its own end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, journalled
from web.acts import EACH_SUBMIT, Act
from web.scenes import LANGUAGES, at, sign_in

from ipportal.wording import say

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_suspension_shows_the_page_of_the_maintenance_with_its_own_end(
    inside: Browser, alpha: Portal, lang: str
) -> None:
    alpha.at(NOON).suspensions.begin(NOON + timedelta(hours=30, seconds=1))

    page = inside.get(f"/?lang={lang}")

    assert (page.status, page.screen, page.lang, page.problems) == (503, "closed", lang, {"form": "closed"})
    assert page.headers["Retry-After"] == str(30 * 3600 + 1)
    assert "18:00:01" in page.text("reopens")
    assert page.has("maintenance")
    assert say("closed.suspended.title", lang) == page.select("h1")[0].words
    assert not any(say(key, lang) in page.words for key in ("closed.title", "problems.closed"))
    until = "1 April 2025, 18:00:01" if lang == "en" else "2025年4月1日 18:00:01"
    assert inside.get("/practice").text("reopens") == say("practice.suspended", lang, time=until)
    assert [inside.get(path).status for path in ("/practice", "/health", "/robots.txt")] == [200, 200, 200]
    alpha.suspensions.end()
    assert inside.get("/").status == 200


@pytest.mark.parametrize(
    ("asked", "again"),
    [
        ("/login/tips", "/login/tips"),
        ("/account?topic=training&lang=en", "/account?topic=training"),
        ("/certificate/login?lang=en", "/certificate/login"),
    ],
)
def test_a_closed_page_leads_to_what_was_asked_for(inside: Browser, alpha: Portal, asked: str, again: str) -> None:
    alpha.at(NOON).suspensions.begin(NOON + timedelta(hours=1))

    assert inside.get(asked).by("again")["href"] == f"/w/alpha{again}"


@pytest.mark.parametrize(("sent", "again"), [("/login?lang=en", "/login"), ("/logout", "/"), ("/captcha/refresh", "/")])
def test_after_a_form_it_leads_to_the_page_of_the_form_or_home(
    inside: Browser, alpha: Portal, sent: str, again: str
) -> None:
    inside.get("/login")
    alpha.at(NOON).suspensions.begin(NOON + timedelta(hours=1))

    assert inside.post(sent).by("again")["href"] == f"/w/alpha{again}"


def test_after_an_exit_in_vain_it_leads_to_the_main_page_of_who_is_still_signed_in(
    inside: Browser, alpha: Portal
) -> None:
    sign_in(inside)
    alpha.at(NOON).suspensions.begin(NOON + timedelta(hours=1))

    again = inside.submit("logout").by("again")["href"]
    alpha.suspensions.end()

    assert again == "/w/alpha/account"
    assert inside.get("/account").screen == "account/home"
    assert inside.submit("logout").screen == "login/form"


def test_a_closed_portal_does_not_announce_that_it_is_going_to_close(inside: Browser, alpha: Portal) -> None:
    start = NOON.replace(hour=4, minute=50)
    at(alpha, start)
    announced = [inside.get(path).has("maintenance-soon") for path in ("/", "/practice")]
    alpha.at(start).suspensions.begin(start + timedelta(minutes=5))

    closed = [inside.get(path).has("maintenance-soon") for path in ("/", "/practice")]

    assert (announced, closed) == ([True, True], [False, False])


def test_a_suspension_that_lies_in_the_future_or_the_past_closes_nothing(inside: Browser, alpha: Portal) -> None:
    alpha.at(NOON).suspensions.begin(NOON + timedelta(hours=1))
    seen = []
    for moment in (NOON - timedelta(seconds=1), NOON, NOON + timedelta(minutes=59), NOON + timedelta(hours=1)):
        at(alpha, moment)
        seen.append(inside.get("/").status)

    assert seen == [200, 503, 503, 200]


def test_after_a_suspension_the_window_of_the_table_goes_on(inside: Browser, alpha: Portal) -> None:
    start = NOON.replace(hour=4, minute=30)
    alpha.at(start).suspensions.begin(start + timedelta(hours=1))
    at(alpha, start + timedelta(hours=1))

    page = inside.get("/")

    assert (page.status, page.headers["Retry-After"]) == (503, "1800")
    assert "06:00:00" in page.text("reopens")


@EACH_SUBMIT
def test_a_form_that_is_sent_meanwhile_is_journalled_and_does_nothing(inside: Browser, alpha: Portal, act: Act) -> None:
    act.before(inside)
    alpha.at(NOON).suspensions.begin(NOON + timedelta(minutes=1))
    before = journalled(alpha)
    shown = inside.page

    page = act.do(inside)

    assert (page.status, page.problems) == (503, {"form": "closed"})
    assert journalled(alpha) == [*before, (act.step, "refused", "form=closed", "")]
    assert alpha.journal.entries()[-1].codes == {"form": "closed"}
    alpha.suspensions.end()
    inside.page = shown
    assert act.do(inside).screen == act.then


def test_a_look_at_a_closed_page_is_not_journalled(inside: Browser, alpha: Portal) -> None:
    alpha.at(NOON).suspensions.begin(NOON + timedelta(minutes=1))
    before = journalled(alpha)
    for path in ("/", "/login", "/account", "/captcha/x.png"):
        assert inside.get(path).status == 503

    assert journalled(alpha) == before
