"""Clocks tell Hong Kong's time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from ipportal.clock import EARLIEST, HONG_KONG, RealClock, StoppedClock

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the machine into New York's zone, as POSIX writes it, so that no zone database is asked."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "EST5EDT,M3.2.0,M11.1.0")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("elsewhere")
def test_the_real_clock_tells_hong_kongs_time_wherever_the_machine_stands() -> None:
    before = datetime.fromtimestamp(time.time_ns() // 1_000_000_000, UTC)

    found = RealClock().now()

    assert found.utcoffset() == timedelta(hours=8)
    assert timedelta() <= found - before < timedelta(seconds=30)


def test_a_stopped_clock_tells_the_same_moment_every_time() -> None:
    moment = datetime(2025, 3, 30, 5, 30, tzinfo=HONG_KONG)
    clock = StoppedClock(moment)

    assert [clock.now(), clock.now()] == [moment, moment]


def test_only_the_real_clock_may_have_been_set_back_and_by_a_minute_at_most() -> None:
    assert RealClock().slack == timedelta(seconds=60)
    assert StoppedClock(EARLIEST).slack == timedelta()
