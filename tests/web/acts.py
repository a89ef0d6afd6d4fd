"""What a visitor does at each step where a fault can strike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from web.scenes import (
    DETAILS,
    PEOPLE,
    WORD,
    at_cancel_confirm,
    at_confirm,
    at_details,
    at_done,
    at_kind,
    change,
    credentials,
    sign_in,
)

from ipportal.flows.faults import PAGE, SUBMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from web.client import Browser, Page

DUE, LINKED = "registered-first-login-due", "registered-linked"
NEW: Final = {
    "current_internet_password": credentials("registered")["internet_password"],
    "internet_password": "Another202577",
    "internet_password_again": "Another202577",
}


@dataclass(frozen=True)
class Act:
    """A way to meet a step: `before` brings the visitor there, `do` is the one request, `then` the screen it shows."""

    step: str
    moment: str
    before: Callable[[Browser], object]
    do: Callable[[Browser], Page]
    then: str


def _look(step: str, path: str, before: Callable[[Browser], object] = lambda b: b.get("/practice")) -> Act:
    return Act(step, PAGE, before, lambda browser: browser.get(path), step)


def _part(step: str, testid: str, attribute: str) -> Act:
    """Return the act of asking for a part of the page."""
    return Act(step, PAGE, at_details, lambda browser: browser.get(browser.page.by(testid)[attribute]), "")


def _refresh(browser: Browser) -> Page:
    path, shown = browser.page.by("captcha-refresh")["data-refresh"], browser.page.value("captcha_id")
    return browser.post(path, {"captcha_id": shown})


def _at_cancel_done(browser: Browser) -> Page:
    at_cancel_confirm(browser)
    return browser.submit(basic_password=PEOPLE[LINKED].basic_password)


def _due(browser: Browser) -> Page:
    return sign_in(browser, DUE)


ACTS: Final = [
    _look("home", "/"),
    Act("register/terms", SUBMIT, lambda b: b.get("/register/terms"), lambda b: b.submit("agree"), "register/kind"),
    _look("register/terms", "/register/terms"),
    Act("register/kind", SUBMIT, at_kind, lambda b: b.submit(account_kind="personal"), "register/details"),
    _look("register/kind", "/register/kind", at_kind),
    Act("register/details", SUBMIT, at_details, lambda b: b.submit(**DETAILS), "register/confirm"),
    _look("register/details", "/register/details", at_details),
    Act("register/confirm", SUBMIT, at_confirm, lambda b: b.submit(basic_password="31415926"), "register/done"),
    _look("register/confirm", "/register/confirm", at_confirm),
    _look("register/done", "/register/done", at_done),
    Act(
        "login/form", SUBMIT, lambda b: b.get("/login"), lambda b: b.submit(**credentials("registered")), "account/home"
    ),
    _look("login/form", "/login"),
    _look("login/tips", "/login/tips"),
    Act("logout", SUBMIT, sign_in, lambda b: b.submit("logout"), "login/form"),
    Act("basic_password/form", SUBMIT, _due, change, "basic_password/done"),
    _look("basic_password/form", "/basic-password", _due),
    _look("basic_password/done", "/basic-password/done", lambda b: (_due(b), change(b))),
    _look("account/home", "/account", sign_in),
    _look("account/notice", "/account/notices/TRN20250324-01", sign_in),
    Act(
        "account/internet",
        SUBMIT,
        lambda b: (sign_in(b), b.get("/account/internet")),
        lambda b: b.submit(**NEW),
        "account/internet",
    ),
    _look("account/internet", "/account/internet", sign_in),
    Act("account/function", PAGE, sign_in, lambda b: b.get("/account/voting"), "account/voting"),
    Act(
        "cancel/form",
        SUBMIT,
        lambda b: b.get("/cancel"),
        lambda b: b.submit(**credentials(LINKED), captcha=WORD),
        "cancel/confirm",
    ),
    _look("cancel/form", "/cancel"),
    Act(
        "cancel/confirm",
        SUBMIT,
        at_cancel_confirm,
        lambda b: b.submit(basic_password=PEOPLE[LINKED].basic_password),
        "cancel/done",
    ),
    _look("cancel/confirm", "/cancel/confirm", at_cancel_confirm),
    _look("cancel/done", "/cancel/done", _at_cancel_done),
    _part("captcha/picture", "captcha", "src"),
    _part("captcha/sound", "captcha-listen", "href"),
    Act("captcha/refresh", SUBMIT, at_details, _refresh, ""),
]


def each_act(*acts: Act) -> pytest.MarkDecorator:
    """Run a test once with each of the acts."""
    return pytest.mark.parametrize("act", acts, ids=[f"{act.step}:{act.moment}" for act in acts])


EACH_ACT: Final = each_act(*ACTS)
EACH_SUBMIT: Final = each_act(*(act for act in ACTS if act.moment == SUBMIT))
EACH_PAGE: Final = each_act(*(act for act in ACTS if act.moment == PAGE))
