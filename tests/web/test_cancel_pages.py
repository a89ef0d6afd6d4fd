from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, PEOPLE, WORD, account
from web.scenes import DETAILS, LANGUAGES, at, at_cancel_confirm, at_confirm, credentials, sign_in

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

PASSWORD = PEOPLE["registered-linked"].basic_password


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_id_is_cancelled_from_the_home_page_in_each_language(browser: Browser, lang: str) -> None:
    browser.get(f"/?lang={lang}")
    screens = [browser.click("cancel").screen]
    screens.append(browser.submit(**credentials("registered-linked"), captcha=WORD).screen)
    screens.append(browser.submit(basic_password=PASSWORD).screen)
    screens.append(browser.click("continue").screen)

    assert screens == ["cancel/form", "cancel/confirm", "cancel/done", "home"]
    assert browser.page.lang == lang


def test_who_cancels_the_own_id_is_signed_out_by_it(browser: Browser) -> None:
    sign_in(browser, "registered-linked")
    at_cancel_confirm(browser)
    browser.submit(basic_password=PASSWORD)

    assert not browser.get("/nosuch").has("main-page")
    assert browser.get("/account").notice == "login_first"


def test_who_cancels_another_id_stays_signed_in(browser: Browser) -> None:
    sign_in(browser, "registered")
    at_cancel_confirm(browser)
    browser.submit(basic_password=PASSWORD)

    assert browser.get("/account").screen == "account/home"


def test_the_review_shows_what_will_go(browser: Browser) -> None:
    page = at_cancel_confirm(browser)

    assert page.text("review-internet_user_id") == "HoFung08"
    assert page.text("review-accounts").split() == ["99000801", "99000802", "99000803"]
    assert browser.click("back").screen == "cancel/form"


def test_back_keeps_the_id_but_no_secret_until_it_is_cancelled(browser: Browser) -> None:
    at_cancel_confirm(browser)

    page = browser.click("back")
    kept = [page.value(name) for name in ("internet_user_id", "internet_password", "captcha")]
    at_cancel_confirm(browser)
    browser.submit(basic_password=PASSWORD)

    assert kept == ["HoFung08", "", ""]
    assert browser.get("/cancel").value("internet_user_id") == ""


def test_the_cancelled_id_stays_taken_and_its_account_registers_another_at_once(browser: Browser) -> None:
    at_cancel_confirm(browser)
    page = browser.submit(basic_password=PASSWORD)
    assert "2025年4月30日 12:00:00" in page.words

    mine = {"basic_user_id": "99000801", "identity_prefix": "ZF22"}
    assert at_confirm(browser, **mine, internet_user_id="HoFung08").problems == {"internet_user_id": "taken"}
    assert at_confirm(browser, **mine, internet_user_id="HoFung09").screen == "register/confirm"
    assert sign_in(browser, "registered-linked").problems == {"form": "wrong_credentials"}


def test_a_cancelled_id_is_free_after_thirty_days(browser: Browser, portal: Portal) -> None:
    at(portal, NOON + timedelta(days=31 + 365 * 10))

    assert at_confirm(browser, internet_user_id="GONE0016").screen == "register/confirm"


def test_cancelling_ends_the_users_sessions(browser: Browser, another: Browser) -> None:
    sign_in(another, "registered-linked")
    at_cancel_confirm(browser)
    browser.submit(basic_password=PASSWORD)

    assert (another.get("/account").screen, another.page.notice) == ("login/form", "expired")


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"internet_user_id": ""}, {"internet_user_id": "required"}),
        ({"internet_user_id": "HoFung8"}, {"internet_user_id": "length"}),
        ({"internet_user_id": "HoFung-8"}, {"internet_user_id": "chars"}),
        ({"internet_password": ""}, {"internet_password": "required"}),
        ({"internet_password": "12345678901234"}, {"internet_password": "mixed"}),
        ({"captcha": ""}, {"captcha": "required"}),
        ({"captcha": "PASS-1"}, {"captcha": "chars"}),
        ({"captcha": "pass12"}, {"captcha": "captcha_wrong"}),
        ({"captcha_id": "guessed"}, {"captcha": "captcha_expired"}),
        ({"internet_user_id": "Nobody00"}, {"form": "wrong_credentials"}),
        ({"internet_password": "Practice00000"}, {"form": "wrong_credentials"}),
        (credentials("locked-internet"), {"form": "locked"}),
    ],
)
def test_each_refusal_of_the_form(browser: Browser, typed: dict[str, str], problems: dict[str, str]) -> None:
    browser.get("/cancel")

    page = browser.submit(**credentials("registered-linked") | {"captcha": WORD} | typed)

    assert (page.status, page.screen, page.problems) == (422, "cancel/form", problems)


def test_all_format_faults_are_told_at_once(browser: Browser) -> None:
    browser.get("/cancel")

    names = ("internet_user_id", "internet_password", "captcha")
    assert browser.submit().problems == dict.fromkeys(names, "required")


def test_a_suspended_account_cannot_be_cancelled(browser: Browser, portal: Portal) -> None:
    portal.tables.accounts.update("99000801", locked=True)

    page = at_cancel_confirm(browser)

    assert (page.status, page.problems) == (422, {"form": "suspended"})


@pytest.mark.parametrize(("typed", "code"), [("", "required"), ("3316624", "length"), ("3316624a", "chars")])
def test_the_confirmation_judges_the_format_first(browser: Browser, typed: str, code: str) -> None:
    at_cancel_confirm(browser)

    page = browser.submit(basic_password=typed)

    assert (page.status, page.screen, page.problems) == (422, "cancel/confirm", {"basic_password": code})


def test_three_wrong_basic_passwords_lock_the_account_and_end_the_draft(browser: Browser, portal: Portal) -> None:
    at_cancel_confirm(browser)
    for number in range(2):
        page = browser.submit(basic_password=f"0000000{number}")
        assert (page.status, page.problems) == (422, {"basic_password": "wrong_basic_password"})

    page = browser.submit(basic_password="00000009")

    assert (page.status, page.screen, page.problems) == (422, "cancel/form", {"form": "locked"})
    assert account(portal, "99000801").locked


def test_the_confirmation_sent_twice_shows_the_same_page(browser: Browser) -> None:
    at_cancel_confirm(browser)
    path, _, sent = browser.sending("submit", {"basic_password": PASSWORD})
    browser.post(path, sent)

    assert browser.post(path, sent).screen == "cancel/done"
    page = browser.post(path, sent | {"basic_password": "00000000"})
    assert (page.status, page.screen, page.problems) == (409, "cancel/done", {"form": "stale"})


@pytest.mark.parametrize("path", ["/cancel/confirm", "/cancel/done"])
def test_a_deep_link_leads_to_the_form_with_a_plain_message(browser: Browser, path: str) -> None:
    page = browser.get(path)

    assert (page.status, page.screen, page.problems) == (200, "cancel/form", {"form": "stale"})


def test_a_deep_link_past_the_review_leads_back_to_it(browser: Browser) -> None:
    at_cancel_confirm(browser)

    page = browser.get("/cancel/done")

    assert (page.screen, page.problems) == ("cancel/confirm", {"form": "stale"})


def test_the_review_of_a_cancelled_id_leads_to_the_done_page(browser: Browser) -> None:
    at_cancel_confirm(browser)
    browser.submit(basic_password=PASSWORD)

    assert browser.get("/cancel/confirm").screen == "cancel/done"


def test_a_confirmation_without_a_draft_is_stale(browser: Browser) -> None:
    page = browser.post("/cancel/confirm", {"basic_password": PASSWORD})

    assert (page.status, page.screen, page.problems) == (409, "cancel/form", {"form": "stale"})


def test_a_confirmation_after_thirty_minutes_is_stale(browser: Browser, portal: Portal) -> None:
    at_cancel_confirm(browser)
    at(portal, NOON + timedelta(minutes=30))

    page = browser.submit(basic_password=PASSWORD)

    assert (page.status, page.screen, page.problems) == (409, "cancel/form", {"form": "stale"})
    assert DETAILS["basic_user_id"] not in page.words
