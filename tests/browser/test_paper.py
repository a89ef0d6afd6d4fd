"""A printed page is still a page of the emulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.measures import sticks_out
from browser.pages import sign_in, to_confirm, to_done
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


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
