"""A page that says the same to everybody is worked out once, and anew as soon as anything that it says has changed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from props import NOON
from web.scenes import LANGUAGES, at_kind

from ipportal.clock import RealClock
from ipportal.portal import Portal
from ipportal.store import Unavailable
from ipportal.web import lasting
from ipportal.web.visit import EXTENSION
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from web.client import Browser, Page

SAME: Final = ["/", "/certificate/login", "/login/tips"]
EACH_SAME = pytest.mark.parametrize("path", SAME)


def told(page: Page) -> tuple[object, ...]:
    return page.status, page.body, sorted(page.headers.items())


@EACH_SAME
def test_what_is_asked_for_again_is_answered_as_before_without_a_view(
    browser: Browser, views: list[str], path: str
) -> None:
    first = browser.get(path)

    again = browser.get(path)

    assert told(again) == told(first)
    assert len(views) == 1


@EACH_SAME
def test_the_time_in_the_header_goes_on(
    browser: Browser, portal: Portal, views: list[str], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    portal.stored_clock.follow()
    moment = NOON
    monkeypatch.setattr(RealClock, "now", lambda _: moment)
    first = browser.get(path)
    moment += timedelta(hours=3, seconds=1)

    again = browser.get(path)

    assert again.body == first.body
    assert again.headers["X-Ipportal-Now"] == "2025-03-31T15:00:01+08:00"
    assert len(views) == 1


def test_a_shifted_clock_is_shown_to_the_second(
    browser: Browser, portal: Portal, views: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.stored_clock.shift(timedelta(hours=-1))
    began = datetime.fromisoformat("2025-04-02T12:00:00.250+08:00")
    times = []
    for later in (0, 0.5, 0.749, 0.75, 1.749):
        monkeypatch.setattr(RealClock, "now", lambda _, later=later: began + timedelta(hours=1, seconds=later))
        times.append(re.sub("[^0-9:]", "", browser.get("/").text("portal-time"))[-8:])

    assert times == ["12:00:00"] * 3 + ["12:00:01"] * 2
    assert len(views) == 2


@EACH_SAME
def test_each_language_and_each_workspace_has_its_own(browser: Browser, inside: Browser, path: str) -> None:
    for visitor, root in ((browser, ""), (inside, "/w/alpha")):
        for lang in LANGUAGES:
            visitor.get(f"{path}?lang={lang}")
            for _ in range(2):
                page = visitor.get(path)
                assert (page.lang, page.has("workspace"), page.by("practice")["href"]) == (
                    lang,
                    bool(root),
                    f"{root}/practice",
                )


def test_a_page_that_tells_something_tells_it_once(browser: Browser, views: list[str]) -> None:
    browser.get("/")
    browser.get("/register/terms")
    told = browser.submit("disagree").notice

    assert (told, browser.get("/").notice, browser.get("/").notice) == ("not_agreed", "", "")
    assert views == ["home"] * 3


def test_a_page_that_sets_a_cookie_is_not_kept_for_the_next_visitor(browser: Browser, another: Browser) -> None:
    browser.get("/?lang=en")

    page = another.get("/?lang=en")

    assert another.kept == {"lang": "en"}
    assert "Set-Cookie" in page.headers


def test_who_is_on_the_way_to_register_keeps_the_draft(browser: Browser, portal: Portal) -> None:
    at_kind(browser)
    browser.get("/")
    browser.get("/")

    assert browser.get("/register/kind").screen == "register/kind"
    assert len(portal.tables.drafts.where()) == 1


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST", "PUT"])
def test_only_a_look_is_answered_so(browser: Browser, method: str) -> None:
    browser.get("/")

    answer = browser.client.open("/", method=method)

    assert answer.status_code == (405 if method in {"POST", "PUT"} else 200)
    assert (answer.get_data() == b"") == (answer.status_code == 200)


def test_another_host_is_refused_as_ever(browser: Browser) -> None:
    browser.get("/")

    assert browser.get("/", headers={"Host": "elsewhere.example"}).status == 400


def test_many_addresses_do_not_fill_the_memory(browser: Browser, app: Flask) -> None:
    for number in range(lasting._MOST + 3):
        browser.get(f"/?{number}")

    assert len(app.wsgi_app._pages._kept) == 3  # type: ignore[attr-defined]


def test_the_store_is_read_once_for_an_answer_that_lasts(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.get("/")
    asked: list[str] = []
    rows = portal.tables.backend.rows

    def counted(sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        asked.append(sql)
        return rows(sql, values)

    monkeypatch.setattr(portal.tables.backend, "rows", counted)

    browser.get("/")

    assert len(asked) == 1


def test_another_house_at_the_same_address_has_its_own(browser: Browser, app: Flask, portal: Portal) -> None:
    browser.get("/")
    app.extensions[EXTENSION] = Workspaces(replace(portal, settings=replace(portal.settings, lang="en")))

    assert browser.get("/").lang == "en"


def test_for_a_store_that_others_hold_a_page_that_lasts_waits_once(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[object] = []

    def busy(*_: object) -> None:
        waits.append(1)
        raise Unavailable("busy", "portal.sqlite")

    browser.get("/")
    monkeypatch.setattr(Portal, "standing", busy)

    assert (browser.get("/").status, len(waits)) == (503, 1)
