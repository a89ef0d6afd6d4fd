from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, PEOPLE, WORD, account
from web.scenes import NEW_BASIC, at, change, sign_in

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

CURRENT = PEOPLE["registered-linked"].basic_password
DUE = "registered-first-login-due"


@pytest.mark.parametrize("position", ["2", "3"])
def test_a_linked_account_changes_its_own_issued_password(browser: Browser, portal: Portal, position: str) -> None:
    sign_in(browser, "registered-linked")
    browser.get("/account/internet")
    assert browser.page.by(f"linked-{position}")["data-issued"] == "yes"
    browser.click(f"change-basic-password-{position}")

    change(browser, "registered-linked")

    issued = [account(portal, f"9900080{number}").issued for number in (1, 2, 3)]
    assert issued == [False, position != "2", position != "3"]
    assert browser.get("/account/internet").by(f"linked-{position}")["data-issued"] == "no"


@pytest.mark.parametrize("asked", ["4", "5", "0", "-1", "x", "\uff12"])
def test_an_account_that_is_not_linked_is_not_found(browser: Browser, asked: str) -> None:
    sign_in(browser, "registered-linked")

    assert browser.get("/basic-password", query_string={"account": asked}).status == 404


def test_a_linked_account_is_told_from_the_primary_one_by_its_number(browser: Browser) -> None:
    sign_in(browser, "registered-linked")

    page = browser.get("/basic-password?account=2&lang=en")
    assert page.by("lang-zh-Hant")["formaction"] == "/basic-password?account=2&lang=zh-Hant"

    assert page.text("masked-basic_user_id") == "99...... Linked CCASS Basic User ID 2"


@pytest.mark.parametrize("position", ["4", "9", "0", "-1", "x", "\uff12"])
def test_a_tampered_position_is_stale_and_changes_nothing(browser: Browser, portal: Portal, position: str) -> None:
    sign_in(browser, "registered-linked")
    browser.get("/basic-password")

    page = change(browser, "registered-linked", position=position)

    assert (page.status, page.problems, page.value("position")) == (409, {"form": "stale"}, "1")
    assert len(portal.tables.past_passwords.where(basic_user_id="99000801")) == 1


def test_a_form_of_a_linked_account_that_is_stale_is_shown_again_for_that_account(browser: Browser) -> None:
    sign_in(browser, "registered-linked")
    used = browser.get("/basic-password?account=2")
    change(browser, "registered-linked")
    browser.page = used

    page = change(browser, "registered-linked", new_basic_password="86420136", new_basic_password_again="86420136")

    assert (page.status, page.problems, page.value("position")) == (409, {"form": "stale"}, "2")


def test_the_refresh_button_shows_another_picture_and_judges_nothing(browser: Browser) -> None:
    shown = sign_in(browser, "registered-first-login-due").value("captcha_id")

    page = browser.submit("captcha-refresh", basic_password="123")

    assert (page.status, page.screen, page.problems) == (200, "basic_password/form", {})
    assert page.value("captcha_id") != shown
    assert page.value("basic_password") == ""


def test_a_language_button_keeps_the_picture_and_its_answer(browser: Browser) -> None:
    shown = sign_in(browser, "registered-first-login-due").value("captcha_id")

    page = browser.submit("lang-en", captcha="ABC")

    assert (page.lang, page.value("captcha_id"), page.value("captcha")) == ("en", shown, "ABC")


@pytest.mark.parametrize("button", [{}, {"lang_switch": "en"}, {"captcha_refresh": "1"}])
def test_a_form_sent_after_the_session_expired_leads_to_the_login_and_says_so(
    browser: Browser, portal: Portal, button: dict[str, str]
) -> None:
    sign_in(browser, "registered-first-login-due")
    path, _, sent = browser.sending("submit", {"basic_password": "26457513", **NEW_BASIC, "captcha": WORD})
    at(portal, NOON + timedelta(minutes=15))

    page = browser.post(path, sent | button)

    assert (page.screen, page.notice) == ("login/form", "expired")
    assert account(portal, "99000606").issued


def test_a_form_sent_by_a_stranger_leads_to_the_login(browser: Browser) -> None:
    page = browser.post("/basic-password", {"basic_password": CURRENT, **NEW_BASIC, "captcha": WORD})

    assert (page.screen, page.notice) == ("login/form", "login_first")


def test_a_change_at_will_starts_from_the_phone_system(browser: Browser) -> None:
    sign_in(browser, "registered")
    browser.click("menu-phone")
    browser.click("change-basic-password")

    assert change(browser, "registered").screen == "basic_password/done"


def test_a_form_of_a_session_ended_elsewhere_is_refused_with_the_reason(browser: Browser, another: Browser) -> None:
    sign_in(browser, "registered")
    browser.get("/basic-password")
    sign_in(another, "registered")

    page = change(browser, "registered")

    assert (page.screen, page.notice) == ("login/form", "elsewhere")


def test_a_double_click_on_change_shows_it_done_and_changes_once(browser: Browser, portal: Portal) -> None:
    sign_in(browser, DUE)
    path, _, sent = browser.sending(
        "submit", {"basic_password": PEOPLE[DUE].basic_password, **NEW_BASIC, "captcha": WORD}
    )
    before = browser.cookie
    browser.post(path, sent)
    browser.cookie = before

    page = browser.post(path, sent)

    assert page.screen == "basic_password/done"
    assert len(portal.tables.past_passwords.where(basic_user_id="99000606")) == 1


@pytest.mark.parametrize("button", [{"lang_switch": "en"}, {"captcha_refresh": "1"}])
def test_another_button_of_a_form_that_was_sent_counts_no_wrong_try(
    browser: Browser, portal: Portal, button: dict[str, str]
) -> None:
    sign_in(browser, DUE)
    typed = {"basic_password": PEOPLE[DUE].basic_password, **NEW_BASIC, "captcha": WORD}
    path, _, sent = browser.sending("submit", typed)
    before = browser.cookie
    browser.post(path, sent)
    browser.cookie = before

    page = browser.post(path, sent | {"basic_password": "00000000"} | button)

    assert (page.screen, page.notice) == ("login/form", "changed")
    assert account(portal, "99000606").failed_tries == 0


def test_a_change_and_the_word_that_it_is_done_count_as_visits(browser: Browser, portal: Portal) -> None:
    sign_in(browser, DUE)
    at(portal, NOON + timedelta(minutes=10))
    browser.get("/basic-password")
    at(portal, NOON + timedelta(minutes=14))
    change(browser)
    at(portal, NOON + timedelta(minutes=28))
    assert browser.get("/basic-password/done").screen == "basic_password/done"
    at(portal, NOON + timedelta(minutes=42))

    assert browser.click("continue").screen == "account/home"


def test_a_change_ends_the_sessions_elsewhere_and_says_why(browser: Browser, another: Browser) -> None:
    sign_in(browser, "registered")
    browser.get("/basic-password")
    another.cookie = browser.cookie
    change(browser, "registered")

    page = another.get("/account")

    assert (page.screen, page.notice) == ("login/form", "changed")


def test_there_is_nothing_done_before_the_change(browser: Browser) -> None:
    sign_in(browser, DUE)

    assert browser.get("/basic-password/done").screen == "basic_password/form"


@pytest.mark.parametrize("path", ["/basic-password", "/basic-password/done"])
def test_a_stranger_is_asked_to_log_on_first(browser: Browser, path: str) -> None:
    page = browser.get(path)

    assert (page.screen, page.notice) == ("login/form", "login_first")
