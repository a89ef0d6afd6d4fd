"""Back, Forward, refresh and deep links: nobody gets lost, and nothing happens twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import (
    DETAILS,
    SECRETS,
    at,
    codes,
    fill,
    hidden,
    press,
    refused,
    registered,
    shown,
    to_confirm,
    to_details,
    to_done,
)
from playwright.sync_api import expect
from props import PEOPLE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser

CARD = PEOPLE["fresh-individual"]
STALE = {"form": "stale"}
TYPED = {name: value for name, value in DETAILS.items() if name not in {*SECRETS, "captcha"}}


def test_back_from_the_review_shows_the_details_and_forward_the_review(page: Page) -> None:
    to_confirm(page)

    page.go_back()
    at(page, "register/details")
    assert shown(page, *TYPED) == TYPED
    assert shown(page, *SECRETS) == dict.fromkeys(SECRETS, "")

    page.go_forward()
    at(page, "register/confirm")
    fill(page, basic_password=CARD.basic_password)
    press(page, "submit")
    at(page, "register/done")


def test_the_portals_own_back_keeps_the_details(page: Page) -> None:
    to_confirm(page)

    press(page, "back")

    at(page, "register/details")
    assert shown(page, *TYPED) == TYPED
    assert shown(page, *SECRETS, "captcha") == dict.fromkeys((*SECRETS, "captcha"), "")


def test_another_account_kind_clears_what_followed(page: Page) -> None:
    to_confirm(page)
    page.goto("/register/kind")
    page.locator('[value="corporate"]').check()
    press(page, "submit")
    at(page, "register/details")
    assert set(shown(page, *TYPED).values()) == {""}

    page.go_back()
    page.go_back()

    at(page, "register/details")
    assert codes(page) == STALE


def test_a_refresh_shows_the_same_page(page: Page) -> None:
    to_confirm(page)
    revision = hidden(page, "revision")

    page.reload()

    at(page, "register/confirm")
    assert hidden(page, "revision") == revision
    assert codes(page) == {}


def test_a_refreshed_refusal_is_refused_again(page: Page) -> None:
    to_details(page)
    fill(page, **DETAILS | {"captcha": "WRONG1"})
    press(page, "submit")
    assert refused(page) == {"captcha": "captcha_wrong"}

    page.reload()

    at(page, "register/details")
    assert refused(page) == {"captcha": "captcha_expired"}
    assert shown(page, *TYPED) == TYPED


def test_back_to_a_refusal_that_was_mended_shows_the_form(page: Page) -> None:
    to_details(page)
    fill(page, **DETAILS | {"captcha": "WRONG1"})
    press(page, "submit")
    assert refused(page) == {"captcha": "captcha_wrong"}
    fill(page, **{name: DETAILS[name] for name in (*SECRETS, "captcha")})
    press(page, "submit")
    at(page, "register/confirm")

    page.go_back()

    at(page, "register/details")
    assert (codes(page), shown(page, *TYPED)) == ({}, TYPED)


@pytest.mark.parametrize("link", ["home", "lang-en"])
def test_back_to_a_refusal_that_was_left_by_a_link_shows_the_form(page: Page, link: str) -> None:
    page.goto("/cancel")
    press(page, "submit")
    assert refused(page)

    with page.expect_navigation():  # Chromium knows no way back while the next page is coming
        press(page, link)
    page.go_back()

    at(page, "cancel/form")


def test_the_practice_accounts_open_beside_a_form_which_keeps_what_is_typed(page: Page) -> None:
    to_details(page)
    fill(page, **DETAILS)

    with page.context.expect_page() as opened:
        page.get_by_test_id("practice").click()

    at(opened.value, "practice/accounts")
    at(page, "register/details")
    assert shown(page, *TYPED) == TYPED


def test_refreshing_the_last_page_registers_nothing_more(page: Page, stage: Portal) -> None:
    to_done(page)

    page.reload()

    at(page, "register/done")
    expect(page.get_by_test_id("success")).to_be_visible()
    assert registered(stage) == 1


@pytest.mark.parametrize("path", ["/register/kind", "/register/details", "/register/confirm"])
def test_there_is_no_way_back_into_a_registration_that_is_done(page: Page, path: str) -> None:
    to_done(page)

    page.goto(path)

    at(page, "register/done")
    assert codes(page) == STALE


def test_back_after_the_registration_shows_that_it_is_done(page: Page, stage: Portal) -> None:
    to_done(page)

    page.go_back()
    at(page, "register/done")
    page.go_forward()
    at(page, "register/done")

    assert registered(stage) == 1


@pytest.mark.parametrize(
    ("path", "screen"),
    [
        ("/register/kind", "register/terms"),
        ("/register/details", "register/terms"),
        ("/register/confirm", "register/terms"),
        ("/register/done", "register/terms"),
        ("/cancel/confirm", "cancel/form"),
        ("/cancel/done", "cancel/form"),
    ],
)
def test_a_deep_link_leads_to_where_the_visitor_can_begin(page: Page, path: str, screen: str) -> None:
    page.goto(path)

    at(page, screen)
    assert codes(page) == STALE


def test_a_deep_link_leads_to_the_furthest_screen(page: Page) -> None:
    to_details(page)

    page.goto("/register/done")

    at(page, "register/details")
    assert codes(page) == STALE
