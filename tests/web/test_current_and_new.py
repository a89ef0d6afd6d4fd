"""Where a form asks for the current password and a new one, a refusal says which of the two it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.scenes import LANGUAGES, sign_in

from ipportal.wording import say

if TYPE_CHECKING:
    from web.client import Browser


def test_the_change_of_the_internet_password_asks_for_the_new_one_by_that_name(browser: Browser) -> None:
    sign_in(browser)
    browser.get("/account/internet?lang=en")

    page = browser.submit()

    assert page.text("summary-current_internet_password") == "Enter the current Internet password."
    assert page.text("summary-internet_password") == "Enter the new Internet password."
    assert page.text("summary-internet_password_again") == "Enter the new Internet password once more."


@pytest.mark.parametrize("typed", ["short", "with a space 1", "1234567890123"])
def test_the_rules_of_the_internet_password_name_the_current_and_the_new_one(browser: Browser, typed: str) -> None:
    sign_in(browser)
    browser.get("/account/internet?lang=en")

    page = browser.submit(
        current_internet_password=typed, internet_password=typed, internet_password_again="Another202577"
    )

    assert page.text("summary-current_internet_password").startswith("The current password ")
    assert page.text("summary-internet_password").startswith("The new password ")


@pytest.mark.parametrize("typed", ["", "123", "1234567x"])
def test_the_rules_of_the_basic_password_name_the_current_and_the_new_one(browser: Browser, typed: str) -> None:
    sign_in(browser)
    browser.get("/basic-password?lang=en")

    page = browser.submit(basic_password=typed, new_basic_password=typed)

    assert "current" in page.text("summary-basic_password")
    assert "new" in page.text("summary-new_basic_password")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_current_password_warns_of_how_many_lock_the_id(browser: Browser, lang: str) -> None:
    sign_in(browser)
    browser.get(f"/account/internet?lang={lang}")

    page = browser.submit(
        current_internet_password="Practice00000",
        internet_password="Another202577",
        internet_password_again="Another202577",
    )

    warning = say("problems.current_internet_password.wrong_credentials", lang, login_tries=5)
    assert page.text("summary-current_internet_password") == warning
