"""Failpoints are not there unless a process is started with one; then they are where they say."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from props import NOON, agreed, new_portal
from store.rows import PATIENCE, account, user

from ipportal.store import MEMORY, Sqlite, Tables
from ipportal.store.failpoints import VARIABLE, Reached, reachable, reaching, told

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every point that is passed, in every store opened from now on."""
    points: list[str] = []
    for name, method in reaching(Sqlite, points.append).items():
        monkeypatch.setattr(Sqlite, name, method)
    return points


def test_without_a_rehearsal_a_store_is_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    before = dict(vars(Sqlite))

    assert reachable(Sqlite) is Sqlite
    assert dict(vars(Sqlite)) == before


def test_a_transaction_has_the_name_of_who_opens_it_and_passes_its_points_in_order(seen: list[str]) -> None:
    own = new_portal()
    seen.clear()

    agreed(own)

    name = "flows.register.terms"
    assert seen == [f"{name}:{point}" for point in ("begun", "write-1", "write-2", "write-3", "before_commit")] + [
        f"{name}:after_commit"
    ]


def test_a_statement_alone_is_a_transaction_of_its_own(seen: list[str]) -> None:
    own = new_portal()
    seen.clear()

    own.stored_clock.follow()
    own.stored_clock.set(NOON)
    Tables(own.tables.backend).users.insert(user())

    points = ("begun", "write-1", "before_commit", "after_commit")
    assert seen[:4] == [f"store.clock.follow:{point}" for point in points]
    assert seen[4:9] == [f"store.clock.set:{point}" for point in ("begun", "write-1", "write-2", *points[2:])]
    assert seen[9:] == [f"elsewhere:{point}" for point in points]


def test_a_transaction_that_fails_passes_no_commit_and_the_next_one_counts_anew(seen: list[str]) -> None:
    tables = Tables(Sqlite(MEMORY))
    tables.backend.prepare()
    seen.clear()

    def fail() -> None:
        with tables.atomic():
            tables.users.insert(user())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    tables.links.load([("00012345", "lokshan1", 1)])

    assert [point.rpartition(":")[2] for point in seen] == [
        *("begun", "write-1"),
        *("begun", "write-1", "before_commit", "after_commit"),
    ]


@pytest.mark.parametrize(("point", "kept"), [("begun", 0), ("write-1", 0), ("before_commit", 0), ("after_commit", 1)])
def test_what_fails_at_a_point_has_been_kept_only_after_the_commit(
    monkeypatch: pytest.MonkeyPatch, point: str, kept: int
) -> None:
    tables = Tables(Sqlite(MEMORY))
    tables.backend.prepare()
    for name, method in reaching(Sqlite, told(f"elsewhere:{point}=raise")).items():
        monkeypatch.setattr(Sqlite, name, method)
    failing = Tables(tables.backend)

    with pytest.raises(Reached):
        failing.accounts.insert(account())

    monkeypatch.undo()
    assert len(tables.accounts.where()) == kept


def test_whoever_is_told_to_die_is_killed_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *told: killed.append(told))

    told("here=kill")("there")
    told("here=kill")("here")

    assert killed == [(os.getpid(), signal.SIGKILL)]


def test_whoever_is_told_to_wait_goes_on_when_the_file_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = threading.Event()
    monkeypatch.setattr(time, "sleep", lambda _: looked.set())
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(told(f"here=pause={tmp_path / 'reached'}"), "here")
        assert looked.wait(PATIENCE)
        assert (tmp_path / "reached").exists()
        assert not waiting.done()
        (tmp_path / "reached").unlink()

        assert waiting.result(PATIENCE) is None


def test_an_action_that_nobody_knows_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "flows.login.enter:begun=explode")

    with pytest.raises(KeyError, match="explode"):
        reachable(Sqlite)


@pytest.mark.parametrize(("asked", "code"), [("flows.register.terms:write-1=kill", -signal.SIGKILL), ("", 0)])
def test_a_process_dies_where_its_environment_asks_for_it_and_only_then(asked: str, code: int) -> None:
    words = """if True:
        from ipportal.portal import assemble
        from ipportal.settings import Settings
        own = assemble(Settings(store=":memory:"))
        own.tables.backend.prepare()
        own.register.terms({"agree": "yes"})
    """

    done = subprocess.run(
        [sys.executable, "-c", words], env=os.environ | {VARIABLE: asked}, check=False, timeout=PATIENCE
    )

    assert done.returncode == code


def test_the_class_itself_is_changed_where_the_environment_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    class Rehearsed(Sqlite):
        """A store of this test's own."""

    monkeypatch.setenv(VARIABLE, "elsewhere:after_commit=raise")
    assert reachable(Rehearsed) is Rehearsed

    tables = Tables(Rehearsed(MEMORY))
    with pytest.raises(Reached):
        tables.backend.prepare()
