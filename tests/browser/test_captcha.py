"""The CAPTCHA can be refreshed and listened to without losing what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import DETAILS, SECRETS, at, fill, hidden, press, shown, to_details
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

KEPT = {name: value for name, value in DETAILS.items() if name not in {*SECRETS, "captcha"}}


def picture(page: Page) -> str:
    return page.get_by_test_id("captcha").get_attribute("src") or ""


def filled(page: Page) -> tuple[str, str]:
    """Fill the details and return the challenge and its picture."""
    to_details(page)
    fill(page, **DETAILS)
    return hidden(page, "captcha_id"), picture(page)


def test_a_new_picture_leaves_the_typed_passwords(page: Page) -> None:
    challenge, drawn = filled(page)

    with page.expect_response("**/captcha/*.png") as answer:
        press(page, "captcha-refresh")

    assert answer.value.headers["content-type"] == "image/png"
    assert shown(page, *DETAILS) == DETAILS | {"captcha": ""}
    assert hidden(page, "captcha_id") != challenge
    assert hidden(page, "captcha_id") in picture(page) != drawn
    expect(page.locator('[name="captcha"]')).to_be_focused()
    expect(page.get_by_role("status")).not_to_be_empty()


def test_the_new_picture_is_the_one_that_counts(page: Page) -> None:
    filled(page)
    with page.expect_response("**/captcha/*.png"):
        press(page, "captcha-refresh")

    fill(page, captcha=DETAILS["captcha"])
    press(page, "submit")

    at(page, "register/confirm")


def test_a_new_picture_without_scripts_leaves_all_but_secrets(visit: Callable[..., Page]) -> None:
    page = visit(scripts=False)
    challenge, drawn = filled(page)

    with page.expect_navigation():
        press(page, "captcha-refresh")

    at(page, "register/details")
    assert shown(page, *KEPT) == KEPT
    assert shown(page, *SECRETS, "captcha") == dict.fromkeys((*SECRETS, "captcha"), "")
    assert hidden(page, "captcha_id") != challenge
    assert hidden(page, "captcha_id") in picture(page) != drawn


@pytest.mark.parametrize("scripts", [True, False])
def test_those_who_cannot_see_the_picture_hear_it_and_lose_nothing(
    visit: Callable[..., Page], *, scripts: bool
) -> None:
    page = visit(scripts=scripts)
    challenge, drawn = filled(page)

    with page.context.expect_event("response", lambda answer: answer.url.endswith(".wav")) as answer:
        press(page, "captcha-listen")

    assert answer.value.headers["content-type"] == "audio/wav"
    expect(page.locator("#captcha-sound[data-playing]")).to_have_count(int(scripts))
    at(page, "register/details")
    assert shown(page, *DETAILS) == DETAILS
    assert (hidden(page, "captcha_id"), picture(page)) == (challenge, drawn)
