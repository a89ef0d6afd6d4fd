"""F14: the portal breaks after the commit and before the answer: an error page, and the repetition shows success."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sanity import assert_journal_tells, assert_store_sane, rows_of
from web.acts import EACH_SUBMIT, Act

from ipportal.store.failpoints import Reached

if TYPE_CHECKING:
    from collections.abc import Callable

    from web.client import Browser

    from ipportal.portal import Portal

POINTS = ("begun", "write-1", "before_commit", "after_commit")
# What the second press shows, once the first was kept, where it is not what the first would have shown.
AGAIN = {"captcha/refresh": (404, "errors/404")}


def fail() -> None:
    raise Reached


@EACH_SUBMIT
@pytest.mark.parametrize("point", POINTS)
def test_a_portal_that_breaks_at_any_point_shows_an_error_and_takes_the_form_again(
    browser: Browser, filed: Portal, rehearsed: dict[str, Callable[[], object]], act: Act, point: str
) -> None:
    began = rows_of(filed.tables)
    act.before(browser)
    shown, before = browser.page, rows_of(filed.tables)

    rehearsed[point] = fail
    page = act.do(browser)
    rehearsed.clear()

    assert (page.status, page.screen) == (500, "errors/500")
    assert (rows_of(filed.tables) == before) == (point != "after_commit")
    assert_store_sane(filed.tables)
    browser.page = shown
    page = act.do(browser)
    wanted: Any = AGAIN.get(act.step) if point == "after_commit" else None
    assert (page.status, page.screen) == (wanted or (200, act.then))
    assert page.problems == {}
    assert_store_sane(filed.tables)
    assert_journal_tells(began, filed.tables)
