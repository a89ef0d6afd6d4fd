"""The kit's page objects behind the login, beside it, and where something is closed or wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.server import PASSWORD
from browser.tour import CLOSED, SOON
from props import PEOPLE, WORD

from ipportal.clock import parse_moment
from ipportal.testing import (
    AccessPage,
    AccountContactPage,
    AccountFunctionPage,
    AccountHomePage,
    AccountInternetPage,
    AccountNoticePage,
    AccountPhonePage,
    AccountRulesPage,
    AccountTermsPage,
    CancelFormPage,
    CertificatePage,
    ClosedPage,
    ErrorPage,
    HomePage,
    LoginFormPage,
    PracticeAccountsPage,
    PracticeRulesPage,
    shown,
)
from ipportal.testing.hooks import Code, Function, Mark, Screen
from ipportal.testing.pages import SCREENS
from ipportal.testing.trouble import Refused, WrongScreen

if TYPE_CHECKING:
    from pathlib import Path as Folder

    from playwright.sync_api import Page

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser

NOTICE = "TRN20250324-01"
OWN = "Practice98765"


@pytest.fixture
def account(page: Page) -> AccountHomePage:
    """The main page of the practice account with linked accounts."""
    return sign_in(page, "registered-linked")


def sign_in(page: Page, key: str) -> AccountHomePage:
    person = PEOPLE[key]
    login = LoginFormPage.open(page)
    login.fill(internet_user_id=person.internet_user_id or "", internet_password=person.internet_password or "")
    return login.submit()


def test_the_notice_board_is_read_filtered_and_opened(account: AccountHomePage) -> None:
    assert account.functions == list(Function)
    assert account.last_login
    everything, unread = account.notices, account.new_messages
    assert NOTICE in everything[NOTICE]

    assert len(account.filter("system").notices) == 1
    assert account.filter().notices == everything
    home = account.open_notice(NOTICE).back()

    assert home.new_messages != unread
    assert AccountNoticePage.open(account.page, part=NOTICE).title


def test_every_function_is_reached_by_menu_and_by_address(account: AccountHomePage) -> None:
    page = account.page
    for rehearsed in (AccountContactPage, AccountInternetPage, AccountTermsPage, AccountRulesPage, AccountPhonePage):
        assert account.menu(rehearsed).screen == rehearsed.SCREEN == rehearsed.open(page).screen
    assert account.menu(AccountFunctionPage, "eipo").back().menu(AccountHomePage).notices
    assert AccountFunctionPage.open(page, part="voting").screen == "account/voting"
    with pytest.raises(WrongScreen, match=r"expected the screen account/{function}, but .* the screen account/phone"):
        AccountFunctionPage.open(page, part="phone")
    with pytest.raises(ValueError, match="gambling"):
        account.menu(AccountFunctionPage, "gambling")
    assert account.logout().notice == "signed_out"


def test_the_phone_and_rules_pages_lead_on(account: AccountHomePage) -> None:
    assert account.menu(AccountPhonePage).change_basic_password().masked_basic_user_id == "99......"
    assert account.menu(AccountRulesPage).rules().rules["internet_password"]


def test_the_internet_password_is_changed_on_its_page(account: AccountHomePage) -> None:
    old = PEOPLE["registered-linked"].internet_password or ""
    internet = account.menu(AccountInternetPage)
    assert internet.internet_user_id == PEOPLE["registered-linked"].internet_user_id
    assert [row.split()[0] for row in internet.linked] == list(PEOPLE["registered-linked"].basic_user_ids)
    internet.fill(current_internet_password=old, internet_password=OWN, internet_password_again=f"{OWN}1")

    with pytest.raises(Refused, match="account/internet with the refusals internet_password_again=differs"):
        internet.submit()
    internet.fill(current_internet_password=old, internet_password=OWN, internet_password_again=OWN)

    assert internet.submit().notice == "internet_password_changed"
    assert internet.change_basic_password(2).masked_basic_user_id.startswith("99......")


def test_an_internet_user_id_is_cancelled(page: Page) -> None:
    person = PEOPLE["registered"]
    form = HomePage.open(page).cancel().back().cancel()
    form.fill(internet_user_id=person.internet_user_id or "", internet_password=person.internet_password or "")
    confirm = form.fill(captcha=WORD).submit()
    assert confirm.review["accounts"] == person.basic_user_ids[0]
    assert confirm.back().screen == Screen.CANCEL
    form.fill(internet_user_id=person.internet_user_id or "", internet_password=person.internet_password or "")

    done = form.fill(captcha=WORD).submit().fill(basic_password=person.basic_password).submit()

    assert done.success
    assert done.go_on().screen == Screen.HOME


def test_a_refused_cancelling_says_why(page: Page) -> None:
    assert CancelFormPage.open(page).submit_refused().problems["captcha"] == Code.REQUIRED


def test_the_practice_side_lists_people_rules_and_messages(page: Page) -> None:
    practice = PracticeAccountsPage.open(page, lang="en")
    assert "99000101" in practice.people["fresh-individual"]
    assert "2025" in practice.clock

    assert practice.messages().rules().messages().back().rules().back().start().screen == Screen.HOME
    assert "8" in PracticeRulesPage.open(page).rules["basic_user_id"]


def test_a_certificate_page_opens_by_its_function(page: Page) -> None:
    assert CertificatePage.open(page, part="revoke").screen == "certificate/revoke"


def test_maintenance_is_announced_and_then_shown(page: Page, stage: Portal) -> None:
    stage.stored_clock.set(parse_moment(SOON))
    assert "05:00" in HomePage.open(page).maintenance_soon

    stage.stored_clock.set(parse_moment(CLOSED))

    closed = ClosedPage.open(page, lang="en")
    assert closed.problems == {"form": Code.CLOSED}
    assert "07:00" in closed.reopens
    assert "07:00" in closed.maintenance
    assert isinstance(shown(page), ClosedPage)
    assert "07:00" in PracticeAccountsPage.open(page).reopens


def test_an_unknown_address_shows_an_error_page(page: Page) -> None:
    wrong = ErrorPage.open(page, part="/no-such-page")

    assert (wrong.status, wrong.incident) == (404, "")
    assert wrong.back().screen == Screen.HOME


def test_who_is_signed_in_comes_back_to_the_main_page(account: AccountHomePage) -> None:
    assert account.guide().back().screen == Screen.ACCOUNT
    assert ErrorPage.open(account.page, part="/no-such-page").main_page().screen == Screen.ACCOUNT


def test_a_form_that_could_not_be_sent_is_shown_again(page: Page) -> None:
    login = LoginFormPage.open(page)
    page.locator('#form [name="csrf_token"]').evaluate("one => { one.value = 'mine' }")

    wrong = login.press(Mark.SUBMIT, ErrorPage)

    assert wrong.status == 400
    assert wrong.again(LoginFormPage).problems == {}


def test_the_gate_lets_in_whoever_knows_the_password(gate: tuple[Page, Folder]) -> None:
    page, _ = gate
    access = AccessPage.open(page)
    assert access.fill(access_password="Guessed-2025").submit_refused().problems == {
        "access_password": "wrong_credentials"
    }

    assert access.fill(access_password=PASSWORD).submit().screen == Screen.HOME


def test_every_screen_has_a_page_object_of_its_name() -> None:
    names = {each.SCREEN: each.__name__ for each in SCREENS}
    words = {screen: screen.partition("{")[0].replace("/", " ").replace("_", " ").title() for screen in Screen}
    last = {Screen.FUNCTION: "Function", Screen.ERROR: ""}

    assert names == {
        screen: f"{word.replace(' ', '').replace('Errors', 'Error')}{last.get(screen, '')}Page"
        for screen, word in words.items()
    }
