from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, SECOND
from web.scenes import LANGUAGES, at, change, credentials, sign_in

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_first_login_goes_through_the_compulsory_change_to_the_main_page(browser: Browser, lang: str) -> None:
    browser.get(f"/?lang={lang}")
    browser.click("login")
    screens = [browser.submit(**credentials("registered-first-login-due")).screen]
    screens.append(change(browser).screen)
    screens.append(browser.click("continue").screen)

    assert screens == ["basic_password/form", "basic_password/done", "account/home"]
    assert browser.page.lang == lang


def test_the_login_page_links_to_registration_cancelling_and_tips(browser: Browser) -> None:
    page = browser.get("/login")

    links = {name: page.by(name)["href"] for name in ("register", "cancel", "tips")}
    assert links == {"register": "/register/terms", "cancel": "/cancel", "tips": "/login/tips"}
    rows = [row.words for row in page.by("maintenance").select("tbody tr")]
    assert [row.split()[-3:] for row in rows] == [["05:00", "至", "06:00"], ["00:00", "至", "07:00"]]
    assert browser.click("tips").screen == "login/tips"
    assert browser.click("back").screen == "login/form"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("internet_user_id", "", "required"),
        ("internet_user_id", "NimChi0", "length"),
        ("internet_user_id", "NimChi 7", "chars"),
        ("internet_password", "", "required"),
        ("internet_password", "Practice2025", "length"),
        ("internet_password", "Practice 20257", "chars"),
        ("internet_password", "PracticePractic", "mixed"),
    ],
)
def test_the_login_judges_the_format_first(browser: Browser, field: str, value: str, code: str) -> None:
    browser.get("/login")

    page = browser.submit(**credentials("registered") | {field: value})

    assert (page.status, page.screen, page.problems) == (422, "login/form", {field: code})


@pytest.mark.parametrize(
    "typed",
    [
        {"internet_user_id": "Nobody00", "internet_password": "Practice20257"},
        {"internet_user_id": "NimChi07", "internet_password": "Practice20258"},
        {"internet_user_id": "NimChi07", "internet_password": "practice20257"},
        {"internet_user_id": "GONE0016", "internet_password": "Practice20216"},
    ],
)
def test_one_message_tells_of_an_unknown_id_and_a_wrong_password(browser: Browser, typed: dict[str, str]) -> None:
    browser.get("/login?lang=en")

    page = browser.submit(**typed)

    assert (page.status, page.problems) == (422, {"form": "wrong_credentials"})
    told = "There is a problem The Internet user ID or password is wrong. Check the ID and type the password again. "
    assert page.text("summary").startswith(told)
    assert page.value("internet_user_id") == typed["internet_user_id"]


def test_five_wrong_passwords_in_a_row_lock_the_id_for_the_right_one_too(browser: Browser) -> None:
    browser.get("/login")
    told = [
        browser.submit(**credentials("registered") | {"internet_password": f"Practice0000{number}"}).problems
        for number in range(5)
    ]

    assert told == [{"form": "wrong_credentials"}] * 4 + [{"form": "locked"}]
    page = browser.submit(**credentials("registered"))
    assert (page.status, page.problems) == (422, {"form": "locked"})


def test_a_right_password_between_wrong_ones_starts_the_count_anew(browser: Browser) -> None:
    browser.get("/login")
    for number in range(4):
        browser.submit(**credentials("registered") | {"internet_password": f"Practice0000{number}"})
    sign_in(browser)
    browser.get("/login")

    page = browser.submit(**credentials("registered") | {"internet_password": "Practice00009"})

    assert page.problems == {"form": "wrong_credentials"}


def test_a_locked_id_is_told_even_with_its_right_password(browser: Browser) -> None:
    page = sign_in(browser, "locked-internet")

    assert (page.status, page.screen, page.problems) == (422, "login/form", {"form": "locked"})


def test_an_id_whose_primary_account_is_locked_is_suspended(browser: Browser, portal: Portal) -> None:
    portal.tables.accounts.update("99000707", locked=True)

    page = sign_in(browser)

    assert (page.status, page.problems) == (422, {"form": "suspended"})


@pytest.mark.parametrize("typed", ["NimChi07", "NIMCHI07", "nimchi07"])
def test_an_internet_user_id_is_compared_without_regard_to_case(browser: Browser, typed: str) -> None:
    browser.get("/login")

    page = browser.submit(**credentials("registered") | {"internet_user_id": typed})

    assert page.screen == "account/home"


def test_logging_off_leads_to_the_login_and_says_so(browser: Browser) -> None:
    sign_in(browser)

    page = browser.submit("logout")

    assert (page.screen, page.notice) == ("login/form", "signed_out")
    assert browser.get("/account").screen == "login/form"
    assert browser.page.notice == "login_first"


def test_the_last_entry_of_the_menu_logs_off(browser: Browser, portal: Portal) -> None:
    sign_in(browser)

    page = browser.submit("menu-exit")

    assert (page.screen, page.notice) == ("login/form", "signed_out")
    assert portal.tables.sessions.where() == []


def test_logging_off_twice_or_as_a_stranger_is_no_error(browser: Browser) -> None:
    page = browser.post("/logout")

    assert (page.status, page.screen) == (200, "login/form")


def test_the_latest_login_ends_the_earlier_one_which_says_so_once(browser: Browser, another: Browser) -> None:
    sign_in(browser)
    sign_in(another)

    page = browser.get("/account")

    assert (page.screen, page.notice) == ("login/form", "elsewhere")
    assert browser.get("/account").notice == "login_first"
    assert another.get("/account").screen == "account/home"


def test_a_session_ends_after_fifteen_idle_minutes(browser: Browser, portal: Portal) -> None:
    sign_in(browser)
    at(portal, NOON + timedelta(minutes=15) - SECOND)
    assert browser.get("/account").screen == "account/home"
    at(portal, NOON + timedelta(minutes=30) - SECOND)

    page = browser.get("/account")

    assert (page.screen, page.notice) == ("login/form", "expired")


def test_a_session_ends_after_eight_hours_however_busy(browser: Browser, portal: Portal) -> None:
    sign_in(browser)
    for minutes in range(10, 480, 10):
        at(portal, NOON + timedelta(minutes=minutes))
        assert browser.get("/account/terms").screen == "account/terms"
    at(portal, NOON + timedelta(hours=8) - SECOND)
    assert browser.get("/account/terms").screen == "account/terms"
    at(portal, NOON + timedelta(hours=8))

    page = browser.get("/account/terms")

    assert (page.screen, page.notice) == ("login/form", "expired")


def test_the_login_form_keeps_the_id_but_no_password(browser: Browser) -> None:
    browser.get("/login")

    page = browser.submit(internet_user_id="NimChi07", internet_password="Practice00000")

    assert (page.value("internet_user_id"), page.value("internet_password")) == ("NimChi07", "")
    assert "Practice00000" not in page.body.decode()
