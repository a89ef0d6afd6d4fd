"""What page objects with a form share: filling it in, being refused, and the CAPTCHA."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypedDict

from ..hooks import Hidden, Mark
from ..trouble import NoSuchField
from .base import PortalPage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Locator


class Details(TypedDict, total=False):
    """What can be typed at `/register/details`."""

    basic_user_id: str
    linked_basic_user_id_2: str
    linked_basic_user_id_3: str
    linked_basic_user_id_4: str
    identity_prefix: str
    internet_user_id: str
    internet_password: str
    internet_password_again: str
    captcha: str


class Confirmation(TypedDict, total=False):
    """What can be typed where the primary account's basic password is asked for."""

    basic_password: str


class Credentials(TypedDict, total=False):
    """What can be typed at `/login`."""

    internet_user_id: str
    internet_password: str


class Cancelling(Credentials, total=False):
    """What can be typed at `/cancel`."""

    captcha: str


class NewBasicPassword(Confirmation, total=False):
    """What can be typed at `/basic-password`."""

    new_basic_password: str
    new_basic_password_again: str
    captcha: str


class NewInternetPassword(TypedDict, total=False):
    """What can be typed at `/account/internet`."""

    current_internet_password: str
    internet_password: str
    internet_password_again: str


class Access(TypedDict, total=False):
    """What can be typed at `/access`."""

    access_password: str


class FormPage(PortalPage):
    """A screen with a form of its own."""

    def submit_refused(self) -> Self:
        """Press the form's button and return the screen as it comes back, for its `problems`."""
        return self.press(Mark.SUBMIT, type(self))

    def _fill(self, typed: Mapping[str, object]) -> Self:
        known = self.values
        if unknown := [name for name in typed if name not in known]:
            raise NoSuchField(self.screen, unknown, known)
        for name, value in typed.items():
            self.field(name).fill(str(value))
        return self


class CaptchaPage(FormPage):
    """A screen whose form has a CAPTCHA."""

    @property
    def captcha_id(self) -> str:
        """The id of the challenge on the screen."""
        return self._challenge().input_value()

    @property
    def captcha_picture(self) -> str:
        """The address of the challenge's picture, as the page has it."""
        return self.marked(Mark.CAPTCHA).get_attribute("src") or ""

    @property
    def captcha_answer(self) -> str:
        """The challenge's answer; nothing unless the CAPTCHA mode is `reveal`."""
        return self.text(Mark.CAPTCHA_ANSWER)

    def refresh_captcha(self) -> Self:
        """Ask for another picture and wait for it; what was typed stays but the answer, and secrets without scripts."""
        before = self.captcha_id
        self.marked(Mark.CAPTCHA_REFRESH).click()
        self._challenge(f':not([value="{before}"])').wait_for(state="attached")
        return self

    def _challenge(self, which: str = "") -> Locator:
        return self.page.locator(f'[name="{Hidden.CAPTCHA_ID}"]{which}')
