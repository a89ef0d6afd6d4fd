"""What a user's own test suite imports; each part is loaded when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = [
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
    "Control",
    "ErrorPage",
    "HomePage",
    "LoginFormPage",
    "LoginTipsPage",
    "Page",
    "PortalPage",
    "PracticeAccountsPage",
    "PracticeMessagesPage",
    "PracticeRulesPage",
    "RegisterConfirmPage",
    "RegisterDetailsPage",
    "RegisterDonePage",
    "RegisterKindPage",
    "RegisterTermsPage",
    "Server",
    "Visitor",
    "Workspace",
    "create",
    "hooks",
    "pages",
    "shown",
    "trouble",
]

if TYPE_CHECKING:
    from . import hooks, pages, trouble
    from .client import Workspace, create
    from .control import Control
    from .page import Page
    from .pages import (
        AccessPage,
        AccountContactPage,
        AccountFunctionPage,
        AccountGuidePage,
        AccountHomePage,
        AccountInternetPage,
        AccountNoticePage,
        AccountPhonePage,
        AccountRulesPage,
        AccountTermsPage,
        BasicPasswordDonePage,
        BasicPasswordFormPage,
        CancelConfirmPage,
        CancelDonePage,
        CancelFormPage,
        CertificatePage,
        ClosedPage,
        ErrorPage,
        HomePage,
        LoginFormPage,
        LoginTipsPage,
        PortalPage,
        PracticeAccountsPage,
        PracticeMessagesPage,
        PracticeRulesPage,
        RegisterConfirmPage,
        RegisterDetailsPage,
        RegisterDonePage,
        RegisterKindPage,
        RegisterTermsPage,
        shown,
    )
    from .server import Server
    from .visitor import Visitor

__tracebackhide__ = True  # a failing test shows its own line, not one in here

_HOMES = {
    "Control": "control",
    "Page": "page",
    "Server": "server",
    "Visitor": "visitor",
    "Workspace": "client",
    "create": "client",
}
_MODULES = frozenset({"hooks", "pages", "trouble"})


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for, so that `import ipportal.testing` costs nothing."""
    if name not in __all__:
        raise AttributeError(name)
    from importlib import import_module  # noqa: PLC0415 - as above

    if name in _MODULES:
        return import_module(f".{name}", __name__)
    return getattr(import_module(f".{_HOMES.get(name, 'pages')}", __name__), name)
