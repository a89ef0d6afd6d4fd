"""What catches the eye: lines that break in the wrong place, edges that jump, signs that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import LANGS, press, refused, to_details

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

EACH_LANGUAGE = pytest.mark.parametrize("lang", LANGS)
PHONE, TABLET, DESKTOP = 360, 768, 1280


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


@EACH_LANGUAGE
def test_a_bullet_stands_beside_the_first_line_of_its_problem(page: Page, lang: str) -> None:
    to_details(page, lang)
    resize(page, PHONE)
    press(page, "submit")
    refused(page)

    links = page.locator(".summary li a")

    # A bullet keeps to the baseline of what follows it, which an inline block has in its last line.
    assert set(links.evaluate_all("all => all.map((one) => getComputedStyle(one).display)")) == {"block"}
    assert max(links.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")) > 40, "none wraps"
