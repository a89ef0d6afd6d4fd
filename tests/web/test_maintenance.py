from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from props import SECOND
from web.scenes import DETAILS, LANGUAGES, at, at_confirm, sign_in

from ipportal.clock import HONG_KONG
from ipportal.web.visit import EXTENSION
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from flask import Flask
    from web.client import Browser

    from ipportal.portal import Portal


def hk(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=HONG_KONG)


# A Monday, a Saturday, Ching Ming (a Friday), a Sunday, and 1 July 2029, a public holiday on a Sunday.
WINDOWS: Final = [
    ("2025-03-31", "05:00", "06:00"),
    ("2025-03-29", "05:00", "06:00"),
    ("2025-04-04", "05:00", "06:00"),
    ("2025-03-30", "00:00", "07:00"),
    ("2029-07-01", "00:00", "07:00"),
]
PORTAL: Final = ["/", "/login", "/login/tips", "/register/terms", "/register/details", "/cancel", "/account"]
STAFF: Final = ["/practice", "/practice/rules", "/practice/messages", "/health", "/robots.txt", "/static/portal.css"]


@pytest.mark.parametrize(("day", "start", "end"), WINDOWS)
def test_the_portal_is_closed_from_the_first_second_of_the_window_to_the_last(
    browser: Browser, portal: Portal, day: str, start: str, end: str
) -> None:
    moments = [hk(day, start) - SECOND, hk(day, start), hk(day, end) - SECOND, hk(day, end)]
    seen = []
    for moment in moments:
        at(portal, moment)
        seen.append(browser.get("/").status)

    assert seen == [200, 503, 503, 200]


@pytest.mark.parametrize(
    ("clock", "seconds"), [("05:00:00", "3600"), ("05:30:00", "1800"), ("05:59:59", "1"), ("05:59:59.500", "1")]
)
def test_the_answer_says_in_how_many_seconds_it_reopens(
    browser: Browser, portal: Portal, clock: str, seconds: str
) -> None:
    at(portal, hk("2025-03-31", clock))

    assert browser.get("/").headers["Retry-After"] == seconds


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_closed_page_shows_the_table_and_the_reopening_time(browser: Browser, portal: Portal, lang: str) -> None:
    at(portal, hk("2025-03-30", "03:00"))

    page = browser.get(f"/?lang={lang}")

    assert (page.screen, page.lang, page.problems) == ("closed", lang, {"form": "closed"})
    assert page.has("maintenance")
    assert "07:00:00" in page.text("reopens")
    assert [row.get("class") for row in page.by("maintenance").select("tbody tr")] == ["", "today"]


@pytest.mark.parametrize("path", PORTAL)
def test_every_page_of_the_portal_is_closed(browser: Browser, portal: Portal, path: str) -> None:
    at(portal, hk("2025-03-31", "05:30"))

    assert (browser.get(path).status, browser.page.screen) == (503, "closed")


@pytest.mark.parametrize("path", STAFF)
def test_static_files_the_health_check_and_the_practice_side_stay_open(
    browser: Browser, portal: Portal, path: str
) -> None:
    at(portal, hk("2025-03-31", "05:30"))

    assert browser.get(path).status == 200


def test_an_unknown_address_is_not_found_even_then(browser: Browser, portal: Portal) -> None:
    at(portal, hk("2025-03-31", "05:30"))

    assert browser.get("/unknown").status == 404


def test_a_form_sent_into_the_window_does_nothing_and_goes_on_afterwards(browser: Browser, portal: Portal) -> None:
    portal = changed_portal(browser, portal, draft_minutes=120)
    at(portal, hk("2025-03-31", "04:50"))
    at_confirm(browser)
    path, _, sent = browser.sending("submit", {"basic_password": "31415926"})
    at(portal, hk("2025-03-31", "05:00"))

    assert (browser.post(path, sent).status, browser.page.problems) == (503, {"form": "closed"})
    assert portal.tables.users.get("lokshan1") is None
    at(portal, hk("2025-03-31", "06:00"))
    assert browser.post(path, sent).screen == "register/done"


def test_a_draft_that_ran_out_during_the_window_begins_anew(browser: Browser, portal: Portal) -> None:
    at(portal, hk("2025-03-31", "04:59"))
    at_confirm(browser)
    at(portal, hk("2025-03-31", "06:00"))

    page = browser.submit(basic_password="31415926")

    assert (page.status, page.screen, page.problems) == (409, "register/terms", {"form": "stale"})
    assert DETAILS["internet_user_id"] not in page.words


def test_a_session_waits_for_the_reopening_if_it_has_not_expired(browser: Browser, portal: Portal) -> None:
    portal = changed_portal(browser, portal, session_idle_minutes=120)
    at(portal, hk("2025-03-31", "04:59"))
    sign_in(browser)
    at(portal, hk("2025-03-31", "05:30"))
    assert browser.get("/account").screen == "closed"
    at(portal, hk("2025-03-31", "06:00"))

    assert browser.get("/account").screen == "account/home"


@pytest.mark.parametrize(
    ("clock", "announced"),
    [("04:44:59", ""), ("04:45:00", "05:00 至 06:00"), ("04:59:59", "05:00 至 06:00"), ("06:00:00", "")],
)
@pytest.mark.parametrize("path", ["/", "/login", "/practice", "/unknown"])
def test_the_last_fifteen_minutes_announce_the_window_on_every_page(
    browser: Browser, portal: Portal, clock: str, announced: str, path: str
) -> None:
    at(portal, hk("2025-03-31", clock))

    page = browser.get(path)

    assert page.has("maintenance-soon") == bool(announced)
    assert not announced or announced in page.text("maintenance-soon")


@pytest.mark.parametrize(("minutes", "lost"), [(30, True), (60, True), (61, False)])
def test_what_is_unfinished_is_said_to_be_lost_where_it_times_out_before_the_end(
    browser: Browser, portal: Portal, minutes: int, *, lost: bool
) -> None:
    portal = changed_portal(browser, portal, draft_minutes=minutes)
    told = []
    for clock in ("04:50", "05:30"):
        at(portal, hk("2025-03-31", clock))
        told.append("will have timed out" in browser.get("/?lang=en").words)

    assert told == [lost, lost]


def test_the_announcement_on_a_saturday_night_is_of_sundays_window(browser: Browser, portal: Portal) -> None:
    at(portal, hk("2025-03-29", "23:50"))

    assert "00:00" in browser.get("/?lang=en").text("maintenance-soon")


def test_a_holiday_sunday_follows_the_other_row_where_the_setting_says_so(browser: Browser, portal: Portal) -> None:
    portal = changed_portal(browser, portal, sunday_holiday="weekdays")
    seen = []
    for clock in ("00:00", "05:00", "06:00"):
        at(portal, hk("2029-07-01", clock))
        seen.append(browser.get("/").status)

    assert seen == [200, 503, 200]


def test_the_answer_carries_the_portals_time_and_the_banner_shows_it_unless_it_is_real(
    browser: Browser, portal: Portal
) -> None:
    at(portal, hk("2025-03-31", "12:34:56"))
    page = browser.get("/")
    assert page.headers["X-Ipportal-Now"] == "2025-03-31T12:34:56+08:00"
    assert "2025年3月31日 12:34:56" in page.text("portal-time")
    portal.stored_clock.advance(timedelta(minutes=90))
    assert browser.get("/health").headers["X-Ipportal-Now"] == "2025-03-31T14:04:56+08:00"
    portal.stored_clock.run()
    assert browser.get("/practice").has("portal-time")
    portal.stored_clock.follow()

    assert not browser.get("/practice").has("portal-time")


def changed_portal(browser: Browser, portal: Portal, **settings: Any) -> Portal:
    """Put other settings in force for the application that a browser visits."""
    app: Flask = browser.client.application
    found = replace(portal, settings=replace(portal.settings, **settings))
    app.extensions[EXTENSION] = Workspaces(found)
    return found
