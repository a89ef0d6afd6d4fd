"""How often a fault strikes, which requests it counts, and what the header tells while it is armed."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest
from props import NOON
from web.scenes import at_details, at_kind, credentials
from web.traps import length, since

from ipportal.people import DEFAULT, read
from ipportal.web import strikes
from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from flask import Flask
    from web.client import Browser

    from ipportal.portal import Portal

HEADER = "X-Ipportal-Faults"


def looks(browser: Browser, count: int, path: str = "/login/tips") -> list[int]:
    """Return the status of each of so many looks at a page."""
    return [browser.get(path).status for _ in range(count)]


def tips(portal: Portal, **options: Any) -> None:
    portal.faults.arm(**{"kind": "error_500", "step": "login/tips", "moment": "page"} | options)


@pytest.mark.parametrize(("times", "seen"), [(1, [500, 200, 200, 200]), (3, [500, 500, 500, 200]), (0, [500] * 4)])
def test_a_fault_strikes_as_often_as_it_was_armed_for(
    inside: Browser, alpha: Portal, times: int, seen: list[int]
) -> None:
    tips(alpha, times=times)

    assert looks(inside, 4) == seen


def test_a_fault_strikes_until_it_is_disarmed(inside: Browser, alpha: Portal) -> None:
    tips(alpha, times=0)
    assert looks(inside, 7) == [500] * 7

    assert alpha.faults.disarm(1)

    assert looks(inside, 2) == [200, 200]
    assert HEADER not in inside.page.headers


def test_the_header_lists_what_is_armed_and_how_often_it_still_strikes(inside: Browser, alpha: Portal) -> None:
    tips(alpha, times=2)
    alpha.faults.arm(kind="delay", step="cancel/form", moment="submit", times=0)
    forever = "delay@cancel/form:submit (until disarmed)"

    seen = [inside.get(path).headers[HEADER] for path in ("/", "/login/tips", "/register/done", "/login/tips", "/x")]

    left = [f"error_500@login/tips:page ({count} left), {forever}" for count in (2, 1, 1)]
    assert seen == [*left, forever, forever]


@pytest.mark.parametrize("path", ["/", "/unknown", "/health", "/captcha/x.png", "/practice", "/open/unknown"])
def test_every_answer_but_a_static_file_says_what_is_armed(inside: Browser, alpha: Portal, path: str) -> None:
    tips(alpha)

    assert inside.get(path, follow=False).headers[HEADER] == "error_500@login/tips:page (1 left)"
    assert HEADER not in inside.get("/static/portal.css").headers


def test_where_nothing_is_armed_no_header_speaks_of_faults(inside: Browser) -> None:
    assert HEADER not in inside.get("/").headers


def test_where_too_many_wait_a_delayed_page_asks_to_come_again(
    inside: Browser, alpha: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    tips(alpha, kind="delay", milliseconds=60_000)
    monkeypatch.setattr(strikes, "away", lambda: nullcontext(False))

    page = inside.get("/login/tips")

    assert (page.status, page.screen, page.headers["Retry-After"]) == (503, "errors/503", "5")
    assert inside.get("/login/tips").status == 200


def test_a_fault_strikes_at_its_own_step_and_moment_only(inside: Browser, alpha: Portal) -> None:
    alpha.faults.arm(kind="error_500", step="login/form", moment="submit")

    seen = [inside.get(path).status for path in ("/", "/login/tips", "/cancel", "/login")]
    inside.post("/register/terms", {"agree": "yes"})

    assert seen == [200] * 4
    assert inside.page.screen == "register/kind"
    inside.get("/login")
    assert inside.submit(**credentials("registered")).status == 500


@pytest.mark.parametrize("button", ["lang-en", "captcha-refresh"])
def test_a_change_of_language_or_picture_is_a_look_and_no_submit(inside: Browser, alpha: Portal, button: str) -> None:
    at_details(inside)
    alpha.faults.arm(kind="error_500", step="register/details", moment="submit")
    alpha.faults.arm(kind="error_503", step="register/details", moment="page")

    assert inside.submit(button).status == 503
    assert [fault.kind for fault in alpha.faults.armed()] == ["error_500"]


def test_a_submit_and_the_page_it_leads_to_are_counted_apart(inside: Browser, alpha: Portal) -> None:
    at_kind(inside)
    alpha.faults.arm(kind="error_500", step="register/kind", moment="page")
    alpha.faults.arm(kind="error_503", step="register/details", moment="page")

    assert inside.submit(account_kind="personal").status == 503
    assert [fault.met for fault in alpha.faults.armed()] == [0]


def test_two_faults_at_one_step_strike_together_and_the_first_answer_is_the_one_sent(
    inside: Browser, alpha: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    entries = length(alpha)
    tips(alpha, kind="delay", milliseconds=5)
    tips(alpha, kind="error_503")
    tips(alpha, kind="error_500")
    with monkeypatch.context() as patch:
        patch.setattr("ipportal.web.strikes.time.sleep", slept.append)
        seen = looks(inside, 2)

    assert (seen, slept) == ([503, 200], [0.005])
    assert since(alpha, entries) == [("login/tips", "fault", kind) for kind in ("delay", "error_503", "error_500")]


@pytest.mark.parametrize("chance", [0.1, 0.5, 0.9])
def test_the_same_seed_gives_the_same_sequence_and_another_seed_another(
    app: Flask, browser: Browser, chance: float
) -> None:
    seen = []
    for name, seed in (("one", "a"), ("two", "a"), ("three", "b")):
        tips(house_of(app).create(name, now=NOON), chance=chance, seed=seed, times=0)
        seen.append(looks(browser.beside(f"/w/{name}"), 60))

    first, second, third = seen
    assert first == second != third
    assert set(first) == {200, 500}
    assert abs(first.count(500) / 60 - chance) < 0.25


def test_a_chance_counts_strikes_and_not_requests(inside: Browser, alpha: Portal) -> None:
    tips(alpha, chance=0.3, seed="lesson", times=3)

    seen = looks(inside, 60)

    assert seen.count(500) == 3
    assert len([each for each in since(alpha, 0) if each[1] == "fault"]) == 3
    assert alpha.faults.armed() == []


@pytest.mark.parametrize("seed", ["1", "another"])
def test_delays_from_a_seed_are_the_same_each_time_and_within_their_bounds(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, seed: str
) -> None:
    slept: list[float] = []
    for name in ("one", "two"):
        workspace = house_of(app).create(name, now=NOON)
        tips(workspace, kind="delay", milliseconds=20, up_to_milliseconds=900, seed=seed, times=0)
        with monkeypatch.context() as patch:
            patch.setattr("ipportal.web.strikes.time.sleep", slept.append)
            looks(browser.beside(f"/w/{name}"), 20)

    assert slept[:20] == slept[20:]
    assert len(set(slept[:20])) > 10
    assert all(0.02 <= each <= 0.9 for each in slept)


@pytest.mark.parametrize("deed", ["remove", "reset"])
def test_a_fault_does_not_outlive_its_workspace(app: Flask, inside: Browser, alpha: Portal, deed: str) -> None:
    tips(alpha, times=0)
    assert looks(inside, 1) == [500]
    house = house_of(app)

    if deed == "remove":
        house.remove("alpha")
        house.create("alpha", now=NOON)
    else:
        house.reset(alpha, read(DEFAULT), NOON)

    assert looks(inside, 2) == [200, 200]
    assert HEADER not in inside.page.headers
