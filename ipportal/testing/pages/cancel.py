"""Cancelling an Internet user ID."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from ..hooks import Mark, Path, Screen
from . import outside
from .base import PortalPage
from .forms import CaptchaPage, FormPage

if TYPE_CHECKING:
    from typing import Unpack

    from .forms import Cancelling, Confirmation


class CancelFormPage(CaptchaPage):
    """Which Internet user ID is to be cancelled."""

    SCREEN, PATH = Screen.CANCEL, Path.CANCEL

    def fill(self, **typed: Unpack[Cancelling]) -> Self:
        """Type into the named fields; the others stay."""
        return self._fill(typed)

    def submit(self) -> CancelConfirmPage:
        """Go on to what will be cancelled."""
        return self.press(Mark.SUBMIT, CancelConfirmPage)

    def back(self) -> outside.HomePage:
        """Go back to the welcome page."""
        return self.press(Mark.BACK, outside.HomePage)


class CancelConfirmPage(FormPage):
    """What will be cancelled, and the primary account's basic password."""

    SCREEN, PATH = Screen.CANCEL_CONFIRM, Path.CANCEL_CONFIRM

    @property
    def review(self) -> dict[str, str]:
        """The Internet user ID (`internet_user_id`) and its accounts (`accounts`)."""
        return self.texts(Mark.REVIEW)

    def fill(self, **typed: Unpack[Confirmation]) -> Self:
        """Type the basic password."""
        return self._fill(typed)

    def submit(self) -> CancelDonePage:
        """Cancel the Internet user ID."""
        return self.press(Mark.SUBMIT, CancelDonePage)

    def back(self) -> CancelFormPage:
        """Go back to the form."""
        return self.press(Mark.BACK, CancelFormPage)


class CancelDonePage(PortalPage):
    """The message that the Internet user ID is cancelled."""

    SCREEN, PATH = Screen.CANCEL_DONE, Path.CANCEL_DONE

    @property
    def success(self) -> str:
        """The message."""
        return self.text(Mark.SUCCESS)

    def go_on(self) -> outside.HomePage:
        """Go on to the welcome page."""
        return self.press(Mark.CONTINUE, outside.HomePage)
