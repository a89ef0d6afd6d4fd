"""F13: the portal closes while a form is judged: what was judged open is finished, and the next request is closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, meanwhile
from sanity import assert_store_sane
from web.acts import EACH_SUBMIT

if TYPE_CHECKING:
    from web.acts import Act
    from web.client import Browser

    from ipportal.portal import Portal

CLOSING = datetime(2025, 3, 31, 5, tzinfo=NOON.tzinfo)
HASHING = pytest.mark.parametrize(
    "act",
    [act for act in EACH_SUBMIT.args[1] if act.step.startswith(("login", "basic", "cancel", "account"))]
    + [act for act in EACH_SUBMIT.args[1] if act.step in {"register/details", "register/confirm"}],
    ids=lambda act: act.step,
)


@HASHING
def test_a_form_that_was_judged_open_is_finished_though_the_portal_closes_meanwhile(
    browser: Browser, filed: Portal, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    filed.stored_clock.set(CLOSING - timedelta(seconds=1))
    act.before(browser)
    meanwhile(monkeypatch, lambda: filed.stored_clock.set(CLOSING))

    page = act.do(browser)

    assert (page.status, page.screen) == (503, "closed")  # of the page after it, to which it led
    assert_store_sane(filed.tables)
    (entry,) = filed.journal.entries()[-1:]
    assert (entry.step, entry.outcome, entry.portal_time) == (act.step, "done", CLOSING - timedelta(seconds=1))


@HASHING
def test_a_form_that_comes_as_the_portal_has_closed_changes_nothing_and_goes_on_afterwards(
    browser: Browser, filed: Portal, act: Act
) -> None:
    filed.stored_clock.set(CLOSING - timedelta(minutes=1))
    act.before(browser)
    shown, entries = browser.page, len(filed.journal.entries())
    filed.stored_clock.set(CLOSING)

    page = act.do(browser)

    assert (page.status, page.screen, page.headers["Retry-After"]) == (503, "closed", "3600")
    assert [entry.outcome for entry in filed.journal.entries()[entries:]] in ([], ["refused"])
    filed.stored_clock.set(CLOSING - timedelta(seconds=1))
    browser.page = shown
    page = act.do(browser)
    assert (page.status, page.screen, page.problems) == (200, act.then, {})
    assert_store_sane(filed.tables)
