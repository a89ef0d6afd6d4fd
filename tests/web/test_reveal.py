"""The CAPTCHA's answer is on the page in the mode `reveal`, which a tester chooses, and nowhere in any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import challenge
from web.scenes import DETAILS, LANGUAGES, at_details, change, credentials, sign_in
from web.test_captcha_pages import FORMS, with_captcha
from web.test_maintenance import changed_portal

from ipportal.settings import CAPTCHA_MODES

if TYPE_CHECKING:
    from web.client import Browser, Page

    from ipportal.portal import Portal


def answered(browser: Browser, form: str, answer: str) -> Page:
    """Send the form, right but for the answer to its picture, which is as given."""
    if form == "register":
        return browser.submit(**DETAILS | {"captcha": answer})
    if form == "basic_password":
        return change(browser, captcha=answer)
    return browser.submit(**credentials("registered-linked"), captcha=answer)


@FORMS
def test_the_answer_that_is_shown_is_the_right_one(inside: Browser, alpha: Portal, form: str) -> None:
    alpha.captcha.choose("reveal", "", "1")
    page = with_captcha(inside, form)

    shown = page.text("captcha-answer")

    assert shown == challenge(alpha, page.value("captcha_id")).answer
    assert answered(inside, form, shown).screen in {"register/confirm", "basic_password/done", "cancel/confirm"}


@FORMS
def test_a_new_picture_comes_with_its_answer(inside: Browser, alpha: Portal, form: str) -> None:
    alpha.captcha.choose("reveal", "", "1")
    page = with_captcha(inside, form)
    refresh = page.by("captcha-refresh")["data-refresh"]

    fresh = inside.post(refresh, {"captcha_id": page.value("captcha_id")}).response.get_json()

    assert fresh["answer"] == challenge(alpha, fresh["captcha_id"]).answer
    inside.page = page
    again = inside.submit("captcha-refresh")
    assert again.text("captcha-answer") == challenge(alpha, again.value("captcha_id")).answer


@FORMS
@pytest.mark.parametrize("mode", [mode for mode in CAPTCHA_MODES if mode != "reveal"])
def test_in_any_other_mode_no_answer_is_on_the_page_or_in_the_refresh(
    inside: Browser, alpha: Portal, form: str, mode: str
) -> None:
    alpha.captcha.choose(mode, "PASS12" if mode == "fixed" else "", "1")
    page = with_captcha(inside, form)
    refresh = page.by("captcha-refresh")["data-refresh"]
    first = challenge(alpha, page.value("captcha_id")).answer

    answer = inside.post(refresh, {"captcha_id": page.value("captcha_id")})

    fresh = answer.response.get_json()
    assert not page.has("captcha-answer")
    assert first not in page.body.decode()
    assert fresh["answer"] == ""
    assert challenge(alpha, fresh["captcha_id"]).answer not in answer.body.decode() + str(answer.headers)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_around_the_answer_are_in_the_visitors_language(inside: Browser, alpha: Portal, lang: str) -> None:
    alpha.captcha.choose("reveal", "", "1")
    inside.get(f"/?lang={lang}")

    page = at_details(inside)

    words = {"zh-Hant": "教學", "en": "teaching", "zh-Hans": "教学"}
    assert page.lang == lang
    assert words[lang] in page.words.lower()


def test_the_mode_of_the_settings_reveals_in_every_workspace_until_one_chooses_another(
    browser: Browser, portal: Portal
) -> None:
    changed_portal(browser, portal, captcha_mode="reveal", captcha_word="")
    assert at_details(browser).has("captcha-answer")

    portal.captcha.choose("real", "", "1")

    assert not browser.get("/register/details").has("captcha-answer")


def test_a_mode_that_is_chosen_later_reveals_the_picture_that_is_open(inside: Browser, alpha: Portal) -> None:
    shown = at_details(inside).value("captcha_id")
    alpha.captcha.choose("reveal", "", "1")

    page = inside.get("/register/details")

    assert page.value("captcha_id") == shown
    assert page.text("captcha-answer") == challenge(alpha, shown).answer


@FORMS
def test_a_seeded_portal_shows_the_same_pictures_in_the_same_order(
    browser: Browser, inside: Browser, alpha: Portal, beta: Portal, form: str
) -> None:
    seen: list[list[bytes]] = []
    for tab, workspace in ((inside, alpha), (browser.beside("/w/beta"), beta)):
        workspace.captcha.choose("seeded", "", "a lesson")
        with_captcha(tab, form)
        pictures = []
        for _ in range(3):
            shown = tab.page
            pictures.append(tab.get(shown.by("captcha")["src"]).body)
            tab.page = shown
            tab.submit("captcha-refresh")
        seen.append(pictures)

    assert seen[0] == seen[1]
    assert len(set(seen[0])) == 3


def test_a_picture_of_a_strangers_visit_tells_no_answer(inside: Browser, browser: Browser, alpha: Portal) -> None:
    alpha.captcha.choose("reveal", "", "1")
    shown = at_details(inside).value("captcha_id")
    sign_in(browser)

    assert browser.post("/captcha/refresh", {"captcha_id": shown}).status == 404
