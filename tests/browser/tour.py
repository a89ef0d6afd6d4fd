"""A visit to every page there is, one after the other, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.pages import (
    DETAILS,
    OWN_PASSWORD,
    at,
    credentials,
    field,
    fill,
    press,
    refused,
    sign_in,
    to_cancel_confirm,
    to_details,
)
from props import NOON, PEOPLE, WORD

from ipportal.clock import parse_moment
from ipportal.flows.account import FUNCTIONS
from ipportal.web.safety import ACCESS_TRIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from ipportal.portal import Portal

CLOSED, SOON = "2025-03-30T05:30+08:00", "2025-03-31T04:50+08:00"
_NOTICES = "TRN20250324-01"


def every_page(page: Page, stage: Portal, lang: str) -> Iterator[str]:
    """Show every page of the portal in turn, plain and refused, and yield what it is."""
    for part in (_outside(page, lang), _registration(page, lang), _first_login(page, lang)):
        yield from part
    for part in (_account(page, lang), _cancelling(page, lang), _faults(page), _hours(page, stage)):
        yield from part


def _outside(page: Page, lang: str) -> Iterator[str]:
    page.goto(f"/?lang={lang}")
    for path, name in (
        ("/", "home"),
        *((f"/certificate/{each}", f"certificate/{each}") for each in ("register", "login", "revoke")),
        ("/login/tips", "login/tips"),
        ("/practice", "practice/accounts"),
        ("/practice/rules", "practice/rules"),
        ("/practice/messages", "practice/messages"),
    ):
        page.goto(path)
        at(page, name, lang)
        yield name


def _registration(page: Page, lang: str) -> Iterator[str]:
    page.goto("/register/terms")
    at(page, "register/terms", lang)
    yield "register/terms"
    press(page, "disagree")
    at(page, "home")
    yield "home, not agreed"
    page.goto("/register/done")
    at(page, "register/terms")
    yield "register/terms, lost"
    press(page, "agree")
    at(page, "register/kind")
    yield "register/kind"
    yield from _no_answer(page, "register/kind")
    to_details(page, lang)
    yield "register/details"
    fill(page, **DETAILS | {"captcha": "WRONG1"})
    press(page, "submit")
    refused(page)
    yield "register/details, wrong CAPTCHA"
    yield from _no_answer(page, "register/details")
    fill(page, **DETAILS)
    press(page, "submit")
    at(page, "register/confirm", lang)
    yield "register/confirm"
    yield from _no_answer(page, "register/confirm")
    fill(page, basic_password=PEOPLE["fresh-individual"].basic_password)
    press(page, "submit")
    at(page, "register/done", lang)
    yield "register/done"


def _first_login(page: Page, lang: str) -> Iterator[str]:
    press(page, "continue")
    at(page, "login/form", lang)
    yield "login/form"
    yield from _no_answer(page, "login/form")
    fill(page, **credentials("registered") | {"internet_password": "Mistaken20251"})
    press(page, "submit")
    page.locator('[data-code="wrong_credentials"]').first.wait_for()
    yield "login/form, wrong password"
    sign_in(page, "registered-first-login-due", lang)
    yield "basic_password/form"
    yield from _no_answer(page, "basic_password/form")
    old = PEOPLE["registered-first-login-due"].basic_password
    fill(page, basic_password=old, new_basic_password=OWN_PASSWORD, new_basic_password_again=OWN_PASSWORD, captcha=WORD)
    press(page, "submit")
    at(page, "basic_password/done", lang)
    yield "basic_password/done"


def _account(page: Page, lang: str) -> Iterator[str]:
    press(page, "continue")
    at(page, "account/home", lang)
    yield "account/home, first login"
    sign_in(page, "registered-linked", lang)
    yield "account/home"
    press(page, f"open-{_NOTICES}")
    at(page, "account/notice", lang)
    yield "account/notice"
    for name, mark in [*((each, f"menu-{each}") for each in FUNCTIONS[1:-1]), ("guide", "bar-guide")]:
        press(page, mark)
        at(page, f"account/{name}", lang)
        yield f"account/{name}"
    page.goto("/account/internet")
    yield from _no_answer(page, "account/internet")
    page.goto("/basic-password")
    at(page, "basic_password/form", lang)
    yield "basic_password/form, at will"
    press(page, "logout")
    at(page, "login/form", lang)
    yield "login/form, signed out"


def _cancelling(page: Page, lang: str) -> Iterator[str]:
    page.goto("/cancel")
    at(page, "cancel/form", lang)
    yield "cancel/form"
    yield from _no_answer(page, "cancel/form")
    to_cancel_confirm(page, lang)
    yield "cancel/confirm"
    yield from _no_answer(page, "cancel/confirm")
    fill(page, basic_password=PEOPLE["registered"].basic_password)
    press(page, "submit")
    at(page, "cancel/done", lang)
    yield "cancel/done"


def _faults(page: Page) -> Iterator[str]:
    page.goto("/no-such-page")
    at(page, "errors/404")
    yield "errors/404"
    page.goto("/logout")
    at(page, "errors/405")
    yield "errors/405"
    for status, name, value in ((400, "csrf_token", "mine"), (413, "internet_user_id", "A" * 70_000)):
        page.goto("/login")
        page.locator(f'#form [name="{name}"]').evaluate("(one, value) => { one.value = value }", value)
        press(page, "submit")
        at(page, f"errors/{status}")
        yield f"errors/{status}"


def _hours(page: Page, stage: Portal) -> Iterator[str]:
    for moment, path, name in ((SOON, "/", "home"), (SOON, "/login", "login/form"), (CLOSED, "/login", "closed")):
        stage.stored_clock.set(parse_moment(moment))
        page.goto(path)
        at(page, name)
        yield f"{name} at {moment}"
    stage.stored_clock.set(NOON)


def _no_answer(page: Page, name: str) -> Iterator[str]:
    """Send the form with nothing typed."""
    for each in page.locator("#form input:is([type=text], [type=password])").all():
        each.fill("")
    press(page, "submit")
    refused(page)
    at(page, name)
    yield f"{name}, nothing typed"


def gate_pages(page: Page) -> Iterator[str]:
    """Show what stands before a public portal: the gate, what it refuses, and what it does with other forms."""
    page.goto("/login")
    at(page, "access")
    yield "access"
    for _ in range(ACCESS_TRIES):
        press(page, "submit")
        refused(page)
    yield "access, nothing typed"
    field(page, "access_password").fill("Guessed-2025")
    press(page, "submit")
    at(page, "errors/429")
    yield "errors/429"
    page.goto("/access")
    page.locator("#form").evaluate("form => { form.action = '/login' }")
    press(page, "submit")
    at(page, "errors/403")
    yield "errors/403"
