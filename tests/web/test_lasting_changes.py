"""What was worked out once is worked out anew as soon as anything that it says, or that closes it, has changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from props import NOON, SECOND
from web.scenes import at
from web.test_lasting import EACH_SAME, told

from ipportal.clock import RealClock
from ipportal.store import Unavailable
from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web.client import Browser, Page

    from ipportal.portal import Portal


@pytest.mark.parametrize("seen", [("04:44:59", 200, False), ("04:45", 200, True), ("05:00", 503, False)])
@EACH_SAME
def test_the_announcement_and_the_window_come_in_time(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch, path: str, seen: tuple[str, int, bool]
) -> None:
    clock, status, soon = seen
    portal.stored_clock.follow()
    day = "2025-03-31T"
    monkeypatch.setattr(RealClock, "now", lambda _: datetime.fromisoformat(f"{day}04:40+08:00"))
    browser.get(path)
    monkeypatch.setattr(RealClock, "now", lambda _: datetime.fromisoformat(f"{day}{clock}+08:00"))

    page = browser.get(path)

    assert (page.status, page.has("maintenance-soon")) == (status, soon)


def test_while_it_is_announced_nothing_is_kept(browser: Browser, portal: Portal, views: list[str]) -> None:
    at(portal, NOON.replace(hour=4, minute=50))

    assert [browser.get("/").has("maintenance-soon") for _ in range(2)] == [True, True]
    assert len(views) == 2


CHANGES: Final[dict[str, tuple[Callable[[Portal], object], Callable[[Page], bool]]]] = {
    "clock": (lambda portal: at(portal, NOON + SECOND), lambda page: "12:00:01" in page.text("portal-time")),
    "real": (
        lambda portal: portal.stored_clock.follow(),
        lambda page: not page.has("portal-time") and page.headers["X-Ipportal-Now"] != "2025-03-31T12:00:00+08:00",
    ),
    "suspended": (
        lambda portal: portal.at(NOON).suspensions.begin(NOON + SECOND),
        lambda page: (page.status, page.screen) == (503, "closed"),
    ),
    "fault": (
        lambda portal: portal.faults.arm(kind="error_500", step="home", moment="page"),
        lambda page: page.screen == "errors/500",
    ),
    "fault elsewhere": (
        lambda portal: portal.faults.arm(kind="error_500", step="login/form", moment="page"),
        lambda page: "error_500@login/form:page" in page.headers["X-Ipportal-Faults"],
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_tester_orders_is_there_at_the_next_request_and_gone_after(
    inside: Browser, alpha: Portal, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(RealClock, "now", lambda _: NOON + timedelta(days=1))
    order, seen = CHANGES[change]
    before = inside.get("/")
    order(alpha)

    found = [seen(inside.get("/")) for _ in range(2 if change != "fault" else 1)]

    assert all(found)
    alpha.faults.disarm_all()
    alpha.suspensions.end()
    at(alpha, NOON)
    assert told(inside.get("/")) == told(before)


@pytest.mark.parametrize("kind", ["delay", "session_lost", "disk_full"])
def test_a_fault_that_is_armed_again_strikes_again(inside: Browser, alpha: Portal, kind: str) -> None:
    options = {"milliseconds": 1} if kind == "delay" else {}
    struck = []
    for _ in range(3):  # as a suite does in each of its tests
        alpha.faults.arm(kind=kind, step="home", moment="page", **options)
        inside.get("/")
        struck.append(not alpha.faults.armed())
        alpha.faults.disarm_all()

    assert struck == [True] * 3


def test_a_suspension_that_begins_when_a_stopped_clock_is_not_yet_there_is_not_slept_through(
    browser: Browser, portal: Portal, views: list[str]
) -> None:
    portal.at(NOON + timedelta(hours=1)).suspensions.begin(NOON + timedelta(hours=2))

    assert [browser.get("/").status for _ in range(2)] == [200, 200]
    assert len(views) == 2


def test_a_store_that_cannot_be_read_is_told(browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.get("/")

    def gone(*_: object) -> None:
        raise Unavailable("missing")

    monkeypatch.setattr(portal.tables.backend, "rows", gone)

    assert browser.get("/").status == 503


def test_a_workspace_that_has_gone_is_not_found(inside: Browser, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    inside.get("/")
    monkeypatch.setattr(house_of(app), "has", lambda _: True)  # it goes after the address was looked at
    house_of(app)._place.remove("alpha")

    assert inside.client.get("/w/alpha/").status_code == 404
