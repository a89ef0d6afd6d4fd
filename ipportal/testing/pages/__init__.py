"""Playwright page objects: one class for each screen, named after it (`register/terms` is `RegisterTermsPage`).

Begin with `HomePage.open(page, url)`; every deed returns the screen that it leads to. Needs `ipportal[playwright]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..hooks import Attribute
from ..trouble import WrongScreen
from .account import (
    AccountContactPage,
    AccountFunctionPage,
    AccountGuidePage,
    AccountHomePage,
    AccountInternetPage,
    AccountNoticePage,
    AccountPhonePage,
    AccountRulesPage,
    AccountTermsPage,
)
from .base import PortalPage
from .cancel import CancelConfirmPage, CancelDonePage, CancelFormPage
from .login import BasicPasswordDonePage, BasicPasswordFormPage, LoginFormPage, LoginTipsPage
from .outside import (
    AccessPage,
    CertificatePage,
    ClosedPage,
    ErrorPage,
    HomePage,
    PracticeAccountsPage,
    PracticeMessagesPage,
    PracticeRulesPage,
)
from .register import RegisterConfirmPage, RegisterDetailsPage, RegisterDonePage, RegisterKindPage, RegisterTermsPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCREENS: tuple[type[PortalPage], ...] = (
    HomePage,
    RegisterTermsPage,
    RegisterKindPage,
    RegisterDetailsPage,
    RegisterConfirmPage,
    RegisterDonePage,
    LoginFormPage,
    LoginTipsPage,
    BasicPasswordFormPage,
    BasicPasswordDonePage,
    AccountHomePage,
    AccountNoticePage,
    AccountInternetPage,
    AccountContactPage,
    AccountRulesPage,
    AccountTermsPage,
    AccountPhonePage,
    AccountGuidePage,
    AccountFunctionPage,
    CancelFormPage,
    CancelConfirmPage,
    CancelDonePage,
    CertificatePage,
    PracticeAccountsPage,
    PracticeRulesPage,
    PracticeMessagesPage,
    AccessPage,
    ClosedPage,
    ErrorPage,
)
"""Every screen's class."""

__all__ = [
    "SCREENS",
    "AccessPage",
    "AccountContactPage",
    "AccountFunctionPage",
    "AccountGuidePage",
    "AccountHomePage",
    "AccountInternetPage",
    "AccountNoticePage",
    "AccountPhonePage",
    "AccountRulesPage",
    "AccountTermsPage",
    "BasicPasswordDonePage",
    "BasicPasswordFormPage",
    "CancelConfirmPage",
    "CancelDonePage",
    "CancelFormPage",
    "CertificatePage",
    "ClosedPage",
    "ErrorPage",
    "HomePage",
    "LoginFormPage",
    "LoginTipsPage",
    "PortalPage",
    "PracticeAccountsPage",
    "PracticeMessagesPage",
    "PracticeRulesPage",
    "RegisterConfirmPage",
    "RegisterDetailsPage",
    "RegisterDonePage",
    "RegisterKindPage",
    "RegisterTermsPage",
    "shown",
]


def shown(page: Page) -> PortalPage:
    """Return the screen that the page shows, whichever it is."""
    screen = page.locator("body").get_attribute(Attribute.SCREEN) or ""
    for each in SCREENS:
        if each.shows(screen):
            return each(page)
    raise WrongScreen("of the portal", screen, page.url, {})
