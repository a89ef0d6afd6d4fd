"""A change of language stays on the page and loses nothing but secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import (
    DETAILS,
    OWN_PASSWORD,
    SECRETS,
    at,
    codes,
    fill,
    press,
    refused,
    screen,
    shown,
    sign_in,
    to_confirm,
    to_details,
    words,
)
from playwright.sync_api import expect
from props import PEOPLE, WORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

KEPT = {name: value for name, value in DETAILS.items() if name not in SECRETS}


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_typed_stays_but_secrets(visit: Callable[..., Page], *, scripts: bool) -> None:
    page = visit(scripts=scripts)
    to_details(page)
    fill(page, **DETAILS)

    press(page, "lang-en")

    at(page, "register/details", "en")
    assert shown(page, *KEPT) == KEPT
    assert shown(page, *SECRETS) == dict.fromkeys(SECRETS, "")
    assert codes(page) == {}


def test_a_chosen_account_kind_stays(page: Page) -> None:
    to_details(page)
    page.goto("/register/kind")
    page.locator('[value="corporate"]').check()

    press(page, "lang-en")

    at(page, "register/kind", "en")
    expect(page.locator('[value="corporate"]')).to_be_checked()


def refused_kind(page: Page) -> None:
    page.goto("/register/terms")
    press(page, "agree")
    at(page, "register/kind")
    press(page, "submit")


def refused_details(page: Page) -> None:
    to_details(page)
    fill(page, **DETAILS | {"internet_user_id": "short", "linked_basic_user_id_2": DETAILS["basic_user_id"]})
    press(page, "submit")


def refused_details_by_the_store(page: Page) -> None:
    to_details(page)
    fill(page, **DETAILS | {"identity_prefix": "ZA13"})
    press(page, "submit")


def refused_confirm(page: Page) -> None:
    to_confirm(page)
    fill(page, basic_password="11111111")
    press(page, "submit")


def locked_confirm(page: Page) -> None:
    to_confirm(page)
    for left in (2, 1, 0):
        fill(page, basic_password="11111111")
        press(page, "submit")
        page.locator(
            '[data-code="locked"]' if not left else f'[data-problem="basic_password"]:has-text("{left}")'
        ).first.wait_for()


def refused_login(page: Page) -> None:
    page.goto("/login")
    fill(page, internet_user_id="Nobody99", internet_password="Mistaken20251")
    press(page, "submit")


def refused_new_password(page: Page) -> None:
    sign_in(page, "registered")
    page.goto("/basic-password")
    old = PEOPLE["registered"].basic_password
    fill(page, basic_password=old, new_basic_password="1234567", new_basic_password_again="7654321", captcha=WORD)
    press(page, "submit")


def refused_internet_password(page: Page) -> None:
    sign_in(page, "registered")
    page.goto("/account/internet")
    press(page, "submit")


def refused_cancel(page: Page) -> None:
    page.goto("/cancel")
    press(page, "submit")


def locked_new_password(page: Page) -> None:
    sign_in(page, "registered")
    page.goto("/basic-password")
    for left in (2, 1, 0):
        fill(page, basic_password="11111111", captcha=WORD)
        fill(page, new_basic_password=OWN_PASSWORD, new_basic_password_again=OWN_PASSWORD)
        press(page, "submit")
        page.locator(
            '[data-code="locked"]' if not left else f'[data-problem="basic_password"]:has-text("{left}")'
        ).first.wait_for()


REFUSED = [
    refused_kind,
    refused_details,
    refused_details_by_the_store,
    refused_confirm,
    locked_confirm,
    refused_login,
    refused_new_password,
    locked_new_password,
    refused_internet_password,
    refused_cancel,
]


@pytest.mark.parametrize(("go", "scripts"), [(refused_details, True), *((go, False) for go in REFUSED)])
def test_refusals_are_told_again_in_the_other_language(
    visit: Callable[..., Page], go: Callable[[Page], None], *, scripts: bool
) -> None:
    page = visit(scripts=scripts)
    go(page)
    before, told = refused(page), words(page)
    where = screen(page)

    press(page, "lang-zh-Hans")

    at(page, where, "zh-Hans")
    assert refused(page) == before
    assert words(page) != told
    expect(page.get_by_test_id("summary")).to_be_focused()


def test_a_filtered_notice_board_stays_filtered(page: Page) -> None:
    sign_in(page)
    page.get_by_test_id("topic").select_option("system")
    press(page, "filter")
    expect(page.locator('[data-testid^="notice-"]')).to_have_count(1)

    press(page, "lang-en")

    at(page, "account/home", "en")
    expect(page.locator('[data-testid^="notice-"]')).to_have_count(1)


def test_the_account_whose_password_changes_stays(page: Page) -> None:
    sign_in(page, "registered-linked")
    page.goto("/account/internet")
    press(page, "change-basic-password-2")
    at(page, "basic_password/form")

    press(page, "lang-en")

    at(page, "basic_password/form", "en")
    expect(page.locator('[name="position"]')).to_have_value("2")
