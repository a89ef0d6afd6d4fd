"""The mode `reveal` shows the CAPTCHA's answer on the page, and a new picture brings a new answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import DETAILS, at, fill, hidden, press, shown
from browser.tool import call
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser


def details(page: Page, served: str, store: Portal) -> str:
    """Open the details in a workspace that reveals; return the answer on the page."""
    now = {"now": "2025-03-31T12:00:00+08:00", "captcha": "reveal"}
    name = call(served, store, "POST", "/workspaces", now)["name"]
    page.goto(call(served, store, "POST", f"/workspaces/{name}/checkpoints/register-5/open")["url"])
    at(page, "register/details")
    return page.get_by_test_id("captcha-answer").inner_text()


def test_the_answer_on_the_page_is_the_right_one(page: Page, served: str, stage: Portal) -> None:
    answer = details(page, served, stage)

    fill(page, **DETAILS | {"captcha": answer})
    press(page, "submit")

    at(page, "register/confirm")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_new_picture_brings_its_own_answer(
    visit: Callable[..., Page], served: str, stage: Portal, *, scripts: bool
) -> None:
    page = visit(scripts=scripts)
    answer = details(page, served, stage)
    challenge = hidden(page, "captcha_id")

    with page.expect_response("**/captcha/*.png"):
        press(page, "captcha-refresh")

    expect(page.get_by_test_id("captcha-answer")).not_to_have_text(answer)
    assert hidden(page, "captcha_id") != challenge
    assert shown(page, "captcha") == {"captcha": ""}
    fill(page, **DETAILS | {"captcha": page.get_by_test_id("captcha-answer").inner_text()})
    press(page, "submit")
    at(page, "register/confirm")


def test_the_answer_is_easier_to_read_than_what_stands_beside_it(page: Page, served: str, stage: Portal) -> None:
    details(page, served, stage)

    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    answer = page.get_by_test_id("captcha-answer")
    assert answer.evaluate(size) > page.locator(".revealed").evaluate(size)
    assert "Mono" in answer.evaluate("one => getComputedStyle(one).fontFamily")
