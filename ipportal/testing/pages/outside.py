"""What lies outside login and registration: welcome, e-certificate, practice side, gate, maintenance and errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from ..hooks import Mark, Path, Screen
from . import account, cancel, login, register
from .base import PortalPage
from .forms import FormPage

if TYPE_CHECKING:
    from typing import Unpack

    from .base import P
    from .forms import Access


class HomePage(PortalPage):
    """The welcome page with its two columns."""

    SCREEN, PATH = Screen.HOME, Path.HOME

    def register(self) -> register.RegisterTermsPage:
        """Begin a registration."""
        return self.press(Mark.REGISTER, register.RegisterTermsPage)

    def login(self) -> login.LoginFormPage:
        """Go to the login."""
        return self.press(Mark.LOGIN, login.LoginFormPage)

    def cancel(self) -> cancel.CancelFormPage:
        """Go to the cancelling of an Internet user ID."""
        return self.press(Mark.CANCEL, cancel.CancelFormPage)

    def certificate(self, function: Literal["register", "login", "revoke"]) -> CertificatePage:
        """Follow a link of the e-certificate column."""
        return self.press(Mark.CERTIFICATE.of(function), CertificatePage)


class CertificatePage(PortalPage):
    """What an e-certificate function is; its `part` of the address is the function."""

    SCREEN, PATH = Screen.CERTIFICATE, Path.CERTIFICATE

    def back(self) -> HomePage:
        """Go back to the welcome page."""
        return self.press(Mark.BACK, HomePage)


class PracticeAccountsPage(PortalPage):
    """The practice accounts with what to type."""

    SCREEN, PATH = Screen.PRACTICE, Path.PRACTICE

    @property
    def people(self) -> dict[str, str]:
        """What the page says of each practice account, by key."""
        return self.texts(Mark.PERSON)

    @property
    def clock(self) -> str:
        """What the page says of the portal's clock."""
        return self.text(Mark.CLOCK)

    @property
    def reopens(self) -> str:
        """Until when the portal is closed, in words; nothing while it is open."""
        return self.text(Mark.REOPENS)

    def start(self) -> HomePage:
        """Go to the portal."""
        return self.press(Mark.START, HomePage)

    def rules(self) -> PracticeRulesPage:
        """Go to the table of rules."""
        return self.press(Mark.RULES, PracticeRulesPage)

    def messages(self) -> PracticeMessagesPage:
        """Go to the table of messages."""
        return self.press(Mark.MESSAGES, PracticeMessagesPage)


class PracticeRulesPage(PortalPage):
    """Every rule with its source."""

    SCREEN, PATH = Screen.PRACTICE_RULES, Path.PRACTICE_RULES

    @property
    def rules(self) -> dict[str, str]:
        """What the page says of each rule, by name."""
        return self.texts(Mark.RULE)

    def messages(self) -> PracticeMessagesPage:
        """Go to the table of messages."""
        return self.press(Mark.MESSAGES, PracticeMessagesPage)

    def back(self) -> PracticeAccountsPage:
        """Go back to the practice accounts."""
        return self.press(Mark.BACK, PracticeAccountsPage)


class PracticeMessagesPage(PortalPage):
    """What each screen can tell, in three languages."""

    SCREEN, PATH = Screen.PRACTICE_MESSAGES, Path.PRACTICE_MESSAGES

    def rules(self) -> PracticeRulesPage:
        """Go to the table of rules."""
        return self.press(Mark.RULES, PracticeRulesPage)

    def back(self) -> PracticeAccountsPage:
        """Go back to the practice accounts."""
        return self.press(Mark.BACK, PracticeAccountsPage)


class AccessPage(FormPage):
    """The gate of a portal that other machines reach."""

    SCREEN, PATH = Screen.ACCESS, Path.ACCESS

    def fill(self, **typed: Unpack[Access]) -> Self:
        """Type the access password."""
        return self._fill(typed)

    def submit(self) -> HomePage:
        """Be let in."""
        return self.press(Mark.SUBMIT, HomePage)


class ClosedPage(PortalPage):
    """What every address of the portal shows during maintenance."""

    SCREEN, PATH = Screen.CLOSED, Path.HOME

    @property
    def reopens(self) -> str:
        """When the portal opens again, in words."""
        return self.text(Mark.REOPENS)

    @property
    def maintenance(self) -> str:
        """The maintenance table."""
        return self.text(Mark.MAINTENANCE)


class ErrorPage(PortalPage):
    """What went wrong; `open()` takes any path that begins at the portal's address as its *part*."""

    SCREEN, PATH = Screen.ERROR, Path.HOME

    @classmethod
    def _address(cls, part: str) -> str:
        return f"/{part.lstrip('/')}"

    @property
    def status(self) -> int:
        """The status that the page is for."""
        return int(self.screen.rpartition("/")[2])

    @property
    def incident(self) -> str:
        """The sentence with the incident's number, where something broke."""
        return self.text(Mark.INCIDENT)

    def again(self, to: type[P]) -> P:
        """Go back to the form that could not be sent."""
        return self.press(Mark.AGAIN, to)

    def main_page(self) -> account.AccountHomePage:
        """Go to the main page, which is offered to who is signed in."""
        return self.press(Mark.MAIN_PAGE, account.AccountHomePage)

    def back(self) -> HomePage:
        """Go to the welcome page."""
        return self.press(Mark.BACK, HomePage)
