from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from control.api import Api

# The guide's table: 05:00 to 06:00 on weekdays, Saturdays and public holidays; 00:00 to 07:00 on Sundays.
EDGES = {
    "weekday": [("2025-03-31", "05:00:00", "06:00:00", "weekdays")],
    "holiday": [("2025-04-04", "05:00:00", "06:00:00", "weekdays")],
    "saturday": [("2025-03-29", "05:00:00", "06:00:00", "weekdays")],
    "sunday": [("2025-03-30", "00:00:00", "07:00:00", "sunday")],
    "holiday-sunday": [("2029-07-01", "00:00:00", "07:00:00", "sunday")],
}
M = "/workspaces/w/maintenance"


def moments(day: str, start: str, end: str) -> dict[str, tuple[str, bool]]:
    """Return the four seconds beside the edges of a window, and whether the portal is closed then."""
    return {
        "before": (f"{day}T{start}+08:00", False),
        "first": (f"{day}T{start}+08:00", True),
        "last": (f"{day}T{end}+08:00", True),
        "after": (f"{day}T{end}+08:00", False),
    }


def test_each_edge_of_the_table_holds_to_the_second_in_workspaces_with_their_own_time(api: Api) -> None:
    wanted = {}
    for kind, [(day, start, end, row)] in EDGES.items():
        for which, (at, closed) in moments(day, start, end).items():
            name = f"{kind}-{which}"
            api.create(name, now=at)
            if which in {"before", "last"}:
                api.post(f"/workspaces/{name}/clock/advance", by="-1s")
            wanted[name] = (503 if closed else 200, row if closed else None)

    def seen(name: str) -> tuple[int, str | None]:
        told = api.get(f"/workspaces/{name}/maintenance")
        return api.client.open(f"/w/{name}/login").status_code, told["closed"] and told["closed"]["row"]

    with ThreadPoolExecutor(8) as pool:
        found = dict(zip(wanted, pool.map(seen, wanted), strict=True))

    assert found == wanted
    assert api.client.open("/login").status_code == 200


def test_a_window_is_told_with_its_ends_and_the_next_one(api: Api) -> None:
    api.create("w", now="2025-03-29T05:59:59+08:00")

    assert api.get(M) == {
        "now": "2025-03-29T05:59:59+08:00",
        "closed": {"start": "2025-03-29T05:00:00+08:00", "end": "2025-03-29T06:00:00+08:00", "row": "weekdays"},
        "upcoming": {"start": "2025-03-30T00:00:00+08:00", "end": "2025-03-30T07:00:00+08:00", "row": "sunday"},
        "suspension": None,
        "retry_after": 1,
    }


@pytest.mark.parametrize("now", ["2000-01-01T00:00:00+08:00", "2199-12-31T00:00:00+08:00"])
def test_the_next_window_is_known_at_both_ends_of_time(api: Api, now: str) -> None:
    api.create("w", now=now)

    told = api.get(M)

    assert (told["now"], told["closed"], told["retry_after"]) == (now, None, None)
    assert told["upcoming"]["start"] == f"{now[:10]}T05:00:00+08:00"


@pytest.mark.parametrize("end", [{"until": "2025-03-31T12:30:00+08:00"}, {"lasting": "30m"}])
def test_the_portal_is_closed_at_once_until_the_moment_that_is_told(api: Api, end: dict[str, str]) -> None:
    api.create("w", now="2025-03-31T12:00:00+08:00")
    window = {"start": "2025-03-31T12:00:00+08:00", "end": "2025-03-31T12:30:00+08:00", "row": "suspension"}

    told = api.post(f"{M}/suspend", **end)

    assert (told["closed"], told["suspension"], told["retry_after"]) == (window, window, 1800)
    assert api.client.open("/w/w/login").status_code == 503
    assert api.client.open("/login").status_code == 200
    api.post("/workspaces/w/clock/advance", by="30m")
    assert api.client.open("/w/w/login").status_code == 200


def test_a_portal_resumes_but_for_the_windows_of_the_table(api: Api) -> None:
    api.create("w", now="2025-03-31T05:30:00+08:00")
    api.post(f"{M}/suspend", lasting="1d")

    told = api.post(f"{M}/resume")

    assert (told["suspension"], told["closed"]["row"], told["retry_after"]) == (None, "weekdays", 1800)
    assert api.post(f"{M}/resume")["suspension"] is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"until": None, "lasting": None},
        {"until": "2025-03-31T13:00:00+08:00", "lasting": "1h"},
        {"until": "2025-03-31T13:00:00+08:00", "lasting": "0s"},
        {"until": "2025-03-31T12:00:00+08:00"},
        {"until": "2025-03-31T11:59:59+08:00"},
        {"lasting": "0s"},
        {"lasting": "-1s"},
    ],
)
def test_a_suspension_needs_one_end_and_one_to_come(api: Api, body: dict[str, str]) -> None:
    api.create("w", now="2025-03-31T12:00:00+08:00")

    found = api.refused("POST", f"{M}/suspend", body)

    assert found.code == "suspension_end"
    assert found.accepted == ["one of until and lasting, ending after 2025-03-31T12:00:00+08:00"]


def test_a_span_that_cannot_be_read_is_answered_with_such_as_would_end_later(api: Api) -> None:
    api.create("w", now="2025-03-31T12:00:00+08:00")

    found = api.refused("POST", f"{M}/suspend", {"lasting": "30"})

    assert (found.code, found.json["where"], found.accepted) == ("time_span", "/lasting", ["90m", "1h30m"])
    for right in found.accepted:
        assert api.post(f"{M}/suspend", lasting=right)["closed"]


def test_a_suspension_ends_within_the_portals_years(api: Api) -> None:
    api.create("w", now="2199-12-31T00:00:00+08:00")

    found = api.refused("POST", f"{M}/suspend", {"lasting": "1s"})

    assert (found.code, found.json["where"]) == ("time_range", "/lasting")
