"""A printed page is still a page of the emulator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browser.measures import sticks_out
from browser.pages import LANGS, sign_in, to_confirm, to_done
from browser.tool import call
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser

_BREAKS = "all => all.map((one) => getComputedStyle(one).breakInside)"


@pytest.mark.parametrize("go", [sign_in, to_confirm, to_done])
def test_paper_keeps_the_banner_and_drops_what_only_a_screen_needs(page: Page, go: Callable[[Page], None]) -> None:
    go(page)

    page.emulate_media(media="print")

    expect(page.get_by_test_id("banner")).to_be_visible()
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("nav:visible")).to_have_count(0)
    for testid in ("lang-en", "skip", "submit", "continue", "back", "logout", "menu-internet", "filter"):
        expect(page.get_by_test_id(testid).locator("visible=true")).to_have_count(0)
    assert sticks_out(page) == []


def sheets(page: Page) -> int:
    """Return on how many sheets the page is printed."""
    return len(re.findall(rb"/Type ?/Page\b", page.pdf(format="A4")))


@pytest.mark.parametrize("lang", LANGS)
def test_the_practice_accounts_are_a_handout_of_their_workspace(
    page: Page, served: str, stage: Portal, lang: str
) -> None:
    call(served, stage, "POST", "/workspaces", {"name": f"paper-{lang.lower()}"})
    page.goto(f"/w/paper-{lang.lower()}/practice?lang={lang}")
    expect(page.get_by_test_id("address")).to_be_hidden()

    page.emulate_media(media="print")

    expect(page.get_by_test_id("address")).to_contain_text(f"{served.partition('//')[2]}/w/paper-{lang.lower()}/")
    for testid in ("practice", "start", "rules", "messages", "clock"):
        expect(page.get_by_test_id(testid)).to_be_hidden()
    assert sheets(page) <= 2
    assert set(page.locator(".person").evaluate_all(_BREAKS)) == {"avoid"}


@pytest.mark.parametrize(("path", "most"), [("/practice/rules", 4), ("/practice/messages", 9)])
def test_no_row_of_a_table_of_the_practice_side_is_torn_apart_on_paper(page: Page, path: str, most: int) -> None:
    page.goto(f"{path}?lang=en")
    page.set_viewport_size({"width": 700, "height": 900})

    page.emulate_media(media="print")

    rows = page.locator("main tr")
    assert set(rows.evaluate_all(_BREAKS)) == {"avoid"}
    assert set(rows.evaluate_all("all => all.map((one) => getComputedStyle(one).display)")) == {"table-row"}
    assert sticks_out(page) == []
    assert sheets(page) <= most
