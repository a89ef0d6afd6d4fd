"""What every page object has: the check of its screen, the frame around it, and ways to press and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar
from urllib.parse import urlencode

from ..hooks import Attribute, Field, Language, Mark, Path, Screen
from ..trouble import Refused, WrongScreen

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_HELD = "all => all.map(each => [each.name, each.matches('[type=radio]:not(:checked)') ? '' : each.value])"
_REFUSALS = f"all => all.map(each => [each.getAttribute('{Attribute.PROBLEM}'), each.getAttribute('{Attribute.CODE}')])"
_MARKS = f"all => all.map(each => each.getAttribute('{Attribute.MARK}'))"
_EXACT = frozenset(screen for screen in Screen if "{" not in screen)
_FIELDS = frozenset(Field)

P = TypeVar("P", bound="PortalPage")


class PortalPage:
    """A screen in a Playwright page. To make one is to check that the page shows it; else `WrongScreen` is raised.

    `page` is Playwright's own page, for whatever is not covered here.
    """

    SCREEN: ClassVar[Screen]
    PATH: ClassVar[Path]

    def __init__(self, page: Page) -> None:
        self.page = page
        if not self.shows(self.screen):
            raise WrongScreen(self.SCREEN, self.screen, page.url, self.problems)

    @classmethod
    def open(cls, page: Page, base: str = "", *, lang: str = "", part: str = "") -> Self:
        """Go to this screen by its address and return it.

        *base* is the portal's address, with a workspace's prefix where it has one; left out, the context's `base_url`
        counts, which ends in a slash if it has a prefix. *part* stands for what varies in the address, where anything
        does: a function, a notice's reference.
        """
        path = cls._address(part)
        query = f"?{urlencode({'lang': lang})}" if lang else ""
        page.goto(f"{base.rstrip('/')}{path}{query}" if base else f"{path[1:] or '.'}{query}")
        return cls(page)

    @classmethod
    def _address(cls, part: str) -> str:
        return cls.PATH.of(part) if "{" in cls.PATH else cls.PATH

    @classmethod
    def shows(cls, screen: str) -> bool:
        """Say whether a page with that `data-screen` is this one."""
        return screen == cls.SCREEN or (screen not in _EXACT and cls.SCREEN.fits(screen))

    @property
    def screen(self) -> str:
        """The page's `data-screen`; nothing where it is no page of the portal."""
        return self.page.locator("body").get_attribute(Attribute.SCREEN) or ""

    @property
    def lang(self) -> str:
        """The page's language."""
        return self.page.locator("html").get_attribute("lang") or ""

    @property
    def title(self) -> str:
        """The page's title."""
        return self.page.title()

    @property
    def problems(self) -> dict[str, str]:
        """The refusals on the page: field (`form` for the whole form) and code."""
        return dict(self.page.locator(f"[{Attribute.PROBLEM}]").evaluate_all(_REFUSALS))

    @property
    def values(self) -> dict[str, str]:
        """What the fields hold; a choice that nobody made is empty."""
        found: dict[str, str] = {}
        for name, value in self.page.locator("input, select").evaluate_all(_HELD):
            if name in _FIELDS:
                found[name] = found.get(name) or value
        return found

    @property
    def marks(self) -> list[str]:
        """Every `data-testid` on the page, in its order."""
        return list(self.page.locator(f"[{Attribute.MARK}]").evaluate_all(_MARKS))

    @property
    def banner(self) -> str:
        """The training banner's words."""
        return self.text(Mark.BANNER)

    @property
    def portal_time(self) -> str:
        """The portal's date and time in the banner; nothing while its clock is real time."""
        return self.text(Mark.PORTAL_TIME)

    @property
    def maintenance_soon(self) -> str:
        """The announcement of the next maintenance; nothing while it is not near."""
        return self.text(Mark.MAINTENANCE_SOON)

    @property
    def notice(self) -> str:
        """The code of what the page tells besides, such as `signed_out`, or nothing."""
        found = self.marked(Mark.NOTICE)
        return found.get_attribute(Attribute.NOTICE) or "" if found.count() else ""

    def marked(self, mark: str) -> Locator:
        """Return Playwright's locator of a `data-testid`."""
        return self.page.locator(f'[{Attribute.MARK}="{mark}"]')

    def field(self, name: str) -> Locator:
        """Return Playwright's locator of a field."""
        return self.page.locator(f'[name="{name}"]:not([type="hidden"])')

    def text(self, mark: str) -> str:
        """Return the words of the element with that `data-testid`; nothing where there is none."""
        found = self.marked(mark)
        return found.inner_text().strip() if found.count() else ""

    def texts(self, mark: Mark) -> dict[str, str]:
        """Return the words of every element that fits a pattern of marks, by the part that varies."""
        prefix = mark.of("")
        return {each.removeprefix(prefix): self.text(each) for each in self.marks if mark.fits(each)}

    def press(self, mark: str, to: type[P]) -> P:
        """Press a button or a link and return the screen that it leads to.

        Raise `Refused` where the form comes back with refusals, `WrongScreen` where another screen comes, and
        Playwright's `TimeoutError` where the page never comes whole, as with the fault `truncated_page`.
        """
        self._press(mark)
        if not to.shows(self.screen) and type(self).shows(self.screen) and self.problems:
            raise Refused(self.screen, self.problems)
        return to(self.page)

    def switch_language(self, lang: str) -> Self:
        """Show the screen in another language; what it shows already, it keeps."""
        if lang == self.lang:
            return self
        return self.press(Mark.LANG.of(Language(lang)), type(self))

    def _press(self, mark: str) -> None:
        with self.page.expect_event("domcontentloaded"):  # the portal's script navigates too, to where it is
            self.marked(mark).click()
