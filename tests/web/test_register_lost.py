from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, PEOPLE
from web.scenes import DETAILS, at, at_confirm, at_details, at_done, bring_to

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

FURTHEST = {
    "stranger": "register/terms",
    "agreed": "register/kind",
    "details": "register/details",
    "confirm": "register/confirm",
    "done": "register/done",
}
STEPS = ("terms", "kind", "details", "confirm", "done")


@pytest.mark.parametrize(("state", "furthest"), FURTHEST.items())
@pytest.mark.parametrize("step", STEPS)
def test_a_deep_link_shows_its_screen_or_the_furthest_one(
    browser: Browser, state: str, furthest: str, step: str
) -> None:
    bring_to(browser, state)

    page = browser.get(f"/register/{step}")

    reached = STEPS.index(furthest.partition("/")[2])
    opens = step == "terms" or (STEPS.index(step) <= reached and (state != "done" or step == "done"))
    assert page.status == 200
    assert page.screen == (f"register/{step}" if opens else furthest)
    assert page.problems == ({} if opens else {"form": "stale"})


@pytest.mark.parametrize(("path", "first"), [("/register/details", "/register/terms"), ("/cancel/confirm", "/cancel")])
def test_who_has_begun_nothing_is_told_to_begin_and_not_that_a_page_is_out_of_date(
    browser: Browser, path: str, first: str
) -> None:
    page = browser.get(f"{path}?lang=en")

    assert (page.path, page.problems) == (first, {"form": "stale"})
    assert "Start here, at the first step." in page.words
    assert "out of date" not in page.words


def test_whose_registration_is_over_is_told_that_the_page_is_out_of_date(browser: Browser, portal: Portal) -> None:
    at_details(browser)
    at(portal, NOON + timedelta(minutes=30))

    assert "out of date" in browser.get("/register/details?lang=en").words


TOO_EARLY = [
    ("stranger", "kind", {"account_kind": "personal"}),
    ("stranger", "details", DETAILS),
    ("stranger", "confirm", {"basic_password": "31415926"}),
    ("agreed", "details", DETAILS),
    ("agreed", "confirm", {"basic_password": "31415926"}),
    ("details", "confirm", {"basic_password": "31415926"}),
]


@pytest.mark.parametrize(("state", "step", "typed"), TOO_EARLY)
def test_an_answer_that_comes_too_early_is_told_on_the_furthest_screen(
    browser: Browser, state: str, step: str, typed: dict[str, str]
) -> None:
    bring_to(browser, state)

    page = browser.post(f"/register/{step}", typed)

    assert (page.status, page.screen, page.problems) == (409, FURTHEST[state], {"form": "stale"})


@pytest.mark.parametrize("step", ["kind", "details"])
def test_an_answer_after_the_registration_is_told_on_the_done_page(browser: Browser, step: str) -> None:
    at_done(browser)

    page = browser.post(f"/register/{step}", {"account_kind": "personal", **DETAILS})

    assert (page.status, page.screen, page.problems) == (409, "register/done", {"form": "stale"})


@pytest.mark.parametrize("minutes", [30, 60])
def test_a_draft_past_its_thirty_minutes_sends_the_visitor_to_the_beginning(
    browser: Browser, portal: Portal, minutes: int
) -> None:
    at_confirm(browser)
    at(portal, NOON + timedelta(minutes=minutes))

    page = browser.submit(basic_password="31415926")

    assert (page.status, page.screen, page.problems) == (409, "register/terms", {"form": "stale"})
    assert browser.get("/register/confirm").screen == "register/terms"


def test_a_draft_holds_until_the_last_second_of_its_thirty_minutes(browser: Browser, portal: Portal) -> None:
    at_confirm(browser)
    at(portal, NOON + timedelta(minutes=30) - timedelta(seconds=1))

    assert browser.submit(basic_password="31415926").screen == "register/done"


def test_a_lost_post_keeps_the_plain_values_of_the_draft(browser: Browser) -> None:
    at_details(browser)

    page = browser.post("/register/confirm", {"basic_password": "31415926"})

    assert (page.status, page.screen) == (409, "register/details")
    assert page.value("captcha_id")


def test_a_confirmation_of_what_another_tab_has_changed_is_refused(browser: Browser) -> None:
    at_confirm(browser)
    path, _, sent = browser.sending("submit", {"basic_password": "31415926"})
    browser.get("/register/details")
    browser.submit(**DETAILS | {"internet_user_id": "LokShan2"})

    page = browser.post(path, sent)

    assert (page.status, page.screen, page.problems) == (409, "register/confirm", {"form": "stale"})
    assert page.text("review-internet_user_id") == "LokShan2"


def test_choosing_the_kind_again_clears_the_details(browser: Browser) -> None:
    at_confirm(browser)
    browser.get("/register/kind")

    page = browser.submit(account_kind="corporate")

    assert page.screen == "register/details"
    assert page.value("basic_user_id") == ""


def test_details_sent_twice_by_a_double_click_lead_on_as_once(browser: Browser) -> None:
    at_details(browser)
    path, _, sent = browser.sending("submit", DETAILS)
    browser.post(path, sent)

    assert browser.post(path, sent).screen == "register/confirm"


def test_a_language_button_of_a_lost_form_leads_to_the_furthest_screen(browser: Browser) -> None:
    at_details(browser)

    page = browser.post("/register/confirm?lang=en", {"lang_switch": "en", "basic_password": "31415926"})

    assert (page.status, page.screen, page.problems) == (200, "register/details", {"form": "stale"})


def test_a_refresh_button_of_a_lost_form_issues_nothing(browser: Browser, portal: Portal) -> None:
    page = browser.post("/register/details", {"captcha_refresh": "1"})

    assert page.screen == "register/terms"
    assert portal.tables.challenges.where() == []


def test_the_draft_of_one_visitor_is_not_open_to_another(browser: Browser, another: Browser) -> None:
    at_confirm(browser)

    assert another.get("/register/confirm").screen == "register/terms"
    assert PEOPLE["fresh-individual"].basic_user_ids[0] not in another.page.words
