"""The guide's 23 steps in a browser: where each link leads, what is ready there, and what the guide does next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from browser.pages import OWN_PASSWORD, at, fill, press
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

Typed = dict[str, Any]
_KEPT = ("basic_user_id", "identity_prefix", "internet_user_id", "internet_password", "internet_password_again")


def _press(testid: str, screen: str) -> Callable[[Page, Typed], None]:
    def go_on(page: Page, _: Typed) -> None:
        press(page, testid)
        at(page, screen)

    return go_on


def _kind(page: Page, typed: Typed) -> None:
    page.locator(f'[name="account_kind"][value="{typed["account_kind"]}"]').check()
    press(page, "submit")
    at(page, "register/details")


def _details(*names: str) -> Callable[[Page, Typed], None]:
    """Fill in what the guide has not filled in yet, and send it."""

    def go_on(page: Page, typed: Typed) -> None:
        fill(page, **{name: typed[name] for name in names}, captcha=typed["captcha"])
        press(page, "submit")
        at(page, "register/confirm")
        expect(page.get_by_test_id("review-internet_user_id")).to_have_text(typed["internet_user_id"])

    return go_on


def _confirm(page: Page, typed: Typed) -> None:
    fill(page, basic_password=typed["basic_password"])
    press(page, "submit")
    at(page, "register/done")


def _log_on(page: Page, typed: Typed) -> None:
    person = typed["person"]
    fill(page, internet_user_id=person["internet_user_id"], internet_password=person["internet_password"])
    press(page, "submit")
    at(page, "basic_password/form")


def _change(page: Page, typed: Typed) -> None:
    new = {"new_basic_password": OWN_PASSWORD, "new_basic_password_again": OWN_PASSWORD}
    fill(page, basic_password=typed["person"]["basic_password"], captcha=typed["captcha"], **new)
    press(page, "submit")
    at(page, "basic_password/done")


def _look_around(page: Page, _: Typed) -> None:
    expect(page.get_by_test_id("last-login")).to_be_visible()
    press(page, "menu-internet")
    at(page, "account/internet")


# By step: the screen, the field that has the focus or else what is in sight, and what the guide does next.
STEPS: Final[dict[str, tuple[str, str, Callable[[Page, Typed], None]]]] = {
    "register-1": ("home", "testid:register", _press("register", "register/terms")),
    "register-2": ("home", "testid:register", _press("register", "register/terms")),
    "register-3": ("register/terms", "testid:agree", _press("agree", "register/kind")),
    "register-4": ("register/kind", "testid:submit", _kind),
    "register-5": ("register/details", "basic_user_id", _details(*_KEPT)),
    "register-6": ("register/details", "identity_prefix", _details(*_KEPT[1:])),
    "register-7": ("register/details", "internet_user_id", _details(*_KEPT[2:])),
    "register-8": ("register/details", "captcha", _details(*_KEPT[3:])),
    "register-9": ("register/details", "captcha", _details(*_KEPT[3:])),
    "register-10": ("register/confirm", "testid:review-internet_user_id", _confirm),
    "register-11": ("register/confirm", "basic_password", _confirm),
    "register-12": ("register/done", "testid:success", _press("continue", "login/form")),
    "register-13": ("register/done", "testid:continue", _press("continue", "login/form")),
    "login-1": ("home", "testid:login", _press("login", "login/form")),
    "login-2": ("home", "testid:login", _press("login", "login/form")),
    "login-3": ("login/form", "testid:submit", _log_on),
    "login-4": ("login/form", "internet_password", _log_on),
    "login-5": ("basic_password/form", "basic_password", _change),
    "login-6": ("basic_password/form", "new_basic_password", _change),
    "login-7": ("basic_password/form", "captcha", _change),
    "login-8": ("basic_password/form", "captcha", _change),
    "login-9": ("basic_password/done", "testid:continue", _press("continue", "account/home")),
    "login-10": ("account/home", "testid:menu-internet", _look_around),
}
