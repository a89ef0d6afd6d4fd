"""Enter in a field presses the form's own button: not the language's, and not the one for a new picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import (
    DETAILS,
    OWN_PASSWORD,
    at,
    credentials,
    field,
    fill,
    sign_in,
    to_cancel_confirm,
    to_confirm,
    to_details,
)
from props import PEOPLE, WORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("name", ["basic_user_id", "internet_password", "captcha"])
def test_enter_submits_the_details(visit: Callable[..., Page], name: str, *, scripts: bool) -> None:
    page = visit(scripts=scripts)
    to_details(page)
    fill(page, **DETAILS)

    field(page, name).press("Enter")

    at(page, "register/confirm", "zh-Hant")


def test_enter_chooses_the_account_kind(page: Page) -> None:
    to_details(page)
    page.goto("/register/kind")
    page.locator('[value="personal"]').press("Space")

    page.locator('[value="personal"]').press("Enter")

    at(page, "register/details", "zh-Hant")


def test_enter_confirms_the_registration(page: Page) -> None:
    to_confirm(page)
    fill(page, basic_password=PEOPLE["fresh-individual"].basic_password)

    field(page, "basic_password").press("Enter")

    at(page, "register/done", "zh-Hant")


def test_enter_logs_on(page: Page) -> None:
    page.goto("/login")
    fill(page, **credentials("registered"))

    field(page, "internet_user_id").press("Enter")

    at(page, "account/home", "zh-Hant")


def test_enter_changes_the_basic_password(page: Page) -> None:
    sign_in(page, "registered-first-login-due")
    old = PEOPLE["registered-first-login-due"].basic_password
    fill(page, basic_password=old, new_basic_password=OWN_PASSWORD, new_basic_password_again=OWN_PASSWORD, captcha=WORD)

    field(page, "captcha").press("Enter")

    at(page, "basic_password/done", "zh-Hant")


def test_enter_cancels_an_internet_user_id(page: Page) -> None:
    to_cancel_confirm(page)
    fill(page, basic_password=PEOPLE["registered"].basic_password)

    field(page, "basic_password").press("Enter")

    at(page, "cancel/done", "zh-Hant")
