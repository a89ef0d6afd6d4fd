"""A refusal says what it is about, and goes with what it was about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.scenes import (
    DETAILS,
    PEOPLE,
    at_cancel_confirm,
    at_confirm,
    at_details,
    at_kind,
    change,
    credentials,
    sign_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from web.client import Browser, Page

WRONG = {"internet_password": "Practice00000"}
NEW = {"internet_password": "Another202577", "internet_password_again": "Another202577"}


def login(browser: Browser) -> Page:
    return sign_in(browser, "locked-internet")


def cancel(browser: Browser) -> Page:
    return at_cancel_confirm(browser, "locked-internet")


def internet_password(browser: Browser) -> Page:
    sign_in(browser)
    for _ in range(5):
        browser.get("/account/internet")
        browser.submit(current_internet_password="Practice00000", **NEW)
    return browser.page


def basic_password(browser: Browser) -> Page:
    sign_in(browser, "registered-first-login-due")
    for _ in range(3):
        change(browser, basic_password="00000000")
    return browser.page


def confirm_cancelling(browser: Browser) -> Page:
    at_cancel_confirm(browser)
    for _ in range(3):
        browser.submit(basic_password="00000000")
    return browser.page


def confirm_registration(browser: Browser) -> Page:
    at_confirm(browser)
    for _ in range(3):
        browser.submit(basic_password="00000000")
    return browser.page


@pytest.mark.parametrize(
    ("locks", "begins", "ends"),
    [
        (login, "This Internet user ID is locked", "unlock it."),
        (cancel, "This Internet user ID is locked", "unlock it."),
        (internet_password, "This Internet user ID is locked", "unlock it."),
        (basic_password, "The account is locked on every channel", "unlock it."),
        (confirm_cancelling, "The account is locked on every channel", "unlock it."),
        (confirm_registration, "The account is locked on every channel", "register again from the start."),
    ],
)
def test_a_lock_says_what_it_has_locked_in_the_other_language_too(
    browser: Browser, locks: Callable[[Browser], Page], begins: str, ends: str
) -> None:
    assert locks(browser).problems == {"form": "locked"}

    page = browser.submit("lang-en")

    assert page.problems == {"form": "locked"}
    told = page.text("summary").removeprefix("There is a problem ")
    assert (told[: len(begins)], told[-len(ends) :]) == (begins, ends)


def test_a_refused_login_says_how_many_wrong_passwords_lock(browser: Browser) -> None:
    browser.get("/login?lang=en")

    page = browser.submit(**credentials("registered") | WRONG)

    assert page.text("summary").endswith("An ID is locked when the number of wrong passwords in a row reaches 5.")


def switched(browser: Browser, refused: dict[str, str], **since: str) -> dict[str, str]:
    """Return what a details form still says in another language, when some of what it refused has changed since."""
    browser.get("/?lang=zh-Hant")
    at_details(browser)
    browser.submit(**DETAILS | refused)
    return browser.submit("lang-en", **since).problems


def test_a_field_that_was_changed_since_keeps_no_refusal_in_the_other_language(browser: Browser) -> None:
    taken = {"internet_user_id": "NimChi07", "identity_prefix": "ZZ99"}
    both = {"internet_user_id": "taken", "form": "not_recognised"}

    assert switched(browser, taken) == both
    assert switched(browser, taken, internet_user_id="LokShan1") == {"form": "not_recognised"}
    assert switched(browser, taken, identity_prefix=DETAILS["identity_prefix"]) == {"internet_user_id": "taken"}
    assert switched(browser, taken, linked_basic_user_id_4="99000202") == {"internet_user_id": "taken"}
    assert switched(browser, taken, internet_password="Practice20257") == both


def test_a_refusal_for_being_the_same_goes_with_either_of_the_two(browser: Browser) -> None:
    same = {"linked_basic_user_id_2": DETAILS["basic_user_id"]}

    assert switched(browser, same) == {"linked_basic_user_id_2": "duplicate"}
    assert switched(browser, same, linked_basic_user_id_2="") == {}
    assert switched(browser, same, basic_user_id="99000202") == {}


def test_an_identity_number_that_is_not_shown_again_counts_as_changed_once_something_is_typed(browser: Browser) -> None:
    whole = {"identity_prefix": "ZA123456"}

    assert switched(browser, whole) == {"identity_prefix": "length"}
    assert switched(browser, whole, identity_prefix="ZA12") == {}


def test_a_client_that_sends_only_the_hidden_fields_has_changed_nothing(browser: Browser) -> None:
    at_details(browser)
    page = browser.submit(**DETAILS | {"internet_user_id": "NimChi07"})

    switched = browser.post("/register/details", {"lang_switch": "en", "refused": page.value("refused")})

    assert switched.problems == page.problems == {"internet_user_id": "taken"}


def test_a_kind_that_was_chosen_since_is_no_longer_missing(browser: Browser) -> None:
    at_kind(browser)
    assert browser.submit().problems == {"account_kind": "required"}

    assert browser.submit("lang-en", account_kind="personal").problems == {}


@pytest.mark.parametrize("key", ["registered", "locked-internet"])
def test_another_id_than_the_refused_one_is_not_refused_yet(browser: Browser, key: str) -> None:
    browser.get("/login")
    browser.submit(**credentials(key) | WRONG)
    stays = browser.submit("lang-en").problems

    assert stays
    assert browser.submit("lang-zh-Hans", internet_user_id="LokShan1").problems == {}


def test_a_locked_account_is_told_whatever_is_typed_since(browser: Browser) -> None:
    basic_password(browser)

    page = browser.submit("lang-en", internet_user_id=PEOPLE["registered"].internet_user_id or "")

    assert page.problems == {"form": "locked"}
