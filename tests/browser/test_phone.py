"""On a phone what matters comes early, and what lies far below can be jumped to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.measures import banner_faults, small_targets, sticks_out
from browser.pages import LANGS, at, credentials, fill, press, sign_in, to_confirm, to_details, to_done
from browser.tool import call
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser

EACH_LANGUAGE = pytest.mark.parametrize("lang", LANGS)
PHONE = 360


def to_kind(page: Page, lang: str) -> None:
    page.goto(f"/register/terms?lang={lang}")
    press(page, "agree")
    at(page, "register/kind")


@EACH_LANGUAGE
def test_a_phone_shows_the_heading_of_the_main_page_without_much_before_it(
    page: Page, served: str, stage: Portal, lang: str
) -> None:
    call(served, stage, "POST", "/workspaces", {"name": f"phone-{lang.lower()}", "now": "2025-03-31T12:00:00+08:00"})
    page.set_viewport_size({"width": PHONE, "height": 740})
    page.goto(f"/w/phone-{lang.lower()}/login?lang={lang}")
    fill(page, **credentials("registered"))
    press(page, "submit")
    at(page, "account/home")

    box = page.locator("h1").bounding_box()

    assert box
    assert box["y"] + box["height"] < 740 / 2
    assert banner_faults(page) == small_targets(page) == sticks_out(page) == []
    smallest = "all => Math.min(...all.map((one) => parseFloat(getComputedStyle(one).fontSize)))"
    assert page.locator("[data-testid=banner] :is(strong, span, a)").evaluate_all(smallest) >= 13


@EACH_LANGUAGE
def test_a_phone_has_a_jump_to_the_menu_that_lies_below_everything(page: Page, lang: str) -> None:
    sign_in(page, lang=lang)
    expect(page.get_by_test_id("bar-menu")).to_be_hidden()
    page.set_viewport_size({"width": PHONE, "height": 740})

    press(page, "bar-menu")

    expect(page.get_by_test_id("menu-notices")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("menu-notices")).to_be_focused()


@EACH_LANGUAGE
@pytest.mark.parametrize("go", [to_kind, to_details, to_confirm, to_done])
def test_the_steps_of_the_registration_stand_in_one_line_on_a_phone(
    page: Page, go: Callable[[Page, str], None], lang: str
) -> None:
    go(page, lang)
    page.set_viewport_size({"width": PHONE, "height": 740})

    middle = "all => all.map((one) => one.getBoundingClientRect().top + one.getBoundingClientRect().height / 2)"
    found = page.locator(".steps li").evaluate_all(middle)

    assert max(found) - min(found) < 2
    assert sticks_out(page) == []
