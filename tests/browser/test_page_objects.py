"""The kit's page objects: each is opened and used in Chromium, by the published hooks alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.kit import details
from browser.pages import OWN_PASSWORD
from props import PEOPLE, WORD

from ipportal.testing import (
    AccountHomePage,
    BasicPasswordFormPage,
    HomePage,
    LoginFormPage,
    RegisterTermsPage,
    shown,
)
from ipportal.testing.hooks import Code, Language, Mark, Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

DUE = PEOPLE["registered-first-login-due"]


@pytest.mark.parametrize("lang", list(Language))
def test_registration_and_first_login_take_twelve_lines(page: Page, served: str, lang: str) -> None:
    kind = HomePage.open(page, served, lang=lang).register().agree()
    details = kind.choose("personal").submit()
    details.fill(basic_user_id="99000101", identity_prefix="ZA12", internet_user_id="LokShan1", captcha="PASS12")
    details.fill(internet_password="Rehearse20251", internet_password_again="Rehearse20251")
    done = details.submit().fill(basic_password="31415926").submit()
    assert done.success
    assert done.review["internet_user_id"] == "LokShan1"
    login = done.go_on().fill(internet_user_id="LokShan1", internet_password="Rehearse20251")
    change = login.submit_first().fill(basic_password="31415926", captcha="PASS12")
    change.fill(new_basic_password="86420135", new_basic_password_again="86420135")
    account = change.submit().go_on()
    assert (account.screen, account.lang) == ("account/home", lang)


def test_every_step_back_of_the_registration_leads_to_the_screen_before(page: Page) -> None:
    confirm = details(page).submit()
    assert confirm.review["identity_prefix"] == "ZA12"

    terms = confirm.back().back().back()

    assert isinstance(terms, RegisterTermsPage)
    assert isinstance(shown(page), RegisterTermsPage)


def test_disagreeing_leads_home_with_a_notice(page: Page) -> None:
    home = RegisterTermsPage.open(page, lang="en").disagree()

    assert (home.notice, home.lang, home.maintenance_soon) == ("not_agreed", "en", "")
    assert "2025" in home.portal_time
    assert home.portal_time in home.banner
    assert home.title


@pytest.mark.parametrize("scripts", [True, False])
def test_a_refused_form_comes_back_with_its_problems_and_values(visit: Callable[..., Page], *, scripts: bool) -> None:
    found = details(visit(scripts=scripts)).fill(internet_user_id="short", captcha="WRONG1")

    refused = found.submit_refused()

    assert refused.problems == {"internet_user_id": Code.LENGTH}
    assert refused.values["basic_user_id"] == "99000101"
    assert refused.values["internet_password"] == ""


@pytest.mark.parametrize("scripts", [True, False])
def test_a_new_captcha_picture_takes_the_place_of_the_old(visit: Callable[..., Page], *, scripts: bool) -> None:
    found = details(visit(scripts=scripts))
    challenge, picture = found.captcha_id, found.captcha_picture

    fresh = found.refresh_captcha()

    assert fresh.captcha_id not in {challenge, ""}
    assert fresh.captcha_id in fresh.captcha_picture
    assert (fresh.captcha_picture != picture, fresh.captcha_answer) == (True, "")
    assert fresh.values["basic_user_id"] == "99000101"


def test_a_switched_language_stays_on_the_screen_by_button_or_link_or_not_at_all(page: Page) -> None:
    home = HomePage.open(page)
    assert home.switch_language("en").lang == "en"
    assert home.switch_language("en").lang == "en"

    login = home.login().fill(internet_user_id="LokShan1").switch_language("zh-Hans")

    assert (login.lang, login.values["internet_user_id"]) == ("zh-Hans", "LokShan1")
    with pytest.raises(ValueError, match="fr"):
        login.switch_language("fr")


def test_a_first_login_must_change_the_basic_password_first(page: Page) -> None:
    login = LoginFormPage.open(page).tips().back()
    login.fill(internet_user_id=DUE.internet_user_id or "", internet_password=DUE.internet_password or "")
    change = login.submit_first()
    assert (change.masked_basic_user_id, change.functions) == ("99......", [])
    change.fill(basic_password=DUE.basic_password, captcha=WORD)

    done = change.fill(new_basic_password=OWN_PASSWORD, new_basic_password_again=OWN_PASSWORD).submit()

    assert done.success
    assert isinstance(done.go_on(), AccountHomePage)
    assert BasicPasswordFormPage.open(page).functions != []


def test_the_login_screen_leads_to_registration_and_cancelling(page: Page) -> None:
    assert LoginFormPage.open(page).register().screen == Screen.TERMS
    assert LoginFormPage.open(page).cancel().screen == Screen.CANCEL


def test_any_button_leads_to_any_screen_that_is_expected(page: Page) -> None:
    home = LoginFormPage.open(page).press(Mark.HOME, HomePage)

    assert home.certificate("login").back().marked(Mark.REGISTER).count() == 1
