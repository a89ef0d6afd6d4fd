"""Logging on, and the first login's change of the basic password (guide: login, steps 1 to 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from ..hooks import Mark, Path, Screen
from . import account, cancel, register
from .base import PortalPage
from .forms import CaptchaPage, FormPage
from .signed_in import SignedInPage

if TYPE_CHECKING:
    from typing import Unpack

    from .forms import Credentials, NewBasicPassword


class LoginFormPage(FormPage):
    """Internet user ID and password."""

    SCREEN, PATH = Screen.LOGIN, Path.LOGIN

    def fill(self, **typed: Unpack[Credentials]) -> Self:
        """Type into the named fields; the others stay."""
        return self._fill(typed)

    def submit(self) -> account.AccountHomePage:
        """Log on and be at the main page."""
        return self.press(Mark.SUBMIT, account.AccountHomePage)

    def submit_first(self) -> BasicPasswordFormPage:
        """Log on for the first time and be led to the change of the basic password."""
        return self.press(Mark.SUBMIT, BasicPasswordFormPage)

    def register(self) -> register.RegisterTermsPage:
        """Follow the link for new users."""
        return self.press(Mark.REGISTER, register.RegisterTermsPage)

    def cancel(self) -> cancel.CancelFormPage:
        """Follow the link for cancelling an Internet user ID."""
        return self.press(Mark.CANCEL, cancel.CancelFormPage)

    def tips(self) -> LoginTipsPage:
        """Follow the link to the logon tips."""
        return self.press(Mark.TIPS, LoginTipsPage)


class LoginTipsPage(PortalPage):
    """The logon tips."""

    SCREEN, PATH = Screen.TIPS, Path.TIPS

    def back(self) -> LoginFormPage:
        """Go back to the login."""
        return self.press(Mark.BACK, LoginFormPage)


class BasicPasswordFormPage(CaptchaPage, SignedInPage):
    """The change of a basic password; its menu is there only where the change is not compulsory."""

    SCREEN, PATH = Screen.BASIC_PASSWORD, Path.BASIC_PASSWORD

    @property
    def masked_basic_user_id(self) -> str:
        """The account, as far as the page shows it."""
        return self.text(Mark.MASKED_BASIC_USER_ID)

    def fill(self, **typed: Unpack[NewBasicPassword]) -> Self:
        """Type into the named fields; the others stay."""
        return self._fill(typed)

    def submit(self) -> BasicPasswordDonePage:
        """Change the password."""
        return self.press(Mark.SUBMIT, BasicPasswordDonePage)


class BasicPasswordDonePage(SignedInPage):
    """The message that the basic password is changed."""

    SCREEN, PATH = Screen.BASIC_PASSWORD_DONE, Path.BASIC_PASSWORD_DONE

    @property
    def success(self) -> str:
        """The message."""
        return self.text(Mark.SUCCESS)

    def go_on(self) -> account.AccountHomePage:
        """Go on to the main page."""
        return self.press(Mark.CONTINUE, account.AccountHomePage)
