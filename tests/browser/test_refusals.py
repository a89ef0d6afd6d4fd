"""After a refusal the visitor stands before the summary, and it leads to the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import DETAILS, LANGS, at, fill, press, refused, shown, sign_in, to_confirm, to_details
from playwright.sync_api import expect

from ipportal.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def kind(page: Page) -> None:
    page.goto("/register/terms")
    press(page, "agree")
    at(page, "register/kind")


def login(page: Page) -> None:
    page.goto("/login")


def cancel(page: Page) -> None:
    page.goto("/cancel")


def basic_password(page: Page) -> None:
    sign_in(page, "registered-first-login-due")


def internet_password(page: Page) -> None:
    sign_in(page)
    page.goto("/account/internet")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("go", [kind, to_details, to_confirm, login, cancel, basic_password, internet_password])
def test_the_summary_has_the_focus_and_leads_to_each_field(
    visit: Callable[..., Page], go: Callable[[Page], None], *, scripts: bool
) -> None:
    page = visit(scripts=scripts)
    go(page)

    press(page, "submit")

    fields = refused(page)
    expect(page.get_by_test_id("summary")).to_be_focused()
    assert fields
    for name in fields:
        page.get_by_test_id(f"summary-{name}").press("Enter")
        focused = page.evaluate("document.activeElement.name || document.activeElement.id")
        assert focused == name
        expect(page.locator(f'[data-problem="{name}"]')).to_be_in_viewport(ratio=1)
        expect(page.locator(f'label[for="{name}"], #{name} legend').first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("lang", LANGS)
def test_the_title_says_first_that_something_is_wrong(page: Page, lang: str) -> None:
    page.goto(f"/login?lang={lang}")
    plain, prefix = page.title(), say("frame.error_title", lang, title="")

    press(page, "submit")
    refused(page)

    assert page.title().startswith(prefix)
    assert not plain.startswith(prefix)


def test_a_refused_form_keeps_what_was_typed_but_secrets(page: Page) -> None:
    to_details(page)
    typed = DETAILS | {"internet_password_again": "Another20252", "captcha": "PASS1"}
    fill(page, **typed)

    press(page, "submit")

    assert refused(page) == {"internet_password_again": "differs", "captcha": "length"}
    assert shown(page, *typed) == typed | {"internet_password": "", "internet_password_again": ""}


def test_a_whole_identity_number_is_not_shown_again(page: Page) -> None:
    to_details(page)
    fill(page, **DETAILS | {"identity_prefix": "ZA123456"})

    press(page, "submit")

    assert refused(page) == {"identity_prefix": "length"}
    assert "ZA123456" not in page.content()


def test_the_gates_summary_leads_to_its_field(gate: tuple[Page, Path]) -> None:
    page, _ = gate
    page.goto("/")

    press(page, "submit")

    assert refused(page) == {"access_password": "required"}
    expect(page.get_by_test_id("summary")).to_be_focused()
    page.get_by_test_id("summary-access_password").press("Enter")
    expect(page.locator('[name="access_password"]')).to_be_focused()
    expect(page.locator('[data-problem="access_password"]')).to_have_count(1)
