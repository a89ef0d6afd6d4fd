"""Both journeys of the guide, in every language and in every way to use a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.hands import Keyboard, Mouse, Narrow
from browser.journeys import first_login, register
from browser.pages import LANGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("lang", LANGS)]


def test_a_newcomer_registers_and_logs_on_as_the_guide_says(page: Page, lang: str) -> None:
    register(Mouse(page), lang)
    first_login(Mouse(page), lang)


def test_a_newcomer_without_a_mouse_registers_and_logs_on(page: Page, lang: str) -> None:
    register(Keyboard(page), lang)
    first_login(Keyboard(page), lang)


def test_a_newcomer_on_a_small_screen_without_scripts_registers_and_logs_on(
    visit: Callable[..., Page], lang: str
) -> None:
    page = visit(320, scripts=False)

    register(Narrow(page), lang)
    first_login(Narrow(page), lang)
