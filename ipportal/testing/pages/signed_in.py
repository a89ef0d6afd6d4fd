"""What the screens of a signed-in visitor share: the menu and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ..hooks import Function, Mark
from . import login
from .base import PortalPage

if TYPE_CHECKING:
    from . import account

A = TypeVar("A", bound="account.AccountPage")


class SignedInPage(PortalPage):
    """A screen of a signed-in visitor."""

    @property
    def functions(self) -> list[str]:
        """The functions of the menu, in its order; none while the basic password must be changed first."""
        prefix = Mark.MENU.of("")
        return [mark.removeprefix(prefix) for mark in self.marks if Mark.MENU.fits(mark)]

    def menu(self, to: type[A], function: str = "") -> A:
        """Follow the menu to a screen; for `AccountFunctionPage` say which *function*."""
        return self.press(Mark.MENU.of(Function(function or to.FUNCTION)), to)

    def logout(self) -> login.LoginFormPage:
        """Log out and be at the login."""
        return self.press(Mark.LOGOUT, login.LoginFormPage)
