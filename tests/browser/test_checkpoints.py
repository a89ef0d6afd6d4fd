"""Each of the guide's 23 steps, opened in a browser by its link, and gone on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.pages import at, field, screen
from browser.steps import STEPS
from browser.tool import call
from playwright.sync_api import expect
from props import CHAN

from ipportal.checkpoints import STEPS as GUIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser


@pytest.fixture
def lesson(served: str, stage: Portal) -> str:
    """The name of a workspace of the test's own, at noon."""
    made = call(served, stage, "POST", "/workspaces", {"now": "2025-03-31T12:00:00+08:00"})
    return str(made["name"])


def ready(page: Page, what: str) -> None:
    """See that a field has the focus, or that something is in sight."""
    if what.startswith("testid:"):
        expect(page.get_by_test_id(what.removeprefix("testid:")).first).to_be_in_viewport()
    else:
        expect(field(page, what)).to_be_focused()
        expect(field(page, what)).to_be_in_viewport()


def test_the_steps_that_are_opened_here_are_those_of_the_guide() -> None:
    assert list(STEPS) == list(GUIDE)
    assert len(STEPS) == 23


@pytest.mark.parametrize("step", STEPS)
def test_each_step_opens_where_it_should_and_the_guide_goes_on_from_there(
    page: Page, served: str, stage: Portal, lesson: str, step: str
) -> None:
    where, what, go_on = STEPS[step]
    opened = call(served, stage, "POST", f"/workspaces/{lesson}/checkpoints/{step}/open")

    page.goto(opened["url"])

    at(page, where)
    ready(page, what)
    assert page.url.startswith(f"{served}/w/{lesson}/")
    assert page.locator("[data-problem]").count() == 0
    challenges = call(served, stage, "GET", f"/workspaces/{lesson}/captcha")["challenges"]
    answer = {"captcha": challenges[0]["answer"]} if challenges else {}
    go_on(page, opened["typed"] | answer | {"person": opened["person"]})
    assert page.url.startswith(f"{served}/w/{lesson}/")


def test_a_link_that_was_used_says_so_and_leaves_the_browser_where_it_was(
    page: Page, served: str, stage: Portal, lesson: str
) -> None:
    url = call(served, stage, "POST", f"/workspaces/{lesson}/checkpoints/register-10/open")["url"]
    page.goto(url)
    at(page, "register/confirm")

    page.goto(url)

    at(page, "home")
    expect(page.locator('[data-notice="link_over"]')).to_be_visible()
    page.goto(f"{served}/w/{lesson}/register/confirm")
    assert screen(page) == "register/confirm"


def test_a_checkpoint_in_a_workspace_leaves_the_tab_at_main_alone(
    page: Page, served: str, stage: Portal, lesson: str
) -> None:
    page.goto("/register/terms")
    page.get_by_test_id("agree").click()
    at(page, "register/kind")
    other = page.context.new_page()

    other.goto(call(served, stage, "POST", f"/workspaces/{lesson}/checkpoints/register-6/open")["url"])

    at(other, "register/details")
    expect(field(other, "basic_user_id")).to_have_value(CHAN["basic_user_id"])
    page.reload()
    at(page, "register/kind")
