"""Short ways to a screen, walked as a visitor walks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from props import CHAN, NOON, PEOPLE, WORD

if TYPE_CHECKING:
    from datetime import datetime

    from web.client import Browser, Page

    from ipportal.portal import Portal

DETAILS: Final = CHAN | {"captcha": WORD}
NEW_BASIC: Final = {"new_basic_password": "86420135", "new_basic_password_again": "86420135"}
PASSWORD: Final = "trainees-only-2025"  # of a public portal
LANGUAGES: Final = ("zh-Hant", "en", "zh-Hans")
SECRETS: Final = ("internet_password", "internet_password_again", "basic_password")


def at(portal: Portal, moment: datetime) -> None:
    """Put the portal's clock to a moment, for every request from now on."""
    portal.stored_clock.set(moment)


def at_kind(browser: Browser) -> Page:
    browser.get("/register/terms")
    return browser.submit("agree")


def at_details(browser: Browser, kind: str = "personal") -> Page:
    at_kind(browser)
    return browser.submit(account_kind=kind)


def at_confirm(browser: Browser, **typed: str) -> Page:
    at_details(browser)
    return browser.submit(**DETAILS | typed)


def at_done(browser: Browser) -> Page:
    at_confirm(browser)
    return browser.submit(basic_password=PEOPLE["fresh-individual"].basic_password)


def credentials(key: str) -> dict[str, str]:
    person = PEOPLE[key]
    return {
        "internet_user_id": person.internet_user_id or "",
        "internet_password": person.internet_password or "",
    }


def sign_in(browser: Browser, key: str = "registered") -> Page:
    browser.get("/login")
    return browser.submit(**credentials(key))


def change(browser: Browser, key: str = "registered-first-login-due", **typed: str) -> Page:
    """Send the form of the basic password, right but for *typed*."""
    current = {"basic_password": PEOPLE[key].basic_password}
    return browser.submit(**current | NEW_BASIC | {"captcha": WORD} | typed)


def at_cancel_confirm(browser: Browser, key: str = "registered-linked") -> Page:
    browser.get("/cancel")
    return browser.submit(**credentials(key), captcha=WORD)


STATES: Final = ("stranger", "agreed", "details", "confirm", "done", "due", "signed-in", "cancelling")


def bring_to(browser: Browser, state: str) -> None:
    """Bring a visitor to one of `STATES`."""
    ways = {
        "stranger": lambda: browser.get("/"),
        "agreed": lambda: at_kind(browser),
        "details": lambda: at_details(browser),
        "confirm": lambda: at_confirm(browser),
        "done": lambda: at_done(browser),
        "due": lambda: sign_in(browser, "registered-first-login-due"),
        "signed-in": lambda: sign_in(browser, "registered-linked"),
        "cancelling": lambda: at_cancel_confirm(browser),
    }
    ways[state]()


__all__ = ["CHAN", "NOON", "PEOPLE", "WORD"]
