from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import CHAN, PEOPLE, WORD, last
from web.scenes import DETAILS, LANGUAGES, at_confirm, at_details, at_done, at_kind, credentials

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_newcomer_registers_in_each_language_as_the_guide_prints_it(browser: Browser, lang: str) -> None:
    screens = [browser.get(f"/?lang={lang}").screen]
    screens.append(browser.click("register").screen)
    screens.append(browser.submit("agree").screen)
    screens.append(browser.submit(account_kind="personal").screen)
    screens.append(browser.submit(**DETAILS).screen)
    screens.append(browser.submit(basic_password="31415926").screen)
    screens.append(browser.click("continue").screen)

    assert screens == [
        "home",
        "register/terms",
        "register/kind",
        "register/details",
        "register/confirm",
        "register/done",
        "login/form",
    ]
    assert browser.page.lang == lang


def test_the_welcome_page_has_the_two_columns_of_the_guide(browser: Browser) -> None:
    page = browser.get("/")

    links = {name: page.by(name)["href"] for name in ("register", "login", "cancel")}
    assert links == {"register": "/register/terms", "login": "/login", "cancel": "/cancel"}
    assert "歡迎使用投資者戶口服務" in page.text("banner") + page.words
    assert all(page.has(f"certificate-{name}") for name in ("register", "login", "revoke"))


@pytest.mark.parametrize("name", ["register", "login", "revoke"])
def test_the_certificate_functions_say_that_they_are_not_rehearsed(browser: Browser, name: str) -> None:
    browser.get("/?lang=en")

    page = browser.click(f"certificate-{name}")

    assert "not rehearsed here" in page.words
    assert browser.click("back").screen == "home"


def test_not_agreeing_leads_home_and_says_so(browser: Browser) -> None:
    browser.get("/register/terms")

    page = browser.submit("disagree")

    assert (page.screen, page.notice) == ("home", "not_agreed")
    assert browser.get("/").notice == ""


def test_an_answer_to_the_terms_is_required(browser: Browser) -> None:
    browser.get("/register/terms")

    page = browser.post("/register/terms")

    assert (page.status, page.screen, page.problems) == (422, "register/terms", {"agree": "required"})


@pytest.mark.parametrize("typed", [{}, {"account_kind": "joint"}])
def test_a_kind_must_be_chosen(browser: Browser, typed: dict[str, str]) -> None:
    at_kind(browser)

    page = browser.post("/register/kind", typed)

    assert (page.status, page.screen, page.problems) == (422, "register/kind", {"account_kind": "required"})


def test_the_kind_that_was_chosen_is_shown_when_one_goes_back(browser: Browser) -> None:
    at_details(browser, "corporate")

    page = browser.click("back")

    assert page.screen == "register/kind"
    assert [each["value"] for each in page.select("input[checked]")] == ["corporate"]


def test_the_review_shows_everything_but_the_secrets(browser: Browser) -> None:
    page = at_confirm(browser)

    assert page.text("review-basic_user_id") == "99000101"
    assert page.text("review-linked_basic_user_id_2") == "沒有填寫"
    assert page.text("review-identity_prefix") == "ZA12"
    assert page.text("review-internet_user_id") == "LokShan1"
    assert CHAN["internet_password"] not in page.words
    assert page.value("basic_password") == ""


def test_back_from_the_review_keeps_the_values_and_empties_the_secrets(browser: Browser) -> None:
    at_confirm(browser)

    page = browser.click("back")

    assert page.screen == "register/details"
    assert {name: page.value(name) for name in ("basic_user_id", "identity_prefix", "internet_user_id")} == {
        "basic_user_id": "99000101",
        "identity_prefix": "ZA12",
        "internet_user_id": "LokShan1",
    }
    assert [page.value(name) for name in ("internet_password", "internet_password_again", "captcha")] == ["", "", ""]


def test_details_can_be_sent_anew_after_going_back(browser: Browser) -> None:
    at_confirm(browser)
    browser.click("back")

    page = browser.submit(**DETAILS | {"internet_user_id": "LokShan2"})

    assert page.text("review-internet_user_id") == "LokShan2"


def test_four_accounts_and_a_lower_case_prefix_are_reviewed_and_registered(browser: Browser, portal: Portal) -> None:
    four = PEOPLE["fresh-four"].basic_user_ids
    names = ("basic_user_id", "linked_basic_user_id_2", "linked_basic_user_id_3", "linked_basic_user_id_4")

    page = at_confirm(browser, **dict(zip(names, four, strict=True)), identity_prefix="zc78")

    assert [page.text(f"review-{name}") for name in names] == list(four)
    assert page.text("review-identity_prefix") == "ZC78"
    assert browser.submit(basic_password="14142135").screen == "register/done"
    assert len(portal.tables.links.where(folded_id="lokshan1")) == 4


def test_the_done_page_shows_the_details_and_can_be_loaded_again(browser: Browser) -> None:
    page = at_done(browser)

    assert page.has("success")
    assert page.text("review-basic_user_id") == "99000101"
    assert browser.get("/register/done").screen == "register/done"


@pytest.mark.parametrize(("lang", "word"), [("zh-Hant", "已登記"), ("en", "Registered"), ("zh-Hans", "已登记")])
def test_what_is_done_is_no_longer_headed_as_something_to_do(browser: Browser, lang: str, word: str) -> None:
    browser.get(f"/?lang={lang}")

    headings = [page.select("h2")[-1].words for page in (at_confirm(browser), at_done(browser))]

    assert [each.startswith(word) for each in headings] == [False, True]


def test_the_confirmation_sent_twice_shows_the_same_page_and_changes_nothing(browser: Browser, portal: Portal) -> None:
    at_confirm(browser)
    path, _, sent = browser.sending("submit", {"basic_password": "31415926"})
    browser.post(path, sent)
    before = last(portal)

    page = browser.post(path, sent)

    assert (page.status, page.screen) == (200, "register/done")
    assert (last(portal), len(portal.tables.links.where(folded_id="lokshan1"))) == (before, 1)


def test_a_changed_repeat_of_the_confirmation_is_refused(browser: Browser) -> None:
    at_confirm(browser)
    path, _, sent = browser.sending("submit", {"basic_password": "31415926"})
    browser.post(path, sent)

    page = browser.post(path, sent | {"basic_password": "31415927"})

    assert (page.status, page.screen, page.problems) == (409, "register/done", {"form": "stale"})


def test_a_new_user_logs_on_and_meets_the_compulsory_change(browser: Browser) -> None:
    at_done(browser)
    browser.click("continue")

    page = browser.submit(internet_user_id="LOKSHAN1", internet_password=CHAN["internet_password"])

    assert page.screen == "basic_password/form"


def test_one_browser_can_register_one_person_after_another(browser: Browser) -> None:
    at_done(browser)
    typed = {"basic_user_id": "99000202", "identity_prefix": "ZB34", "internet_user_id": "WongShu2"}

    page = at_confirm(browser, **typed)

    assert page.screen == "register/confirm"
    assert browser.submit(basic_password="27182818").screen == "register/done"
    assert credentials("registered")["internet_user_id"] not in browser.page.words
    assert WORD not in browser.page.words
