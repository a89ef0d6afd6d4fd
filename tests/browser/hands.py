"""Two ways to use a page: with a mouse, and with nothing but a keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from browser.pages import at, field

if TYPE_CHECKING:
    from playwright.sync_api import Page

_FOCUSED = "selector => document.activeElement.matches(selector)"
_STOPS = 90  # more than any page has


class Hand(Protocol):
    """Does on a page what the guide's steps say."""

    page: Page

    def press(self, testid: str) -> None: ...

    def fill(self, name: str, value: str) -> None: ...

    def choose(self, name: str, value: str) -> None: ...

    def at(self, screen: str, lang: str) -> None: ...


class Mouse:
    """Points and clicks; on every page it is told to look for a sideways scroll bar."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, testid: str) -> None:
        self.page.get_by_test_id(testid).first.click()

    def fill(self, name: str, value: str) -> None:
        field(self.page, name).fill(value)

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f'[name="{name}"][value="{value}"]').check()

    def at(self, screen: str, lang: str) -> None:
        at(self.page, screen, lang)


class Narrow(Mouse):
    """Points on a small screen, where nothing may stick out."""

    def at(self, screen: str, lang: str) -> None:
        super().at(screen, lang)
        assert self.page.evaluate("document.scrollingElement.scrollWidth") <= 320, f"{screen} scrolls sideways"


class Keyboard:
    """Knows Tab, Enter, Space, the arrows and the keys that type."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._keys = page.keyboard

    def tab_to(self, selector: str) -> None:
        """Press Tab until something of that kind has the focus."""
        for _ in range(_STOPS):
            if self.page.evaluate(_FOCUSED, selector):
                return
            self._keys.press("Tab")
        raise AssertionError(f"Tab never comes to {selector} on {self.page.url}")

    def press(self, testid: str) -> None:
        self.tab_to(f'[data-testid="{testid}"]')
        self._keys.press("Space" if self.page.evaluate(_FOCUSED, "button") else "Enter")

    def fill(self, name: str, value: str) -> None:
        self.tab_to(f'[name="{name}"]')
        self._keys.type(value)

    def choose(self, name: str, value: str) -> None:
        self.tab_to(f'[name="{name}"]')
        self._keys.press("Space")
        while not self.page.evaluate(_FOCUSED, f'[value="{value}"]:checked'):
            self._keys.press("ArrowDown")

    def at(self, screen: str, lang: str) -> None:
        at(self.page, screen, lang)
