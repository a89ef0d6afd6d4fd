from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, meanwhile, user
from web.scenes import at, credentials, sign_in

if TYPE_CHECKING:
    from web.client import Browser, Page

    from ipportal.portal import Portal
    from ipportal.store.schema import Session

CURRENT = credentials("registered")["internet_password"]
NEW = "Another202577"
RIGHT = {"current_internet_password": CURRENT, "internet_password": NEW, "internet_password_again": NEW}


def at_form(browser: Browser) -> Page:
    sign_in(browser)
    return browser.click("menu-internet")


def test_the_internet_account_page_shows_the_linked_accounts_and_their_passwords_state(browser: Browser) -> None:
    sign_in(browser, "registered-linked")

    page = browser.get("/account/internet?lang=en")

    assert page.text("internet_user_id") == "HoFung08"
    assert [page.by(f"linked-{number}")["data-issued"] for number in (1, 2, 3)] == ["no", "yes", "yes"]
    assert "still the issued one" in page.text("linked-2")
    assert "primary" in page.text("linked-1")


def test_changing_the_internet_password_renews_the_session_and_says_so(browser: Browser) -> None:
    at_form(browser)
    before = browser.kept["signed_in"]

    page = browser.submit(**RIGHT)

    assert (page.screen, page.notice) == ("account/internet", "internet_password_changed")
    assert browser.kept["signed_in"] != before
    browser.submit("logout")
    assert sign_in(browser).problems == {"form": "wrong_credentials"}
    assert browser.submit(**credentials("registered") | {"internet_password": NEW}).screen == "account/home"


def test_a_change_ends_the_sessions_elsewhere(browser: Browser, another: Browser) -> None:
    at_form(browser)
    another.cookie = browser.cookie
    browser.submit(**RIGHT)

    assert (another.get("/account").screen, another.page.notice) == ("login/form", "changed")


FAULTS = [
    ("current_internet_password", "", "required"),
    ("current_internet_password", "Practice2025", "length"),
    ("current_internet_password", "PracticePractic", "mixed"),
    ("current_internet_password", "Practice-20257", "chars"),
    ("internet_password_again", "", "required"),
    ("internet_password_again", "Another202578", "differs"),
    ("current_internet_password", "Practice20258", "wrong_credentials"),
]


@pytest.mark.parametrize(("field", "value", "code"), FAULTS)
def test_a_refusal_is_told_at_its_field(browser: Browser, field: str, value: str, code: str) -> None:
    at_form(browser)

    page = browser.submit(**RIGHT | {field: value})

    assert (page.status, page.screen, page.problems) == (422, "account/internet", {field: code})
    assert NEW not in page.body.decode()


@pytest.mark.parametrize(
    ("new", "code"), [("Short1", "length"), ("Another 20257", "chars"), ("1234567890123", "mixed")]
)
def test_the_new_password_keeps_the_registrations_rules(browser: Browser, new: str, code: str) -> None:
    at_form(browser)

    page = browser.submit(**RIGHT | {"internet_password": new, "internet_password_again": new})

    assert (page.status, page.problems) == (422, {"internet_password": code})


def test_all_format_faults_are_told_at_once(browser: Browser) -> None:
    at_form(browser)

    page = browser.submit()

    assert (page.status, page.problems) == (422, dict.fromkeys(RIGHT, "required"))


def test_the_fifth_wrong_current_password_locks_the_id_and_ends_the_session(browser: Browser) -> None:
    at_form(browser)
    for number in range(4):
        browser.submit(**RIGHT | {"current_internet_password": f"Practice0000{number}"})

    page = browser.submit(**RIGHT | {"current_internet_password": "Practice00009"})

    assert (page.status, page.screen, page.problems) == (422, "login/form", {"form": "locked"})
    assert browser.get("/account").screen == "login/form"


def test_a_language_button_judges_nothing_and_empties_the_secrets(browser: Browser) -> None:
    at_form(browser)

    page = browser.submit("lang-en", **RIGHT)

    assert (page.status, page.lang, page.problems) == (200, "en", {})
    assert CURRENT not in page.body.decode()


def test_a_form_sent_after_the_session_expired_changes_nothing(browser: Browser, portal: Portal) -> None:
    at_form(browser)
    at(portal, NOON + timedelta(minutes=15))

    page = browser.submit(**RIGHT)

    assert (page.screen, page.notice) == ("login/form", "expired")
    assert sign_in(browser).screen == "account/home"


def pressed(browser: Browser) -> tuple[str, dict[str, str], str]:
    """Change the password; return where the form was sent, what was sent, and the cookie that was sent with it."""
    at_form(browser)
    path, _, sent = browser.sending("submit", RIGHT)
    before = browser.cookie
    browser.post(path, sent)
    browser.cookie = before
    return path, sent, before


def test_a_double_click_on_change_is_shown_as_done_and_goes_on_where_the_first_one_does(browser: Browser) -> None:
    path, sent, _ = pressed(browser)

    page = browser.post(path, sent)

    assert (page.screen, page.notice) == ("account/internet", "internet_password_changed")
    assert browser.get("/account").screen == "account/home"
    browser.submit("logout")
    assert browser.submit(**credentials("registered") | {"internet_password": NEW}).screen == "account/home"


def test_other_tabs_that_ask_for_other_new_passwords_are_led_to_the_login_and_lock_nobody(
    browser: Browser, portal: Portal
) -> None:
    path, sent, before = pressed(browser)
    told = len(portal.journal.entries())

    for number in range(6):
        browser.cookie = before
        other = f"Another20257{number}"
        page = browser.post(path, sent | {"internet_password": other, "internet_password_again": other})
        assert (page.screen, page.notice) == ("login/form", "changed")

    browser.cookie = before
    assert browser.post(path, sent).screen == "login/form"
    assert (user(portal, "NimChi07").failed_tries, user(portal, "NimChi07").locked) == (0, False)
    assert [each.reason for each in portal.journal.entries()[told:]] == ["changed"] * 7


@pytest.mark.parametrize("button", ["lang-en", "submit"])
def test_what_a_session_that_is_over_sends_besides_leads_to_the_login(
    browser: Browser, portal: Portal, button: str
) -> None:
    path, sent, _ = pressed(browser)
    more = {"lang_switch": "en"} if button == "lang-en" else {"internet_password": "short"}

    page = browser.post(path, sent | more)

    assert (page.screen, page.notice) == ("login/form", "changed")
    assert user(portal, "NimChi07").failed_tries == 0


def test_of_two_presses_at_the_same_time_both_are_shown_as_done(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_form(browser)
    path, _, sent = browser.sending("submit", RIGHT)
    other = browser.beside("")
    other.cookie = browser.cookie
    meanwhile(monkeypatch, lambda: portal.at(NOON).account.change_internet_password(held(portal), RIGHT))

    page = browser.post(path, sent)

    assert (page.screen, page.notice) == ("account/internet", "internet_password_changed")
    assert len(portal.tables.sessions.where(ended="")) == 1


def held(portal: Portal) -> Session:
    (session,) = portal.tables.sessions.where(ended="")
    return session
