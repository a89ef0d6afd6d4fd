"""Faults are armed by name at a step, strike as often as they were told, and repeat themselves by their seed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from props import new_portal, shared
from stores import fresh

from ipportal.flows.faults import KINDS, PAGE, STEPS, SUBMIT, Fault
from ipportal.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.portal import Portal

HOME = {"kind": "error_500", "step": "home", "moment": PAGE}


def strikes(portal: Portal, requests: int, step: str = "home", moment: str = PAGE) -> list[bool]:
    """Return for each of so many requests whether a fault struck it."""
    return [bool(portal.faults.strike(step, moment)) for _ in range(requests)]


def test_the_kinds_are_those_that_testers_were_promised() -> None:
    assert set(KINDS) == {
        *("delay", "error_500", "error_503", "dropped_connection", "truncated_page", "session_lost", "csrf_expired"),
        *("captcha_lost", "store_busy", "disk_full", "maintenance_now", "answer_lost"),
    }
    assert {name: kind.options for name, kind in KINDS.items() if kind.options} == {
        "delay": ("milliseconds", "up_to_milliseconds"),
        "maintenance_now": ("minutes",),
    }


def test_every_step_has_a_moment_and_a_submit_is_meant_first() -> None:
    assert set(STEPS.values()) == {(PAGE,), (SUBMIT,), (SUBMIT, PAGE)}
    assert STEPS["register/confirm"] == (SUBMIT, PAGE)


def test_nothing_is_armed_before_it_is_asked_for(portal: Portal) -> None:
    assert portal.faults.armed() == []
    assert strikes(portal, 3) == [False] * 3


def test_an_armed_fault_is_returned_and_listed_as_it_was_meant(portal: Portal) -> None:
    armed = portal.faults.arm(**HOME)

    assert armed == Fault(1, "error_500", "home", PAGE)
    assert portal.faults.armed() == [armed]


@pytest.mark.parametrize(("times", "struck"), [(1, 1), (2, 2), (3, 3), (0, 6)])
def test_a_fault_strikes_as_often_as_it_was_told(portal: Portal, times: int, struck: int) -> None:
    portal.faults.arm(**HOME, times=times)

    found = strikes(portal, 6)

    assert found == [True] * struck + [False] * (6 - struck)
    assert len(portal.faults.armed()) == (times == 0)


def test_a_fault_strikes_once_unless_told_otherwise(portal: Portal) -> None:
    portal.faults.arm(**HOME)

    assert strikes(portal, 2) == [True, False]


@pytest.mark.parametrize(("step", "moment"), [("home", SUBMIT), ("login/form", PAGE), ("homes", PAGE), ("", "")])
def test_a_fault_is_not_met_by_another_step_or_moment(portal: Portal, step: str, moment: str) -> None:
    armed = portal.faults.arm(**HOME)

    found = portal.faults.strike(step, moment)

    assert found == []
    assert portal.faults.armed() == [armed]


def test_what_struck_says_how_often_it_was_met_and_struck(portal: Portal) -> None:
    portal.faults.arm(**HOME, times=2)

    (first,), (second,) = portal.faults.strike("home", PAGE), portal.faults.strike("home", PAGE)

    assert [(each.met, each.struck) for each in (first, second)] == [(1, 1), (2, 2)]


def test_several_faults_at_a_step_strike_together_in_the_order_they_were_armed(portal: Portal) -> None:
    portal.faults.arm(**HOME | {"kind": "store_busy"})
    portal.faults.arm(**HOME | {"step": "login/tips"})
    portal.faults.arm(**HOME, times=2)

    found = portal.faults.strike("home", PAGE)

    assert [(each.fault_id, each.kind) for each in found] == [(1, "store_busy"), (3, "error_500")]
    assert [each.fault_id for each in portal.faults.armed()] == [2, 3]


def test_a_disarmed_fault_strikes_no_more_and_the_others_stay(portal: Portal) -> None:
    one, other = portal.faults.arm(**HOME), portal.faults.arm(**HOME, times=0)

    disarmed = [portal.faults.disarm(one.fault_id), portal.faults.disarm(one.fault_id), portal.faults.disarm(99)]

    assert disarmed == [True, False, False]
    assert portal.faults.armed() == [other]


def test_a_number_is_not_given_twice_while_others_are_armed(portal: Portal) -> None:
    first = portal.faults.arm(**HOME).fault_id
    portal.faults.arm(**HOME)
    portal.faults.disarm(first)

    assert portal.faults.arm(**HOME).fault_id == 3


def test_all_are_disarmed_at_once(portal: Portal) -> None:
    portal.faults.arm(**HOME)
    portal.faults.arm(**HOME, times=0)

    portal.faults.disarm_all()

    assert portal.faults.armed() == []
    assert strikes(portal, 2) == [False, False]


def test_an_attribute_that_no_fault_has_is_a_mistake_of_the_program(portal: Portal) -> None:
    with pytest.raises(TypeError):
        portal.faults.arm(**HOME, colour="red")

    assert portal.faults.armed() == []


def _sequence(seed: str) -> list[bool]:
    portal = new_portal()
    portal.faults.arm(**HOME, times=0, chance=0.5, seed=seed)
    return strikes(portal, 64)


@pytest.mark.parametrize("seed", ["1", "", "種子", "x" * 80])
def test_the_same_seed_gives_the_same_sequence(seed: str) -> None:
    first, second = _sequence(seed), _sequence(seed)

    assert first == second
    assert 0 < sum(first) < 64


def test_another_seed_gives_another_sequence() -> None:
    assert len({tuple(_sequence(str(seed))) for seed in range(8)}) == 8


@pytest.mark.parametrize(("chance", "all_or_none"), [(1.0, True), (1e-12, False)])
def test_a_chance_at_its_end_is_no_chance(portal: Portal, chance: float, *, all_or_none: bool) -> None:
    portal.faults.arm(**HOME, times=0, chance=chance)

    assert strikes(portal, 20) == [all_or_none] * 20


def test_a_fault_by_chance_counts_only_what_it_struck(portal: Portal) -> None:
    portal.faults.arm(**HOME, times=3, chance=0.5)

    found = strikes(portal, 64)

    assert sum(found) == 3
    assert portal.faults.armed() == []


@pytest.mark.parametrize(
    ("least", "most", "low", "high"),
    [(1000, 0, 1.0, 1.0), (0, 0, 0.0, 0.0), (100, 300, 0.1, 0.3), (300, 100, 0.3, 0.3)],
)
def test_a_delay_is_fixed_or_drawn_between_its_bounds(least: int, most: int, low: float, high: float) -> None:
    fault = Fault(1, "delay", "home", PAGE, milliseconds=least, up_to_milliseconds=most)

    seconds = [replace(fault, met=met).seconds() for met in range(40)]

    assert low <= min(seconds) <= max(seconds) <= high
    assert (len(set(seconds)) > 1) is (low < high)
    assert seconds == [replace(fault, met=met).seconds() for met in range(40)]


def test_two_processes_on_one_store_strike_a_single_fault_once(tmp_path: Path) -> None:
    one = new_portal(path := fresh(str(tmp_path / "portal.sqlite")))
    other = replace(one, tables=open_store(path))
    one.faults.arm(**HOME)

    found: list[Any] = [len(each.faults.strike("home", PAGE)) for each in (other, one)]

    assert found == [1, 0]
    assert shared(other).standing().armed == ()
    one.close()
    other.close()
