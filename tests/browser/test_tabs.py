"""A second tab and a second click: what is confirmed is what was reviewed, and it happens once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import DETAILS, at, field, fill, hidden, press, refused, registered, to_confirm, to_details
from playwright.sync_api import expect
from props import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser

CARD = PEOPLE["fresh-individual"]
STALE = {"form": "stale"}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_registers_once(visit: Callable[..., Page], stage: Portal, *, scripts: bool) -> None:
    page = visit(scripts=scripts)
    to_confirm(page)
    fill(page, basic_password=CARD.basic_password)

    page.get_by_test_id("submit").dblclick()

    at(page, "register/done")
    assert registered(stage) == 1


def test_a_tab_cannot_confirm_what_another_tab_has_changed(page: Page, stage: Portal) -> None:
    to_confirm(page)
    other = page.context.new_page()
    other.goto("/register/details")
    fill(other, **DETAILS | {"internet_user_id": "OtherTab"})
    press(other, "submit")
    at(other, "register/confirm")

    fill(page, basic_password=CARD.basic_password)
    press(page, "submit")

    assert refused(page) == STALE
    at(page, "register/confirm")
    expect(page.get_by_test_id("review-internet_user_id")).to_have_text("OtherTab")
    assert registered(stage) == 0


def test_a_tab_left_at_the_review_learns_that_another_tab_has_registered(page: Page, stage: Portal) -> None:
    to_confirm(page)
    other = page.context.new_page()
    other.goto("/register/confirm")
    for tab in (other, page):
        fill(tab, basic_password=CARD.basic_password)
        press(tab, "submit")
        at(tab, "register/done")

    assert registered(stage) == 1


def test_a_picture_that_another_tab_has_replaced_is_refused_and_the_new_one_works(page: Page) -> None:
    to_details(page)
    fill(page, **DETAILS)
    other = page.context.new_page()
    other.goto("/register/details")
    with other.expect_response("**/captcha/*.png"):
        press(other, "captcha-refresh")

    press(page, "submit")

    assert refused(page) == {"captcha": "captcha_expired"}
    assert field(page, "captcha").input_value() == ""
    assert hidden(page, "captcha_id") == hidden(other, "captcha_id")
