"""The main page after login (guide: login, step 10) and the functions of its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from ..hooks import Function, Mark, Path, Screen
from ..trouble import Refused
from . import login, outside
from .forms import FormPage
from .signed_in import SignedInPage

if TYPE_CHECKING:
    from typing import Unpack

    from .forms import NewInternetPassword


class AccountPage(SignedInPage):
    """A function of the menu."""

    FUNCTION: ClassVar[str] = ""
    PATH = Path.FUNCTION

    @classmethod
    def _address(cls, part: str) -> str:
        return super()._address(part or cls.FUNCTION)

    def guide(self) -> AccountGuidePage:
        """Follow the top bar to the user guide."""
        return self.press(Mark.BAR_GUIDE, AccountGuidePage)


class AccountHomePage(AccountPage):
    """The last login, the notice board and the maintenance table."""

    SCREEN, PATH, FUNCTION = Screen.ACCOUNT, Path.ACCOUNT, Function.NOTICES

    @property
    def last_login(self) -> str:
        """What the page says of the last login."""
        return self.text(Mark.LAST_LOGIN)

    @property
    def new_messages(self) -> str:
        """What the page says of new messages."""
        return self.text(Mark.NEW_MESSAGES)

    @property
    def notices(self) -> dict[str, str]:
        """The notices on the board, by reference."""
        return self.texts(Mark.NOTICE_ROW)

    def filter(self, topic: str = "") -> Self:
        """Show the notices of one topic (`training`, `system`, `general`), or all."""
        self.marked(Mark.TOPIC).select_option(topic)
        return self.press(Mark.FILTER, type(self))

    def open_notice(self, reference: str) -> AccountNoticePage:
        """Open a notice, which counts as read from now on."""
        return self.press(Mark.OPEN.of(reference), AccountNoticePage)


class AccountNoticePage(AccountPage):
    """A notice; its `part` of the address is its reference."""

    SCREEN, PATH, FUNCTION = Screen.NOTICE, Path.NOTICE, Function.NOTICES

    def back(self) -> AccountHomePage:
        """Go back to the notice board."""
        return self.press(Mark.BACK, AccountHomePage)


class AccountFunctionPage(AccountPage):
    """What a function is that is not rehearsed here; its `part` of the address is the function."""

    SCREEN = Screen.FUNCTION

    def back(self) -> AccountHomePage:
        """Go back to the main page."""
        return self.press(Mark.BACK, AccountHomePage)


class AccountInternetPage(AccountPage, FormPage):
    """Internet account information: the linked accounts, and the change of the Internet password."""

    SCREEN, FUNCTION = Screen.INTERNET, Function.INTERNET

    @property
    def internet_user_id(self) -> str:
        """The Internet user ID."""
        return self.text(Mark.INTERNET_USER_ID)

    @property
    def linked(self) -> list[str]:
        """The rows of the linked accounts, the primary one first."""
        return list(self.texts(Mark.LINKED).values())

    def fill(self, **typed: Unpack[NewInternetPassword]) -> Self:
        """Type into the named fields; the others stay."""
        return self._fill(typed)

    def submit(self) -> Self:
        """Change the Internet password; the screen stays, with a notice."""
        self.press(Mark.SUBMIT, type(self))
        if self.problems:
            raise Refused(self.screen, self.problems)
        return self

    def change_basic_password(self, position: int = 1) -> login.BasicPasswordFormPage:
        """Go to the change of the basic password of the account at that position."""
        return self.press(Mark.CHANGE_BASIC_PASSWORD_OF.of(position), login.BasicPasswordFormPage)


class AccountContactPage(AccountPage):
    """Whom to ask."""

    SCREEN, FUNCTION = Screen.CONTACT, Function.CONTACT


class AccountRulesPage(AccountPage):
    """Rules and procedures."""

    SCREEN, FUNCTION = Screen.RULES, Function.RULES

    def rules(self) -> outside.PracticeRulesPage:
        """Follow the link to the table of rules."""
        return self.press(Mark.RULES, outside.PracticeRulesPage)


class AccountTermsPage(AccountPage):
    """The terms of use, again."""

    SCREEN, FUNCTION = Screen.ACCOUNT_TERMS, Function.TERMS


class AccountGuidePage(SignedInPage):
    """The user guide, which the top bar leads to."""

    SCREEN, PATH = Screen.GUIDE, Path.GUIDE

    def back(self) -> AccountHomePage:
        """Go back to the main page."""
        return self.press(Mark.BACK, AccountHomePage)


class AccountPhonePage(AccountPage):
    """The phone system, and the change of the basic password at will."""

    SCREEN, FUNCTION = Screen.PHONE, Function.PHONE

    def change_basic_password(self) -> login.BasicPasswordFormPage:
        """Go to the change of the primary account's basic password."""
        return self.press(Mark.CHANGE_BASIC_PASSWORD, login.BasicPasswordFormPage)
