"""What a page says of itself, and the marks of its parts."""

from __future__ import annotations

from .base import Hook


class Screen(Hook):
    """The values of `<body data-screen>`."""

    HOME = "home"
    TERMS = "register/terms"
    KIND = "register/kind"
    DETAILS = "register/details"
    CONFIRM = "register/confirm"
    DONE = "register/done"
    LOGIN = "login/form"
    TIPS = "login/tips"
    BASIC_PASSWORD = "basic_password/form"  # noqa: S105 - a screen
    BASIC_PASSWORD_DONE = "basic_password/done"  # noqa: S105 - a screen
    ACCOUNT = "account/home"
    NOTICE = "account/notice"
    FUNCTION = "account/{function}"
    INTERNET = "account/internet"
    CONTACT = "account/contact"
    RULES = "account/rules"
    ACCOUNT_TERMS = "account/terms"
    PHONE = "account/phone"
    CANCEL = "cancel/form"
    CANCEL_CONFIRM = "cancel/confirm"
    CANCEL_DONE = "cancel/done"
    CERTIFICATE = "certificate/{function}"
    PRACTICE = "practice/accounts"
    PRACTICE_RULES = "practice/rules"
    ACCESS = "access"
    CLOSED = "closed"
    ERROR = "errors/{status}"


class Mark(Hook):
    """The values of `data-testid`: first of buttons, links and the CAPTCHA picture, then of texts."""

    SUBMIT = "submit"
    ENTER = "enter"
    BACK = "back"
    CONTINUE = "continue"
    AGREE = "agree"
    DISAGREE = "disagree"
    REGISTER = "register"
    LOGIN = "login"
    CANCEL = "cancel"
    TIPS = "tips"
    LOGOUT = "logout"
    MENU = "menu-{function}"
    MENU_EXIT = "menu-exit"
    BAR_PORTAL = "bar-portal"
    BAR_PROSPECTUS = "bar-prospectus"
    BAR_ACCOUNT = "bar-account"
    BAR_GUIDE = "bar-guide"
    OPEN = "open-{reference}"
    TOPIC = "topic"
    FILTER = "filter"
    LANG = "lang-{language}"
    PRACTICE = "practice"
    START = "start"
    RULES = "rules"
    CHANGE_BASIC_PASSWORD = "change-basic-password"  # noqa: S105 - a mark
    CHANGE_BASIC_PASSWORD_OF = "change-basic-password-{position}"  # noqa: S105 - a mark
    CAPTCHA_REFRESH = "captcha-refresh"
    CAPTCHA_LISTEN = "captcha-listen"
    AGAIN = "again"
    CERTIFICATE = "certificate-{function}"
    HOME = "home"
    SKIP = "skip"
    SUMMARY_OF = "summary-{field}"
    CAPTCHA = "captcha"

    BANNER = "banner"
    CAPTCHA_ANSWER = "captcha-answer"
    PORTAL_TIME = "portal-time"
    WORKSPACE = "workspace"
    NOTICE = "notice"
    MAINTENANCE_SOON = "maintenance-soon"
    SUMMARY = "summary"
    SUCCESS = "success"
    REVIEW = "review-{field}"
    REVIEW_ACCOUNTS = "review-accounts"
    MASKED_BASIC_USER_ID = "masked-basic_user_id"
    LAST_LOGIN = "last-login"
    NEW_MESSAGES = "new-messages"
    NOTICE_ROW = "notice-{reference}"
    LINKED = "linked-{position}"
    INTERNET_USER_ID = "internet_user_id"
    MAINTENANCE = "maintenance"
    REOPENS = "reopens"
    INCIDENT = "incident"
    CLOCK = "clock"
    PERSON = "person-{key}"
    RULE = "rule-{name}"


class Attribute(Hook):
    """The attributes that hold hooks."""

    SCREEN = "data-screen"
    PROBLEM = "data-problem"
    CODE = "data-code"
    MARK = "data-testid"
    NOTICE = "data-notice"
