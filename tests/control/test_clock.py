from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from control.api import Api

CLOCK = "/workspaces/w/clock"


@pytest.fixture(autouse=True)
def frozen(api: Api) -> None:
    api.create("w", now="2025-03-31T12:00:00+08:00")


def test_the_clock_is_read_with_its_mode(api: Api) -> None:
    assert api.get(CLOCK) == {"now": "2025-03-31T12:00:00+08:00", "mode": "frozen"}


@pytest.mark.parametrize(
    ("at", "now"),
    [
        ("2031-01-01T00:00:00+08:00", "2031-01-01T00:00:00+08:00"),
        ("2001-02-03T04:05:06Z", "2001-02-03T12:05:06+08:00"),
        ("2025-03-30T17:00:00-04:00", "2025-03-31T05:00:00+08:00"),
        ("2025-03-31T05:00+08:00", "2025-03-31T05:00:00+08:00"),
        ("2000-01-01T00:00:00+08:00", "2000-01-01T00:00:00+08:00"),
        ("2199-12-31T00:00:00+08:00", "2199-12-31T00:00:00+08:00"),
    ],
)
def test_the_clock_is_frozen_at_any_moment_past_or_future(api: Api, at: str, now: str) -> None:
    assert api.post(f"{CLOCK}/set", at=at) == {"now": now, "mode": "frozen"}
    assert api.get(CLOCK)["now"] == now


def test_a_frozen_clock_moves_both_ways_and_stays_frozen(api: Api) -> None:
    assert api.post(f"{CLOCK}/advance", by="1h30m") == {"now": "2025-03-31T13:30:00+08:00", "mode": "frozen"}
    assert api.post(f"{CLOCK}/advance", by="-2d") == {"now": "2025-03-29T13:30:00+08:00", "mode": "frozen"}


def test_a_frozen_clock_goes_on_from_where_it_stands(api: Api) -> None:
    assert api.post(f"{CLOCK}/run")["mode"] == "shifted"
    assert api.get(CLOCK)["now"].startswith("2025-03-31T12:")
    assert api.post(f"{CLOCK}/real")["mode"] == "real"


def test_a_shift_is_told_from_real_time(api: Api) -> None:
    real = datetime.fromisoformat(api.post(f"{CLOCK}/real")["now"])

    shifted = datetime.fromisoformat(api.post(f"{CLOCK}/shift", by="-365d")["now"])

    assert round((real - shifted) / timedelta(days=1)) == 365
    assert api.get(CLOCK)["mode"] == "shifted"


def test_the_clock_of_one_workspace_is_nobody_elses(api: Api) -> None:
    api.post(f"{CLOCK}/set", at="2031-01-01T00:00:00+08:00")

    assert api.get("/workspaces/main/clock")["now"] == "2025-03-31T12:00:00+08:00"


@pytest.mark.parametrize(
    "at", ["", "noon", "2025-02-30T00:00:00+08:00", "2025-03-31T24:01:00+08:00", "1743393600", "today"]
)
def test_a_moment_that_cannot_be_read_is_refused(api: Api, at: str) -> None:
    found = api.refused("POST", f"{CLOCK}/set", {"at": at})

    assert (found.code, found.json["where"]) == ("time_moment", "/at")
    assert found.accepted == ["2025-03-31T05:00:00+08:00"]


@pytest.mark.parametrize("at", ["2025-03-31T12:00:00", "2025-03-31", "2025-W14-1"])
def test_a_naive_moment_is_refused(api: Api, at: str) -> None:
    found = api.refused("POST", f"{CLOCK}/set", {"at": at})

    assert (found.code, found.accepted) == ("time_naive", ["2025-03-31T05:00:00+08:00"])


@pytest.mark.parametrize(
    "at",
    [
        "1999-12-31T23:59:59+08:00",
        "2199-12-31T00:00:01+08:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_a_moment_out_of_the_portals_years_is_refused(api: Api, at: str) -> None:
    found = api.refused("POST", f"{CLOCK}/set", {"at": at})

    assert (found.code, found.json["where"]) == ("time_range", "/at")
    assert found.accepted == ["2000-01-01T00:00:00+08:00", "2199-12-31T00:00:00+08:00"]


@pytest.mark.parametrize(
    "by", ["", "-", "1", "1h 30m", "30m1h", "+1h", "1.5h", "1w", "100000d", "\uff11h", "1h\n", "--1h"]
)
def test_a_span_that_cannot_be_read_is_refused(api: Api, by: str) -> None:
    for way in ("shift", "advance"):
        found = api.refused("POST", f"{CLOCK}/{way}", {"by": by})
        assert (found.code, found.json["where"], found.accepted) == ("time_span", "/by", ["90m", "1h30m", "-2d"])


@pytest.mark.parametrize("by", ["99999d999999h99999999m999999999s", "-99999d999999h99999999m999999999s", "-20000d"])
def test_a_span_that_leads_out_of_the_portals_years_is_refused(api: Api, by: str) -> None:
    for way in ("shift", "advance"):
        found = api.refused("POST", f"{CLOCK}/{way}", {"by": by})
        assert (found.code, found.json["where"]) == ("time_range", "/by")
        assert found.accepted == ["2000-01-01T00:00:00+08:00", "2199-12-31T00:00:00+08:00"]


@pytest.mark.parametrize("value", [None, 0, 1.5, True, [], {}])
def test_a_time_is_always_text(api: Api, value: object) -> None:
    assert api.refused("POST", f"{CLOCK}/set", {"at": value}).code == "value"
    assert api.refused("POST", f"{CLOCK}/advance", {"by": value}).code == "value"


def test_what_is_left_out_is_told_by_its_name(api: Api) -> None:
    found = api.refused("POST", f"{CLOCK}/set", {})

    assert (found.json["where"], found.accepted) == ("/at", ["at"])
    assert found.json["errors"] == [{"where": "/at", "code": "missing", "accepted": ["at"]}]
