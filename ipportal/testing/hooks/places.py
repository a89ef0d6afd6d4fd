"""Where the portal's pages are, and what their addresses may hold."""

from __future__ import annotations

from .base import Hook


class Path(Hook):
    """Where the screens are, seen from the portal's address."""

    HOME = "/"
    TERMS = "/register/terms"
    KIND = "/register/kind"
    DETAILS = "/register/details"
    CONFIRM = "/register/confirm"
    DONE = "/register/done"
    LOGIN = "/login"
    TIPS = "/login/tips"
    LOGOUT = "/logout"
    BASIC_PASSWORD = "/basic-password"  # noqa: S105 - an address
    BASIC_PASSWORD_DONE = "/basic-password/done"  # noqa: S105 - an address
    ACCOUNT = "/account"
    FUNCTION = "/account/{function}"
    GUIDE = "/account/guide"
    NOTICE = "/account/notices/{reference}"
    CANCEL = "/cancel"
    CANCEL_CONFIRM = "/cancel/confirm"
    CANCEL_DONE = "/cancel/done"
    CERTIFICATE = "/certificate/{function}"
    PRACTICE = "/practice"
    PRACTICE_RULES = "/practice/rules"
    PRACTICE_MESSAGES = "/practice/messages"
    HEALTH = "/health"
    ACCESS = "/access"
    OPEN = "/open/{ticket}"


class Language(Hook):
    """The values of `?lang=` and of `<html lang>`."""

    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"
    SIMPLIFIED = "zh-Hans"


class Function(Hook):
    """The functions of the menu after login, in its order; `exit` is a button."""

    NOTICES = "notices"
    INSTRUCTION = "instruction"
    COUNTERPARTIES = "counterparties"
    SUBSCRIPTION = "subscription"
    DIVIDEND = "dividend"
    VOTING = "voting"
    EIPO = "eipo"
    TENDER = "tender"
    WITHDRAWAL = "withdrawal"
    ENQUIRY = "enquiry"
    STATEMENT = "statement"
    PARTICULARS = "particulars"
    FORMS = "forms"
    INTERNET = "internet"
    CONTACT = "contact"
    RULES = "rules"
    TERMS = "terms"
    PHONE = "phone"
    EXIT = "exit"
