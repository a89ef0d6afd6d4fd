"""A workspace whose file is no store of ours: the others are none the worse for it, and it is told."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from houses import file_of

from ipportal.cli import INTERRUPTED

if TYPE_CHECKING:
    from cli.conftest import Terminal


@pytest.fixture
def terminal(terminal: Terminal) -> Terminal:
    """A terminal with a workspace on either side of a file that is none."""
    terminal.run("workspaces", "--create", "t1", "t3")
    file_of(terminal.folder, "t2").write_text("no database at all, but as long as a header of one would be " * 20)
    return terminal


def test_all_are_listed_and_being_listed_is_not_being_used(terminal: Terminal) -> None:
    old = file_of(terminal.folder, "t1").stat().st_mtime - 3600
    os.utime(file_of(terminal.folder, "t1"), (old, old))

    said = terminal.run("workspaces")

    assert (said.code, [line.split()[0] for line in said.out.splitlines()]) == (0, ["main", "t1", "t2", "t3"])
    assert file_of(terminal.folder, "t1").stat().st_mtime == old


def test_a_command_for_a_class_is_done_in_the_others(terminal: Terminal) -> None:
    said = terminal.run("clock", "set", "2025-03-31T12:00+08:00", "--workspace", "t*")

    assert said.code == 1
    assert [line.split()[0] for line in said.out.splitlines()] == ["t1", "t3"]
    assert str(file_of(terminal.folder, "t2")) in said.err
    assert terminal.workspace("t3").stored_clock.reading()[1] == "frozen"


def test_a_command_that_one_refuses_is_done_in_the_others(terminal: Terminal) -> None:
    file_of(terminal.folder, "t2").unlink()
    terminal.run("workspaces", "--create", "t2")
    terminal.run("clock", "set", "2199-12-30T12:00+08:00", "--workspace", "t2")

    said = terminal.run("clock", "advance", "5d", "--workspace", "t*")

    assert (said.code, [line.split()[0] for line in said.out.splitlines()]) == (2, ["t1", "t3"])
    assert said.err.startswith("ipportal: t2  ")
    assert len(said.err.splitlines()) == 1


def test_a_class_is_shown_without_it(terminal: Terminal) -> None:
    said = terminal.run("class")

    assert said.code == 1
    assert [line.split()[0] for line in said.out.splitlines()[1:]] == ["t1", "t3"]
    assert said.err.startswith(f"ipportal: t2  {file_of(terminal.folder, 't2')} ")


def test_one_that_turns_out_to_be_damaged_is_told_too(terminal: Terminal) -> None:
    with closing(sqlite3.connect(file_of(terminal.folder, "t1"))) as file:
        found = file.execute("SELECT rootpage FROM sqlite_master WHERE name IN ('user', 'account')").fetchall()
        (size,) = file.execute("PRAGMA page_size").fetchone()
    content = bytearray(file_of(terminal.folder, "t1").read_bytes())
    for (page,) in found:  # all that is read to open it is good
        content[(page - 1) * size : page * size] = b"\xff" * size
    file_of(terminal.folder, "t1").write_bytes(content)

    said = terminal.run("unlock", "99000101", "--workspace", "t*")

    assert said.code == 1
    assert str(file_of(terminal.folder, "t1")) in said.err
    assert [line.split()[0] for line in said.out.splitlines()] == ["t3"]


def test_its_journal_is_told_once_and_the_others_are_followed(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = []

    def pause(_seconds: float) -> None:
        waits.append(1)
        if len(waits) > 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", pause)

    said = terminal.run("journal", "--follow", "--workspace", "t*")

    assert (said.code, [line.split()[0] for line in said.out.splitlines()]) == (0, ["t1", "t3"])
    assert said.err.count("t2.sqlite") == 1


def test_what_the_tests_reached_is_counted_without_it(terminal: Terminal) -> None:
    terminal.workspace("t1").login.enter({"internet_user_id": "U1234567", "internet_password": "Practice20251"})

    assert terminal.house().reached()["login/form.no_such_user"] == 1


def test_one_that_cannot_even_be_removed_keeps_no_other(terminal: Terminal) -> None:
    file_of(terminal.folder, "t2").unlink()
    file_of(terminal.folder, "t2").mkdir()

    said = terminal.run("workspaces", "--remove", "t*")

    assert (said.code, [line.split()[0] for line in said.out.splitlines()]) == (1, ["main", "t2"])


def test_it_can_be_removed(terminal: Terminal) -> None:
    said = terminal.run("workspaces", "--remove", "t2")

    assert (said.code, [line.split()[0] for line in said.out.splitlines()]) == (0, ["main", "t1", "t3"])


def test_a_command_that_is_broken_off_does_not_end_well(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_given: object, **_named: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("subprocess.call", interrupted)

    assert terminal.run("exec", "--", "pytest").code == INTERRUPTED
