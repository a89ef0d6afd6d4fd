"""What another tab of the same browser has begun since is never taken for what this tab shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import CHAN, PEOPLE, WORD, account, dump, last, user
from web.scenes import at_cancel_confirm, at_confirm, credentials, sign_in

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

# Another trainee, who may have the first one's basic password, as in a class that all type `12121212`.
BASIC_PASSWORD = PEOPLE["fresh-individual"].basic_password
OTHERS = {"basic_user_id": "99000202", "identity_prefix": "ZB34", "internet_user_id": "KaMing02"}
NEW = {"internet_password": "Changed202512", "internet_password_again": "Changed202512"}


@pytest.fixture(autouse=True)
def _one_password_for_all(portal: Portal) -> None:
    """Whoever takes one for the other is then told nothing."""
    hashed, everybody = account(portal, CHAN["basic_user_id"]).basic_password_hash, portal.tables.accounts.where()
    for each in everybody:
        portal.tables.accounts.update(each.basic_user_id, basic_password_hash=hashed)


@pytest.fixture
def tab(browser: Browser) -> Browser:
    """A second tab of the browser."""
    return browser.beside("")


def kept(portal: Portal) -> str:
    """Return all that a form taken for another's could change."""
    return dump(portal, "accounts", "users", "links", "cancelled_ids", "past_passwords")


def test_a_review_does_not_confirm_the_registration_that_another_tab_has_begun(
    browser: Browser, tab: Browser, portal: Portal
) -> None:
    at_confirm(browser)
    at_confirm(tab, **OTHERS)
    before = kept(portal)

    page = browser.submit(basic_password=BASIC_PASSWORD)

    assert (page.status, page.screen, page.problems) == (409, "register/confirm", {"form": "stale"})
    assert page.text("review-internet_user_id") == "KaMing02"
    assert kept(portal) == before
    assert last(portal) == ("register/confirm", "refused", "form=stale", "")
    assert browser.submit(basic_password=BASIC_PASSWORD).screen == "register/done"
    assert user(portal, "KaMing02").internet_user_id == "KaMing02"


def test_a_cancellation_does_not_cancel_the_id_that_another_tab_has_named(
    browser: Browser, tab: Browser, portal: Portal
) -> None:
    at_cancel_confirm(browser, "registered")
    at_cancel_confirm(tab, "registered-linked")
    before = kept(portal)

    page = browser.submit(basic_password=BASIC_PASSWORD)

    assert (page.status, page.screen, page.problems) == (409, "cancel/confirm", {"form": "stale"})
    assert page.text("review-internet_user_id") == "HoFung08"
    assert kept(portal) == before
    assert browser.submit(basic_password=BASIC_PASSWORD).screen == "cancel/done"


def test_an_internet_password_is_not_changed_for_who_has_signed_in_in_another_tab(
    browser: Browser, tab: Browser, portal: Portal
) -> None:
    sign_in(browser, "registered-linked")
    browser.get("/account/internet")
    sign_in(tab, "registered")
    before = kept(portal)

    page = browser.submit(current_internet_password=credentials("registered")["internet_password"], **NEW)

    assert (page.status, page.screen, page.problems) == (409, "account/internet", {"form": "stale"})
    assert page.text("internet_user_id") == "NimChi07"
    assert kept(portal) == before


@pytest.mark.parametrize("captcha", [WORD, "WRONG1"])
def test_a_basic_password_is_not_tried_against_the_account_of_who_has_signed_in_in_another_tab(
    browser: Browser, tab: Browser, portal: Portal, captcha: str
) -> None:
    sign_in(browser, "registered-linked")
    browser.get("/basic-password")
    sign_in(tab, "registered")
    before = kept(portal)
    new = {"new_basic_password": "86420135", "new_basic_password_again": "86420135", "captcha": captcha}

    page = browser.submit(basic_password="55555555", **new)

    assert (page.status, page.screen, page.problems) == (409, "basic_password/form", {"form": "stale"})
    assert kept(portal) == before


@pytest.mark.parametrize("path", ["/account/internet", "/basic-password"])
def test_a_form_of_the_same_user_is_good_after_another_login(browser: Browser, tab: Browser, path: str) -> None:
    sign_in(browser)
    said = browser.get(path).value("subject")
    sign_in(tab)

    assert tab.get(path).value("subject") == said
