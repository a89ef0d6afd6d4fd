from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.scenes import LANGUAGES, sign_in

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

MENU = [
    "notices",
    "instruction",
    "counterparties",
    "subscription",
    "dividend",
    "voting",
    "eipo",
    "tender",
    "withdrawal",
    "enquiry",
    "statement",
    "particulars",
    "forms",
    "internet",
    "contact",
    "rules",
    "terms",
    "phone",
    "exit",
]
EXPLAINED = [name for name in MENU if name not in {"notices", "internet", "contact", "rules", "terms", "phone", "exit"}]
LAST = {
    "zh-Hant": "閣下最後一次登入本網址是 2025年3月28日 10:33:31",
    "en": "Your last logon to this website was 28 March 2025, 10:33:31",
    "zh-Hans": "阁下最后一次登入本网址是 2025年3月28日 10:33:31",
}
NEWEST = "TRN20250324-01"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_main_page_tells_the_last_login_in_each_language(browser: Browser, lang: str) -> None:
    browser.get(f"/?lang={lang}")

    page = sign_in(browser)

    assert (page.screen, page.text("last-login")) == ("account/home", LAST[lang])


def test_the_next_login_tells_of_this_one(browser: Browser) -> None:
    sign_in(browser)
    browser.submit("logout")

    assert "2025年3月31日 12:00:00" in sign_in(browser).text("last-login")


def test_a_first_login_says_that_it_is_the_first(browser: Browser, portal: Portal) -> None:
    portal.tables.users.update("nimchi07", last_login_at=None)
    browser.get("/?lang=en")

    assert sign_in(browser).text("last-login") == "This is your first logon to this website."


def test_the_menu_has_the_nineteen_functions_in_the_guides_order(browser: Browser) -> None:
    page = sign_in(browser)

    items = [each["data-testid"] for each in page.select('[data-testid^="menu-"]')]
    assert items == [f"menu-{name}" for name in MENU]
    assert page.by("menu-notices")["aria-current"] == "page"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_function_of_the_menu_opens(browser: Browser, lang: str) -> None:
    sign_in(browser)
    browser.get(f"/account?lang={lang}")
    for name in MENU[:-1]:
        page = browser.click(f"menu-{name}")

        assert (page.status, page.screen) == (200, "account/home" if name == "notices" else f"account/{name}")
        assert page.by(f"menu-{name}")["aria-current"] == "page"
        assert page.select("h1")[0].words == page.text(f"menu-{name}") or name == "notices"


@pytest.mark.parametrize("name", EXPLAINED)
def test_a_function_that_is_not_rehearsed_says_what_it_is(browser: Browser, name: str) -> None:
    sign_in(browser)

    page = browser.get(f"/account/{name}?lang=en")

    assert "This function is not rehearsed here yet" in page.words
    assert browser.click("back").screen == "account/home"


def test_the_top_bar_leads_where_it_says(browser: Browser) -> None:
    sign_in(browser)

    wanted = {"portal": "account/home", "prospectus": "account/eipo", "account": "account/internet"}
    for name, screen in (wanted | {"guide": "account/guide"}).items():
        browser.get("/account")
        assert browser.click(f"bar-{name}").screen == screen


def test_the_user_guide_stays_inside_the_account_and_says_what_the_tips_say(browser: Browser) -> None:
    tips = [each.words for each in browser.get("/login/tips").select(".tips li")]
    sign_in(browser)

    page = browser.click("bar-guide")

    assert [each.words for each in page.select(".tips li")] == tips
    assert page.by("bar-guide")["aria-current"] == "page"
    assert page.has("logout")
    assert page.has("menu-notices")
    assert browser.click("back").screen == "account/home"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_is_signed_in_is_led_from_an_error_back_to_the_main_page(browser: Browser, lang: str) -> None:
    assert not browser.get(f"/account/unknown?lang={lang}", follow=False).has("main-page")
    assert not browser.get("/unknown").has("main-page")
    sign_in(browser)

    for method, path, status in (("GET", "/account/unknown", 404), ("POST", "/account/internet", 400)):
        assert browser.open(path, method=method).status == status
        assert browser.page.has("back")
        assert browser.click("main-page").screen == "account/home"


def test_the_rules_and_the_contact_page_send_nobody_to_the_operator(browser: Browser) -> None:
    sign_in(browser)
    browser.get("/account/rules")
    assert browser.click("rules").screen == "practice/rules"

    page = browser.get("/account/contact?lang=en")

    assert "it has no real hotline or e-mail" in page.words


def test_the_notice_board_by_its_own_name_is_the_main_page(browser: Browser) -> None:
    sign_in(browser)

    assert browser.get("/account/notices").screen == "account/home"


@pytest.mark.parametrize("path", ["/account/exit", "/account/unknown", "/account/base", "/account/notices/none"])
def test_an_unknown_function_or_notice_is_not_found(browser: Browser, path: str) -> None:
    sign_in(browser)

    assert browser.get(path).status == 404


@pytest.mark.parametrize("path", ["/account", *(f"/account/{name}" for name in MENU), f"/account/notices/{NEWEST}"])
def test_a_stranger_sees_nothing_of_an_account(browser: Browser, path: str) -> None:
    page = browser.get(path)

    assert (page.screen, page.notice) == ("login/form", "login_first")


def test_back_after_logging_off_shows_nothing_of_the_account(browser: Browser) -> None:
    sign_in(browser)
    signed_in = browser.cookie
    browser.submit("logout")
    browser.cookie = signed_in

    page = browser.get("/account")

    assert page.screen == "login/form"
    assert "NimChi07" not in page.body.decode()


@pytest.mark.parametrize(
    ("lang", "current", "new"),
    [
        ("zh-Hant", "現時沿用的互聯網使用者密碼", "新互聯網使用者密碼"),
        ("en", "Current Internet Password", "New Internet Password"),
        ("zh-Hans", "现时沿用的互联网使用者密码", "新互联网使用者密码"),
    ],
)
def test_the_form_says_which_password_is_the_new_one(browser: Browser, lang: str, current: str, new: str) -> None:
    sign_in(browser)

    page = browser.get(f"/account/internet?lang={lang}")

    first, second, third = (each.words for each in page.select(".row label"))
    assert (first, second, third[: len(new)]) == (current, new, new)
    assert len(third) > len(new)


def test_my_account_is_a_link_in_its_sentence(browser: Browser) -> None:
    sign_in(browser)

    assert browser.click("my-account").path == "/account/internet"
