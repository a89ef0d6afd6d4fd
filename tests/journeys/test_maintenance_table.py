"""The guide's maintenance table, second by second, moved by `ipportal clock` while the server runs in New York."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from journeys.served import Served, Visitor

EDGES = {
    "a weekday": ("2025-03-31", "04:59:59", "05:00:00", "05:59:59", "06:00:00"),
    "a public holiday": ("2025-04-04", "04:59:59", "05:00:00", "05:59:59", "06:00:00"),
    "a Saturday": ("2025-03-29", "04:59:59", "05:00:00", "05:59:59", "06:00:00"),
    "a Sunday": ("2025-03-30", "", "00:00:00", "06:59:59", "07:00:00"),
    "a holiday on a Sunday": ("2029-07-01", "", "00:00:00", "06:59:59", "07:00:00"),
}


@pytest.mark.parametrize("day", EDGES)
def test_the_portal_closes_and_reopens_to_the_second(portal: Served, visitor: Visitor, day: str) -> None:
    date, *clocks = EDGES[day]
    seen = []
    for clock in filter(None, clocks):
        portal.clock("set", f"{date}T{clock}+08:00")
        page = visitor.get("/login")
        seen.append((page.status, page.headers.get("Retry-After")))

    whole = "25200" if clocks[0] == "" else "3600"
    assert seen == [(200, None)] * bool(clocks[0]) + [(503, whole), (503, "1"), (200, None)]


def test_the_evening_before_a_sunday_closes_at_midnight(portal: Served, visitor: Visitor) -> None:
    portal.clock("set", "2025-03-29T23:59:59+08:00")
    assert visitor.get("/").status == 200
    portal.clock("advance", "1s")

    page = visitor.get("/")

    assert (page.status, page.screen, page.problems) == (503, "closed", {"form": "closed"})


def test_a_moment_may_be_given_in_any_zone(portal: Served, visitor: Visitor) -> None:
    portal.clock("set", "2025-03-30T17:00:00-04:00")

    page = visitor.get("/")

    assert (page.status, page.headers["X-Ipportal-Now"]) == (503, "2025-03-31T05:00:00+08:00")


@pytest.mark.parametrize(("clock", "announced"), [("04:44:59", 0), ("04:45:00", 1), ("04:59:59", 1)])
def test_fifteen_minutes_before_every_page_announces_it(
    portal: Served, visitor: Visitor, clock: str, announced: int
) -> None:
    portal.clock("set", f"2025-03-31T{clock}+08:00")

    for path in ("/", "/login", "/practice"):
        assert len(visitor.get(path).select("[data-testid=maintenance-soon]")) == announced


def test_static_files_the_health_check_and_the_practice_side_stay_open(portal: Served, visitor: Visitor) -> None:
    portal.clock("set", "2025-03-31T05:30:00+08:00")

    assert [visitor.get(path).status for path in ("/static/portal.css", "/health", "/practice")] == [200, 200, 200]
