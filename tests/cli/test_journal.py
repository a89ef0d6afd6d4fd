from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

from journeys.served import PATIENCE, environment

from ipportal.cli import main

if TYPE_CHECKING:
    import pytest
    from cli.conftest import Terminal

FIELDS = ["sequence", "portal_time", "real_time", "step", "outcome", "reason", "account", "codes", "judged"]


def test_the_journal_tells_what_happened_in_order(terminal: Terminal) -> None:
    terminal.run("reset")

    line = terminal.run("journal").out

    assert line.split()[0].isascii()
    assert line.split()[2:] == ["reset", "done", "default"]


def test_an_entry_as_json_carries_portal_time_and_real_time(terminal: Terminal) -> None:
    (line,) = terminal.run("journal", "--json").out.splitlines()

    entry = json.loads(line)
    assert list(entry) == FIELDS
    assert entry["portal_time"].endswith("+08:00")
    assert entry["real_time"].endswith("+00:00") or entry["real_time"].endswith("+08:00")


def test_only_entries_after_a_number_can_be_asked_for(terminal: Terminal) -> None:
    (line,) = terminal.run("journal", "--json").out.splitlines()
    sequence = json.loads(line)["sequence"]

    assert terminal.run("journal", "--after", str(sequence)).out == ""
    assert terminal.run("journal", "--after", str(sequence - 1)).out != ""


def test_following_goes_on_as_entries_come_until_it_is_interrupted(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = []

    def pause(_seconds: float) -> None:
        waits.append(main(["reset"]))
        if len(waits) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", pause)

    said = terminal.run("journal", "--follow", "--json")

    entries = [json.loads(line) for line in said.out.splitlines() if line.startswith("{")]
    sequences = [entry["sequence"] for entry in entries]
    assert said.code == 0
    assert len(entries) == 3
    assert sequences == sorted(sequences)


def test_whoever_follows_sees_a_workspace_that_is_made_anew_under_the_same_name(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.run("workspaces", "--create", "t1")
    for _ in range(3):
        terminal.workspace("t1").journal.note("logout")
    waits = []

    def pause(_seconds: float) -> None:
        waits.append(1)
        if len(waits) > 1:
            raise KeyboardInterrupt
        house = terminal.house()
        house.remove("t1")
        house.create("t1").journal.note("home")

    monkeypatch.setattr("time.sleep", pause)

    said = terminal.run("journal", "--follow", "--workspace", "t*")

    assert [line.split()[3] for line in said.out.splitlines()] == ["seed", *["logout"] * 3, "seed", "home"]


def test_following_in_a_process_of_its_own_prints_each_entry_at_once(terminal: Terminal) -> None:
    follower = subprocess.Popen(
        [sys.executable, "-m", "ipportal", "journal", "--follow", "--json"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(IPPORTAL_INSTANCE=str(terminal.folder)),
    )
    watchdog = threading.Timer(PATIENCE, follower.kill)
    watchdog.start()
    assert follower.stdout
    with follower.stdout as lines:
        first = json.loads(lines.readline())
        terminal.run("reset")
        second = json.loads(lines.readline())
        follower.terminate()
    follower.wait(PATIENCE)
    watchdog.cancel()

    assert second["sequence"] == first["sequence"] + 1


def test_a_class_is_followed_with_whoever_comes_later_and_on_one_connection_each(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.run("workspaces", "--create", "t1", "u1")
    opens, opened, connect = list[object](), list[int](), sqlite3.connect

    def counted(*given: Any, **named: Any) -> Any:
        opens.append(given)
        return connect(*given, **named)

    def pause(_seconds: float) -> None:
        opened.append(len(opens))
        if len(opened) == 1:
            terminal.house().create("t2")
        if len(opened) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", pause)
    monkeypatch.setattr(sqlite3, "connect", counted)

    said = terminal.run("journal", "--follow", "--workspace", "t*")
    as_json = terminal.run("journal", "--json", "--workspace", "t*")

    assert [line.split()[0] for line in said.out.splitlines()] == ["t1", "t2"]
    assert opened[2] == opened[3]
    assert [json.loads(line)["workspace"] for line in as_json.out.splitlines()] == ["t1", "t2"]
