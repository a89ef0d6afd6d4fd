from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import PEOPLE, WORD, account
from web.scenes import LANGUAGES, NEW_BASIC, change, sign_in

from ipportal.flows.account import Account

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

DUE = "registered-first-login-due"
CURRENT = PEOPLE[DUE].basic_password


def test_the_form_masks_the_basic_user_id_and_repeats_the_guides_notes(browser: Browser) -> None:
    page = sign_in(browser, DUE)

    assert page.text("masked-basic_user_id") == "99......"
    assert "99000606" not in page.body.decode()
    assert "不能重複使用最近十二次舊密碼" in page.words
    assert not page.has("menu-notices")
    assert page.has("logout")


@pytest.mark.parametrize(
    "path", ["/account", "/account/internet", "/account/notices", "/account/terms", "/account/notices/TRN20250324-01"]
)
def test_every_signed_in_page_leads_to_the_compulsory_change(browser: Browser, path: str) -> None:
    sign_in(browser, DUE)

    page = browser.get(path)

    assert (page.screen, page.notice) == ("basic_password/form", "password_first")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_logging_off_and_the_language_stay_possible_before_the_change(browser: Browser, lang: str) -> None:
    sign_in(browser, DUE)

    page = browser.get(f"/basic-password?lang={lang}")

    assert (page.screen, page.lang) == ("basic_password/form", lang)
    assert browser.submit("logout").screen == "login/form"


def test_the_form_leads_to_the_logon_where_its_user_is_cancelled_in_that_moment(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(browser, DUE)
    monkeypatch.setattr(Account, "linked", lambda *_: [])

    assert browser.get("/basic-password").screen == "login/form"


FAULTS = [
    ("basic_password", "", "required"),
    ("basic_password", "2645751", "length"),
    ("basic_password", "2645751a", "chars"),
    ("new_basic_password", "", "required"),
    ("new_basic_password", "864201351", "length"),
    ("new_basic_password", "8642 135", "chars"),
    ("new_basic_password_again", "", "required"),
    ("new_basic_password_again", "86420136", "differs"),
    ("captcha", "", "required"),
    ("captcha", "PASS123", "length"),
    ("captcha", "PASS-1", "chars"),
]


@pytest.mark.parametrize(("field", "value", "code"), FAULTS)
def test_a_format_fault_is_told_at_its_field(browser: Browser, field: str, value: str, code: str) -> None:
    sign_in(browser, DUE)

    page = change(browser, **{field: value})

    wanted = {field: code}
    if field == "new_basic_password" and value:
        wanted["new_basic_password_again"] = "differs"
    assert (page.status, page.screen, page.problems) == (422, "basic_password/form", wanted)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_format_faults_are_told_at_once(browser: Browser, lang: str) -> None:
    sign_in(browser, DUE)
    browser.get(f"/basic-password?lang={lang}")

    page = browser.submit()

    names = ("basic_password", "new_basic_password", "new_basic_password_again", "captcha")
    assert (page.status, page.problems) == (422, dict.fromkeys(names, "required"))


def test_a_wrong_captcha_is_told_before_anything_of_the_store(browser: Browser, portal: Portal) -> None:
    sign_in(browser, DUE)

    page = change(browser, basic_password="00000000", captcha="pass12")

    assert page.problems == {"captcha": "captcha_wrong"}
    assert account(portal, "99000606").failed_tries == 0


def test_a_used_captcha_counts_as_expired(browser: Browser) -> None:
    sign_in(browser, DUE)
    path, _, sent = browser.sending("submit", {"basic_password": "00000000", **NEW_BASIC, "captcha": WORD})
    browser.post(path, sent)

    page = browser.post(path, sent)

    assert (page.status, page.problems) == (422, {"captcha": "captcha_expired"})


def test_wrong_current_passwords_count_down(browser: Browser) -> None:
    sign_in(browser, DUE)
    browser.get("/basic-password?lang=en")

    first = change(browser, basic_password="00000000")
    second = change(browser, basic_password="00000001")

    assert first.problems == second.problems == {"basic_password": "wrong_basic_password"}
    assert "2 more wrong tries" in first.text("summary-basic_password")
    assert "One more wrong try" in second.text("summary-basic_password")


def test_the_third_wrong_current_password_locks_and_ends_the_session(browser: Browser, portal: Portal) -> None:
    sign_in(browser, DUE)
    for number in range(2):
        change(browser, basic_password=f"0000000{number}")

    page = change(browser, basic_password="00000009")

    assert (page.status, page.screen, page.problems) == (422, "login/form", {"form": "locked"})
    assert account(portal, "99000606").locked
    assert browser.get("/account").screen == "login/form"
    assert sign_in(browser, DUE).problems == {"form": "suspended"}


@pytest.mark.parametrize(
    ("key", "new"),
    [
        (DUE, CURRENT),
        ("history-11", "40000011"),
        ("history-11", "41110011"),
        ("history-12", "42220012"),
        ("history-13", "43330012"),
    ],
)
def test_the_current_password_and_the_twelve_before_it_cannot_be_used_again(
    browser: Browser, key: str, new: str
) -> None:
    sign_in(browser, key)
    browser.get("/basic-password")

    page = change(browser, key, new_basic_password=new, new_basic_password_again=new)

    assert (page.status, page.problems) == (422, {"new_basic_password": "reused"})


def test_the_thirteenth_password_back_may_be_used_again(browser: Browser) -> None:
    sign_in(browser, "history-13")
    browser.get("/basic-password")

    page = change(browser, "history-13", new_basic_password="43330013", new_basic_password_again="43330013")

    assert page.screen == "basic_password/done"


def test_the_new_password_replaces_the_issued_one_and_opens_everything(browser: Browser, portal: Portal) -> None:
    sign_in(browser, DUE)
    change(browser)

    assert not account(portal, "99000606").issued
    assert browser.get("/account").screen == "account/home"
    assert browser.get("/basic-password").has("menu-notices")
