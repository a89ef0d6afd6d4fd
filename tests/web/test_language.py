from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from itsdangerous import URLSafeSerializer
from props import WORD
from web.scenes import DETAILS, LANGUAGES, at_confirm, at_details, at_kind, credentials, sign_in

if TYPE_CHECKING:
    from flask import Flask
    from web.client import Browser

OPEN = [
    "/",
    "/login",
    "/login/tips",
    "/register/terms",
    "/cancel",
    "/practice",
    "/practice/rules",
    "/practice/messages",
    "/certificate/login",
]


@pytest.mark.parametrize("path", OPEN)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_open_page_speaks_each_language_and_remembers_it(browser: Browser, path: str, lang: str) -> None:
    page = browser.get(f"{path}?lang={lang}")

    assert (page.status, page.lang) == (200, lang)
    assert browser.get("/").lang == lang


def test_the_guides_language_comes_first(browser: Browser) -> None:
    assert browser.get("/").lang == "zh-Hant"


@pytest.mark.parametrize("asked", ["", "fr", "zh", "zh-hant", "EN", "<script>", "en\x00"])
def test_a_language_that_is_not_spoken_changes_nothing(browser: Browser, asked: str) -> None:
    browser.get("/?lang=en")

    page = browser.get("/login", query_string={"lang": asked})

    assert (page.status, page.lang) == (200, "en")


@pytest.mark.parametrize("other", ["en", "zh-Hans"])
def test_the_two_other_languages_are_links_that_stay_on_the_page(browser: Browser, other: str) -> None:
    browser.get("/practice/rules")

    page = browser.click(f"lang-{other}")

    assert (page.screen, page.lang) == ("practice/rules", other)


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_switching_on_a_form_keeps_what_was_typed_but_no_secret(browser: Browser, lang: str) -> None:
    at_details(browser)

    page = browser.submit(f"lang-{lang}", **DETAILS | {"identity_prefix": "Z<1", "linked_basic_user_id_4": "x"})

    assert (page.status, page.screen, page.lang, page.problems) == (200, "register/details", lang, {})
    kept = ("basic_user_id", "identity_prefix", "linked_basic_user_id_4", "internet_user_id", "captcha")
    assert [page.value(name) for name in kept] == ["99000101", "Z<1", "x", "LokShan1", WORD]
    assert [page.value(name) for name in ("internet_password", "internet_password_again")] == ["", ""]


def test_switching_drops_a_value_that_is_longer_than_its_field(browser: Browser) -> None:
    at_details(browser)

    page = browser.submit("lang-en", **DETAILS | {"identity_prefix": "ZQ987654"})

    assert page.value("identity_prefix") == ""
    assert "ZQ987654" not in page.body.decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_switching_after_a_refusal_shows_it_in_the_new_language(browser: Browser, lang: str) -> None:
    at_details(browser)
    refused = browser.submit(**DETAILS | {"basic_user_id": "1", "captcha": ""})
    before = refused.lang
    if lang == before:
        browser.submit("lang-en")

    page = browser.submit(f"lang-{lang}")

    assert (page.status, page.lang) == (200, lang)
    assert page.problems == {"basic_user_id": "length", "captcha": "required"} == refused.problems
    assert page.value("basic_user_id") == "1"


def test_switching_twice_still_shows_the_refusals_with_their_figures(browser: Browser) -> None:
    at_confirm(browser)
    browser.submit(basic_password="00000000")
    browser.submit("lang-zh-Hans")

    page = browser.submit("lang-en")

    assert "2 more wrong tries" in page.text("summary-basic_password")


@pytest.mark.parametrize("path", ["/login", "/cancel"])
def test_switching_keeps_the_refusal_of_the_whole_form(browser: Browser, path: str) -> None:
    browser.get(path)
    more = {"captcha": WORD} if path == "/cancel" else {}
    browser.submit(**credentials("registered") | {"internet_password": "Practice00000"} | more)

    page = browser.submit("lang-en")

    assert page.problems == {"form": "wrong_credentials"}
    assert page.value("internet_user_id") == "NimChi07"


@pytest.mark.parametrize(
    "tampered", ["", "x", "eyJmb3JtIjpbInN0YWxlIix7fV19.x", "\x00", "é", "eyJ4Ijoie319In0.AAAA", "." * 500]
)
def test_a_tampered_list_of_refusals_is_ignored(browser: Browser, tampered: str) -> None:
    browser.get("/login")
    browser.submit(internet_user_id="x")

    page = browser.submit("lang-en", refused=tampered)

    assert (page.status, page.lang, page.problems) == (200, "en", {})


def test_a_list_of_refusals_signed_by_another_store_is_ignored(browser: Browser, app: Flask) -> None:
    browser.get("/login")
    browser.submit(internet_user_id="x")
    foreign = URLSafeSerializer(f"not {app.secret_key!r}", salt="refused").dumps({"form": ["<b>", {}]})

    assert browser.submit("lang-en", refused=foreign).problems == {}


def test_switching_keeps_the_kind_that_was_chosen_but_not_sent_yet(browser: Browser) -> None:
    at_kind(browser)

    page = browser.submit("lang-en", account_kind="corporate")

    assert (page.status, page.screen, page.lang, page.problems) == (200, "register/kind", "en", {})
    assert [each["value"] for each in page.select("input[checked]")] == ["corporate"]
    assert browser.click("back").lang == "en"


def test_the_language_stays_through_login_and_logging_off(browser: Browser) -> None:
    browser.get("/?lang=zh-Hans")

    assert sign_in(browser).lang == "zh-Hans"
    assert browser.submit("logout").lang == "zh-Hans"


def test_the_first_button_of_a_form_submits_it_when_enter_is_pressed(browser: Browser) -> None:
    page = at_details(browser)

    buttons = page.select("button[form=form], form#form button")
    assert "first-button" in buttons[0]["class"]
    assert "name" not in buttons[0]
