"""The portal's clock is kept in the store: real, shifted or frozen, and the same for everybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from store.rows import NOON

from ipportal.clock import LATEST, RealClock, StoppedClock, TimeError
from ipportal.store import MEMORY, StoredClock, Tables, open_store
from ipportal.store.clock import told
from ipportal.store.schema import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOUR = timedelta(hours=1)
SUNDAY = datetime(2025, 3, 29, 21, 30, tzinfo=UTC)  # 05:30 on Sunday in Hong Kong


@pytest.fixture
def tables() -> Iterator[Tables]:
    found = open_store(MEMORY)
    found.backend.prepare()
    yield found
    found.backend.close()


def _clock(tables: Tables, real: datetime = NOON) -> StoredClock:
    """Return the stored clock on a machine where it is *real* o'clock."""
    return StoredClock(tables, StoppedClock(real))


def test_a_new_store_follows_real_time(tables: Tables) -> None:
    assert _clock(tables).reading() == (NOON, "real")
    assert _clock(tables, NOON + HOUR).now() == NOON + HOUR


def test_the_machines_own_clock_is_asked_unless_told_otherwise(tables: Tables) -> None:
    before = RealClock().now()

    assert before <= StoredClock(tables).now() <= before + timedelta(seconds=30)


def test_a_clock_that_is_set_stands_still_while_real_time_goes_on(tables: Tables) -> None:
    _clock(tables).set(SUNDAY)

    assert _clock(tables).reading() == (SUNDAY, "frozen")
    assert _clock(tables, NOON + HOUR).now() == SUNDAY


def test_a_clock_that_is_set_tells_hong_kongs_time(tables: Tables) -> None:
    _clock(tables).set(SUNDAY)

    assert _clock(tables).now().utcoffset() == 8 * HOUR


def test_setting_again_replaces_the_first_moment(tables: Tables) -> None:
    _clock(tables).set(NOON)
    _clock(tables).set(SUNDAY)

    assert _clock(tables).now() == SUNDAY


@pytest.mark.parametrize("span", [90 * timedelta(minutes=1), -HOUR, timedelta(microseconds=1), timedelta()])
def test_an_advanced_clock_goes_on_from_there(tables: Tables, span: timedelta) -> None:
    _clock(tables).advance(span)

    assert _clock(tables).reading() == (NOON + span, "shifted")
    assert _clock(tables, NOON + HOUR).now() == NOON + HOUR + span


def test_advances_add_up(tables: Tables) -> None:
    _clock(tables).advance(2 * HOUR)
    _clock(tables, NOON + HOUR).advance(-HOUR)

    assert _clock(tables, NOON + 3 * HOUR).now() == NOON + 4 * HOUR


@pytest.mark.parametrize("span", [HOUR, -HOUR])
def test_a_stopped_clock_that_is_advanced_stays_stopped(tables: Tables, span: timedelta) -> None:
    _clock(tables).set(SUNDAY)

    _clock(tables).advance(span)

    assert _clock(tables, NOON + HOUR).reading() == (SUNDAY + span, "frozen")


def test_a_stopped_clock_can_go_on_from_where_it_stands(tables: Tables) -> None:
    _clock(tables).set(SUNDAY)

    _clock(tables).run()

    assert _clock(tables).reading() == (SUNDAY, "shifted")
    assert _clock(tables, NOON + HOUR).now() == SUNDAY + HOUR


@pytest.mark.parametrize("span", [timedelta(), HOUR])
def test_a_clock_that_runs_is_not_changed_by_running_it(tables: Tables, span: timedelta) -> None:
    if span:
        _clock(tables).advance(span)
    before = _clock(tables).reading()

    _clock(tables).run()

    assert _clock(tables).reading() == before


def test_a_clock_can_go_back_to_real_time(tables: Tables) -> None:
    _clock(tables).set(SUNDAY)

    _clock(tables).follow()

    assert _clock(tables).reading() == (NOON, "real")


def test_going_back_to_real_time_twice_does_no_harm(tables: Tables) -> None:
    _clock(tables).follow()
    _clock(tables).follow()

    assert _clock(tables).reading() == (NOON, "real")


def test_the_clock_is_the_same_for_every_process_on_the_file(tmp_path: Path) -> None:
    one, two = (open_store(str(tmp_path / "portal.sqlite")) for _ in range(2))
    one.backend.prepare()

    _clock(one).set(SUNDAY)
    first = _clock(two).reading()
    _clock(two).advance(HOUR)
    second = _clock(one).reading()

    assert (first, second) == ((SUNDAY, "frozen"), (SUNDAY + HOUR, "frozen"))
    one.backend.close()
    two.backend.close()


def test_a_moment_in_which_the_portal_cannot_live_is_refused_and_changes_nothing(tables: Tables) -> None:
    _clock(tables).set(SUNDAY)

    with pytest.raises(TimeError) as refusal:
        _clock(tables).set(LATEST + HOUR)

    assert refusal.value.code == "range"
    assert _clock(tables).reading() == (SUNDAY, "frozen")


@pytest.mark.parametrize("span", [timedelta(days=99_999), timedelta(days=-99_999)])
def test_a_clock_cannot_be_advanced_out_of_its_range(tables: Tables, span: timedelta) -> None:
    with pytest.raises(TimeError) as refusal:
        _clock(tables).advance(span)

    assert refusal.value.code == "range"
    assert _clock(tables).reading() == (NOON, "real")


def test_the_clock_leaves_the_stores_other_facts_alone(tables: Tables) -> None:
    tables.facts.insert(Fact("scenario", {"name": "default"}))
    clock = _clock(tables)

    clock.set(SUNDAY)
    clock.advance(HOUR)
    clock.run()
    clock.follow()

    assert tables.facts.where() == [Fact("scenario", {"name": "default"})]


def test_a_terminal_is_told_the_time_and_the_mode_in_one_line(tables: Tables) -> None:
    real = told(_clock(tables))
    _clock(tables).set(SUNDAY)
    stopped = told(_clock(tables))
    _clock(tables).run()

    assert (real, stopped) == ("2025-03-31T12:00:00+08:00 real", "2025-03-30T05:30:00+08:00 frozen")
    assert told(_clock(tables)) == "2025-03-30T05:30:00+08:00 shifted"
