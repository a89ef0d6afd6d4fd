"""F12: a time server sets the machine's clock back or forth by seconds: visits, forms and pictures go on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON
from sanity import assert_store_sane
from web.acts import EACH_SUBMIT, Act

from ipportal.clock import RealClock

if TYPE_CHECKING:
    from datetime import datetime

    from web.client import Browser

    from ipportal.portal import Portal


class Machine:
    """The machine's clock."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> datetime:
        return self.moment


@pytest.fixture(params=[timedelta(0), timedelta(hours=1)], ids=["real", "shifted"])
def machine(filed: Portal, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Machine:
    """The clock that the portal goes with, by itself or ahead of it by an hour."""
    filed.stored_clock.shift(request.param) if request.param else filed.stored_clock.follow()
    found = Machine()
    monkeypatch.setattr(RealClock, "now", lambda _: found.now())
    return found


@EACH_SUBMIT
@pytest.mark.parametrize("seconds", [-10, -59, 10])
def test_a_form_is_taken_though_the_machines_clock_was_set_in_between(
    browser: Browser, filed: Portal, machine: Machine, act: Act, seconds: int
) -> None:
    act.before(browser)
    machine.moment += timedelta(seconds=seconds)

    page = act.do(browser)

    assert (page.status, page.screen, page.problems) == (200, act.then, {})
    assert_store_sane(filed.tables)


def test_a_visit_goes_on_while_the_clock_is_set_back_and_catches_up(
    browser: Browser, filed: Portal, machine: Machine
) -> None:
    act = next(each for each in EACH_SUBMIT.args[1] if each.step == "login/form")
    act.before(browser)
    act.do(browser)
    screens = []
    for seconds in (5, -20, 5, 5, 30):
        machine.moment += timedelta(seconds=seconds)
        screens.append(browser.get("/account").screen)
        assert_store_sane(filed.tables)

    assert screens == ["account/home"] * 5


def test_the_slack_is_the_machines_and_not_the_testers(browser: Browser, filed: Portal, machine: Machine) -> None:
    act = next(each for each in EACH_SUBMIT.args[1] if each.step == "login/form")
    filed.stored_clock.set(NOON)
    act.before(browser)
    act.do(browser)

    filed.stored_clock.advance(timedelta(seconds=-1))

    assert browser.get("/account").screen == "login/form"
    assert machine.moment == NOON
