"""What a browser shows once the visitor has logged off, and who is told when a session ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from browser.pages import at, codes, press, sign_in
from playwright.sync_api import expect
from props import NOON, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser

PERSON = PEOPLE["registered"]
OWN = [PERSON.internet_user_id or "", PERSON.basic_user_ids[0], PERSON.names["zh-Hant"], "2025年3月28日"]


def seen_of_the_account(page: Page) -> list[str]:
    """Return what of the account the page still shows."""
    text = page.content()
    return [each for each in OWN if each in text]


def test_the_main_page_tells_the_last_login(page: Page) -> None:
    sign_in(page)

    expect(page.get_by_test_id("last-login")).to_contain_text("2025年3月28日 10:33:31")


@pytest.mark.parametrize("scripts", [True, False])
def test_back_and_forward_after_logging_off_show_nothing_of_the_account(
    visit: Callable[..., Page], *, scripts: bool
) -> None:
    page = visit(scripts=scripts)
    sign_in(page)
    page.goto("/account/internet")
    assert seen_of_the_account(page)
    press(page, "logout")
    at(page, "login/form")
    expect(page.locator('[data-notice="signed_out"]')).to_be_visible()

    for step in (page.go_back, page.go_back, page.go_forward, page.go_forward):
        step()
        at(page, "login/form")
        assert seen_of_the_account(page) == []


def test_back_after_the_exit_of_the_menu_shows_nothing_of_the_account(page: Page) -> None:
    sign_in(page)
    press(page, "menu-exit")
    at(page, "login/form")

    page.go_back()

    at(page, "login/form")
    expect(page.locator('[data-notice="login_first"]')).to_be_visible()
    assert seen_of_the_account(page) == []


def test_another_tab_is_logged_off_too(page: Page) -> None:
    sign_in(page)
    other = page.context.new_page()
    other.goto("/account")
    press(page, "logout")
    at(page, "login/form")

    press(other, "menu-internet")

    at(other, "login/form")
    assert seen_of_the_account(other) == []


def test_the_latest_login_ends_the_earlier_one_and_says_so_there(visit: Callable[..., Page]) -> None:
    here, elsewhere = visit(), visit()
    sign_in(here)
    sign_in(elsewhere)

    press(here, "menu-internet")

    at(here, "login/form")
    expect(here.locator('[data-notice="elsewhere"]')).to_be_visible()
    elsewhere.reload()
    at(elsewhere, "account/home")


def test_back_from_the_main_page_does_not_log_off(page: Page) -> None:
    sign_in(page)
    press(page, "menu-contact")
    at(page, "account/contact")

    page.go_back()
    at(page, "account/home")
    page.go_forward()

    at(page, "account/contact")


@pytest.mark.parametrize("path", ["/account", "/account/internet", "/basic-password", "/basic-password/done"])
def test_a_stranger_is_asked_to_log_on(page: Page, path: str) -> None:
    page.goto(path)

    at(page, "login/form")
    expect(page.locator('[data-notice="login_first"]')).to_be_visible()


@pytest.mark.parametrize("path", ["/account", "/account/internet", "/basic-password/done"])
def test_everything_waits_for_the_change_of_an_issued_basic_password(page: Page, path: str) -> None:
    sign_in(page, "registered-first-login-due")

    page.goto(path)

    at(page, "basic_password/form")


def test_an_idle_session_is_over_and_says_so(page: Page, stage: Portal) -> None:
    sign_in(page)
    stage.stored_clock.set(NOON + timedelta(minutes=15))

    page.reload()

    at(page, "login/form")
    expect(page.locator('[data-notice="expired"]')).to_be_visible()


def test_a_page_that_closes_for_maintenance_opens_again_after_it(page: Page, stage: Portal) -> None:
    page.goto("/login")
    stage.stored_clock.set(NOON.replace(hour=5))
    page.reload()
    at(page, "closed")
    assert codes(page) == {"form": "closed"}
    expect(page.get_by_test_id("reopens")).to_contain_text("06:00:00")

    stage.stored_clock.set(NOON.replace(hour=6))
    page.reload()

    at(page, "login/form")
