"""Wrong access passwords are counted, for everybody together and in real time; right ones are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON
from web.client import Browser
from web.scenes import LANGUAGES, PASSWORD

from ipportal.clock import RealClock
from ipportal.web.safety import ACCESS_TRIES
from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from flask import Flask

    from ipportal.portal import Portal


def test_thirty_tries_in_ten_minutes_are_enough_for_everybody(
    visitor: Browser, public: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.get("/access?lang=en")
    told = [visitor.submit(access_password=f"guess-number-{number}").status for number in range(ACCESS_TRIES)]
    assert told == [422] * 30

    page = visitor.submit(access_password=PASSWORD)

    assert (page.status, page.screen, page.headers["Retry-After"]) == (429, "errors/429", "600")
    assert "10 minutes" in page.words
    assert [each.getMessage() for each in caplog.records] == [
        "Nobody enters for up to 10 minutes: too many wrong access passwords"
    ]
    other = Browser(public)
    other.get("/access")
    assert other.submit(access_password=PASSWORD).status == 429
    assert other.click("again").screen == "access"


def test_a_class_may_enter_at_once_since_only_wrong_tries_count(public: Flask) -> None:
    entered = []
    for _ in range(25):
        trainee = Browser(public)
        trainee.get("/access")
        entered.append(trainee.submit(access_password=PASSWORD).screen)

    assert entered == ["home"] * 25


def test_the_tries_at_all_workspaces_are_counted_together(visitor: Browser, public: Flask) -> None:
    house_of(public).create("alpha", now=NOON)
    inside = visitor.beside("/w/alpha")
    for each in (visitor, inside) * (ACCESS_TRIES // 2):
        each.get("/access")
        assert each.submit(access_password="wrong-password").status == 422

    assert inside.get("/access").status == 200
    assert [inside.submit(access_password=PASSWORD).status, visitor.get("/access").status] == [429, 200]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_too_many_tries_are_told_in_each_language(visitor: Browser, lang: str) -> None:
    visitor.get(f"/access?lang={lang}")
    for _ in range(ACCESS_TRIES):
        visitor.submit(access_password="wrong-password")

    assert (visitor.submit(access_password="wrong-password").status, visitor.page.lang) == (429, lang)


def test_the_tries_are_counted_in_real_time_which_no_practice_clock_moves(
    visitor: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = datetime(2025, 3, 31, 4, 0, tzinfo=UTC)
    monkeypatch.setattr(RealClock, "now", lambda _: real)
    visitor.get("/access")
    for _ in range(ACCESS_TRIES):
        visitor.submit(access_password="wrong-password")
    portal.stored_clock.set(NOON + timedelta(days=1))
    assert visitor.submit(access_password=PASSWORD).status == 429
    visitor.click("again")
    monkeypatch.setattr(RealClock, "now", lambda _: real + timedelta(minutes=10))

    assert visitor.submit(access_password=PASSWORD).screen == "home"


def test_the_gate_can_change_its_language_without_counting_a_try(visitor: Browser) -> None:
    visitor.get("/access")
    for _ in range(ACCESS_TRIES + 1):
        page = visitor.submit("lang-en" if visitor.page.lang != "en" else "lang-zh-Hans", access_password=PASSWORD)

    assert (page.status, page.screen, page.value("access_password")) == (200, "access", "")
    assert visitor.submit(access_password=PASSWORD).screen == "home"
