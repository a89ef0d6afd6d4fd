"""On which cores the processes of a server run: one each where there are enough processes for all."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from journeys.served import Served, Visitor

from ipportal.cli import system
from ipportal.turns import cores

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 20
OWN = {0, 2, 5}


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[int, set[int]]:
    """A system with three cores, and the cores to which each process keeps: 0 is the one that forks."""
    kept = {0: OWN}

    def told(process: int) -> set[int]:
        if process not in kept:
            raise ProcessLookupError
        return kept[process]

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "sched_getaffinity", told, raising=False)
    monkeypatch.setattr(os, "sched_setaffinity", kept.__setitem__, raising=False)
    return kept


@pytest.fixture
def two() -> Iterator[list[int]]:
    """Two cores, or one where there are no more, on which what is begun in the test runs."""
    own = cores()
    some = sorted(own)[:2]
    os.sched_setaffinity(0, some)
    yield some
    os.sched_setaffinity(0, own)


@pytest.mark.parametrize(
    ("beside", "core"),
    [
        ([], 0),
        ([{0}], 2),
        ([{0}, {2}], 5),
        ([{0}, {5}], 2),  # that of one which has ended
        ([{0}, {2}, {5}], 0),
        ([{0}, {2}, {5}, {0}], 2),
        ([{5}, {5}, {0}, {0}], 2),
    ],
)
def test_the_next_process_gets_the_core_to_which_the_fewest_keep(
    kept: dict[int, set[int]], beside: list[set[int]], core: int
) -> None:
    others = dict(enumerate(beside, start=100))
    kept |= others

    with system.a_core_each(others, 3):
        assert kept[0] == {core}
    assert kept == {0: OWN} | others


def test_a_process_that_has_just_ended_keeps_to_no_core(kept: dict[int, set[int]]) -> None:
    kept[101] = {0}

    with system.a_core_each([100, 101], 3):
        assert kept[0] == {2}


def test_the_one_that_forks_may_use_all_cores_again_after_a_failure(kept: dict[int, set[int]]) -> None:
    with pytest.raises(OSError, match="no fork"), system.a_core_each([], 3):
        raise OSError("no fork")
    assert kept == {0: OWN}


def test_where_nobody_may_choose_a_process_is_forked_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "sched_setaffinity", refused, raising=False)

    with system.a_core_each([], 512):
        assert cores()


@pytest.mark.parametrize(("platform", "processes"), [("linux", 2), ("darwin", 8)])
def test_no_process_keeps_to_a_core_where_some_are_free_or_none_can_be_chosen(
    monkeypatch: pytest.MonkeyPatch, kept: dict[int, set[int]], platform: str, processes: int
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)

    with system.a_core_each([], processes):
        assert kept == {0: OWN}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has processes keep to a core")
def test_each_process_has_its_core_and_the_successor_of_a_killed_one_takes_that_over(
    tmp_path: Path, two: list[int]
) -> None:
    with Served(tmp_path, "--server", "gunicorn", "--processes", str(len(two))) as portal:
        first = _workers(portal, len(two))
        kept = [_cores(each) for each in first]
        os.kill(first[0], signal.SIGKILL)
        second = _workers(portal, len(two), but=first[0])
        answer = Visitor(portal.port).get("/practice")

        assert sorted(kept) == [[core] for core in two]
        assert sorted(_cores(each) for each in second) == sorted(kept)
        assert os.sched_getaffinity(portal.process.pid) == set(two)
        assert answer.screen == "practice/accounts"


def _workers(portal: Served, count: int, but: int = 0) -> list[int]:
    """Return the processes that a portal forked, once there are so many, *but* for one."""
    first, until = portal.process.pid, time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = [int(each) for each in Path(f"/proc/{first}/task/{first}/children").read_text().split()]
        if len(found) == count and but not in found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"never {count} processes")


def _cores(process: int) -> list[int]:
    return sorted(os.sched_getaffinity(process))
