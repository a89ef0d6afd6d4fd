"""The registration's screens (guide: register, steps 3 to 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from ..hooks import Field, Mark, Path, Screen
from . import login, outside
from .base import PortalPage
from .forms import CaptchaPage, FormPage

if TYPE_CHECKING:
    from typing import Unpack

    from .forms import Confirmation, Details


class RegisterTermsPage(PortalPage):
    """The terms of use."""

    SCREEN, PATH = Screen.TERMS, Path.TERMS

    def agree(self) -> RegisterKindPage:
        """Agree and go on."""
        return self.press(Mark.AGREE, RegisterKindPage)

    def disagree(self) -> outside.HomePage:
        """Do not agree, and be back at the welcome page."""
        return self.press(Mark.DISAGREE, outside.HomePage)


class RegisterKindPage(FormPage):
    """The kind of account."""

    SCREEN, PATH = Screen.KIND, Path.KIND

    def choose(self, account_kind: Literal["corporate", "personal"]) -> Self:
        """Choose a kind."""
        self.page.locator(f'[name="{Field.ACCOUNT_KIND}"][value="{account_kind}"]').check()
        return self

    def submit(self) -> RegisterDetailsPage:
        """Go on with the kind that is chosen."""
        return self.press(Mark.SUBMIT, RegisterDetailsPage)

    def back(self) -> RegisterTermsPage:
        """Go back to the terms."""
        return self.press(Mark.BACK, RegisterTermsPage)


class RegisterDetailsPage(CaptchaPage):
    """Accounts, identity prefix, Internet user ID, its password, and the CAPTCHA."""

    SCREEN, PATH = Screen.DETAILS, Path.DETAILS

    def fill(self, **typed: Unpack[Details]) -> Self:
        """Type into the named fields; the others stay."""
        return self._fill(typed)

    def submit(self) -> RegisterConfirmPage:
        """Send the details and go on to their review."""
        return self.press(Mark.SUBMIT, RegisterConfirmPage)

    def back(self) -> RegisterKindPage:
        """Go back to the kind of account."""
        return self.press(Mark.BACK, RegisterKindPage)


class RegisterConfirmPage(FormPage):
    """The review of what was entered, and the primary account's basic password."""

    SCREEN, PATH = Screen.CONFIRM, Path.CONFIRM

    @property
    def review(self) -> dict[str, str]:
        """What was entered, by field."""
        return self.texts(Mark.REVIEW)

    def fill(self, **typed: Unpack[Confirmation]) -> Self:
        """Type the basic password."""
        return self._fill(typed)

    def submit(self) -> RegisterDonePage:
        """Confirm, and be registered."""
        return self.press(Mark.SUBMIT, RegisterDonePage)

    def back(self) -> RegisterDetailsPage:
        """Go back to the details, which are kept but for secrets."""
        return self.press(Mark.BACK, RegisterDetailsPage)


class RegisterDonePage(PortalPage):
    """The message that the Internet user ID is registered."""

    SCREEN, PATH = Screen.DONE, Path.DONE

    @property
    def success(self) -> str:
        """The message."""
        return self.text(Mark.SUCCESS)

    @property
    def review(self) -> dict[str, str]:
        """What was registered, by field."""
        return self.texts(Mark.REVIEW)

    def go_on(self) -> login.LoginFormPage:
        """Go on to the login."""
        return self.press(Mark.CONTINUE, login.LoginFormPage)
