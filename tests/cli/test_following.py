"""`ipportal journal --follow` beside workspaces that come and go."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from houses import file_of

from ipportal.flows.journal import Journal
from ipportal.store import Unavailable

if TYPE_CHECKING:
    from cli.conftest import Terminal


def test_a_class_is_followed_though_it_goes_and_comes_back_and_to_follow_is_not_to_use(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.run("workspaces", "--create", "t1")
    old = file_of(terminal.folder, "t1").stat().st_mtime - 3600
    os.utime(file_of(terminal.folder, "t1"), (old, old))
    used = list[float]()

    def pause(_seconds: float) -> None:
        if not used:
            used.append(file_of(terminal.folder, "t1").stat().st_mtime)
            terminal.house().remove("t1")
        elif len(used) == 1:
            used.append(0)
            terminal.house().create("t2").journal.note("home")
        else:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", pause)

    said = terminal.run("journal", "--follow", "--workspace", "t*")

    assert (said.code, [line.split()[0] for line in said.out.splitlines()]) == (0, ["t1", "t2", "t2"])
    assert used[0] == old


@pytest.mark.parametrize("name", ["t1", "t*"])
def test_a_workspace_that_goes_at_that_moment_is_no_fault_to_a_follower_of_many(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    terminal.run("workspaces", "--create", "t1")
    waits = list[int]()

    def gone(_journal: object, _after: int) -> list[object]:
        raise Unavailable("missing", "t1.sqlite")

    def pause(_seconds: float) -> None:
        waits.append(1)
        if len(waits) > 1:
            raise KeyboardInterrupt
        monkeypatch.setattr(Journal, "entries", gone)

    monkeypatch.setattr("time.sleep", pause)

    said = terminal.run("journal", "--follow", "--workspace", name)

    assert (said.code, len(waits), said.err) == (0, 2, "")
