from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from props import WORD, challenge
from web.scenes import DETAILS, at_details, credentials, sign_in

if TYPE_CHECKING:
    from web.client import Browser, Page

    from ipportal.portal import Portal


def with_captcha(browser: Browser, form: str) -> Page:
    if form == "register":
        return at_details(browser)
    if form == "basic_password":
        return sign_in(browser, "registered-first-login-due")
    return browser.get("/cancel")


FORMS = pytest.mark.parametrize("form", ["register", "basic_password", "cancel"])


@FORMS
def test_each_form_shows_its_picture_and_reads_it_out(browser: Browser, form: str) -> None:
    page = with_captcha(browser, form)

    picture = browser.get(page.by("captcha")["src"])
    sound = browser.get(page.by("captcha-listen")["href"])

    assert (picture.headers["Content-Type"], sound.headers["Content-Type"]) == ("image/png", "audio/wav")
    with Image.open(io.BytesIO(picture.body)) as image:
        assert image.size == (200, 70)
    with wave.open(io.BytesIO(sound.body)) as spoken:
        assert spoken.getnframes() > 1000


@FORMS
def test_a_picture_is_the_same_each_time_it_is_asked_for(browser: Browser, form: str) -> None:
    path = with_captcha(browser, form).by("captcha")["src"]

    assert browser.get(path).body == browser.get(path).body


@FORMS
@pytest.mark.parametrize("ending", ["png", "wav"])
def test_nobody_else_gets_a_visitors_picture_or_sound(
    browser: Browser, another: Browser, form: str, ending: str
) -> None:
    shown = with_captcha(browser, form).value("captcha_id")
    another.get("/cancel")

    assert another.get(f"/captcha/{shown}.{ending}").status == 404


@pytest.mark.parametrize("ending", ["png", "wav"])
@pytest.mark.parametrize("captcha_id", ["guessed", "..", "%00"])
def test_a_guessed_challenge_is_not_found(browser: Browser, captcha_id: str, ending: str) -> None:
    browser.get("/cancel")

    assert browser.get(f"/captcha/{captcha_id}.{ending}").status == 404


@FORMS
def test_the_pages_script_gets_a_new_picture_without_the_form(browser: Browser, form: str) -> None:
    shown = with_captcha(browser, form).value("captcha_id")
    refresh = browser.page.by("captcha-refresh")["data-refresh"]

    answer = browser.post(refresh, {"captcha_id": shown})

    found = answer.response.get_json()
    assert found["captcha_id"] != shown
    assert browser.get(found["picture"]).status == browser.get(found["sound"]).status == 200
    assert browser.get(f"/captcha/{shown}.png").status == 404
    assert WORD not in answer.body.decode()


def test_a_refreshed_challenge_is_answered_on_the_form_that_stayed(browser: Browser) -> None:
    page = at_details(browser)
    path, _, sent = browser.sending("submit", DETAILS)
    answer = browser.post(
        "/captcha/refresh", {"captcha_id": page.value("captcha_id"), "csrf_token": sent["csrf_token"]}
    )

    page = browser.post(path, sent | {"captcha_id": answer.response.get_json()["captcha_id"]})

    assert page.screen == "register/confirm"


@pytest.mark.parametrize("captcha_id", ["", "guessed"])
def test_a_challenge_that_is_not_the_visitors_cannot_be_refreshed(browser: Browser, captcha_id: str) -> None:
    browser.get("/cancel")

    assert browser.post("/captcha/refresh", {"captcha_id": captcha_id}).status == 404


def test_the_refresh_button_works_without_scripts(browser: Browser) -> None:
    shown = at_details(browser).value("captcha_id")

    page = browser.submit("captcha-refresh", **DETAILS)

    assert (page.status, page.screen, page.problems) == (200, "register/details", {})
    assert page.value("captcha_id") != shown
    assert (page.value("basic_user_id"), page.value("captcha")) == ("99000101", "")


def test_the_cancelling_forms_refresh_button_works_without_scripts(browser: Browser) -> None:
    shown = browser.get("/cancel").value("captcha_id")

    page = browser.submit("captcha-refresh", **credentials("registered"))

    assert (page.status, page.screen) == (200, "cancel/form")
    assert page.value("captcha_id") != shown


def test_a_form_shown_again_keeps_the_picture_that_nobody_answered(browser: Browser) -> None:
    shown = browser.get("/cancel").value("captcha_id")

    assert browser.get("/cancel").value("captcha_id") == shown


def test_the_answer_is_nowhere_in_the_page_or_the_cookie(browser: Browser, portal: Portal) -> None:
    page = at_details(browser)

    answer = challenge(portal, page.value("captcha_id")).answer
    assert answer == WORD
    assert answer not in page.body.decode()
    assert answer not in str(browser.kept)
