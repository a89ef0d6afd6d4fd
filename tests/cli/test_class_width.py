"""class in a terminal: a line for each trainee that is no longer than the terminal is wide."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cli.conftest import NOON
from houses import let_pass

from ipportal.cli.commands import width
from ipportal.settings import LANGUAGES
from ipportal.wording import say

if TYPE_CHECKING:
    from cli.conftest import Terminal

NOBODY = {"internet_user_id": "U1234567", "internet_password": "Practice20251"}
FIELDS = " ".join(f"internet_password:{code}" for code in ("required", "length", "chars", "mixed", "duplicate"))


@pytest.fixture
def terminal(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal with two trainees, of whom one has just been refused."""
    let_pass(monkeypatch, timedelta(0))
    terminal.run("workspaces", "--create", "t1", "t2")
    terminal.run("clock", "set", NOON, "--workspace", "t*")
    terminal.workspace("t1").login.enter(NOBODY)
    return terminal


def shown(terminal: Terminal, columns: int, *words: str) -> list[str]:
    """Return the lines of the class in a terminal so many columns wide."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.stdout, "isatty", lambda: True)
        patch.setenv("COLUMNS", str(columns))
        return terminal.run("class", *words).out.splitlines()


def left_out(*names: str, lang: str = "en") -> str:
    return say("cli.class_left_out", lang, columns=", ".join(say(f"cli.column.{name}", lang) for name in names))


def test_in_a_narrow_terminal_each_trainee_has_one_line_that_ends_with_the_reason(terminal: Terminal) -> None:
    lines = shown(terminal, 85)

    assert [line.split() for line in lines[:-1]] == [
        ["workspace", "last", "step", "outcome", "ago", "clock", "reason"],
        ["t1", "login/form", "refused", "0s", NOON, "frozen", "no_such_user"],
        ["t2", NOON, "frozen"],
    ]
    assert lines[-1] == left_out("portal_time")
    assert max(map(len, lines)) <= 85


def test_a_long_reason_goes_on_below_itself_and_nothing_of_it_is_lost(terminal: Terminal) -> None:
    terminal.workspace("t1").journal.note("register/details", FIELDS)

    lines = shown(terminal, 80)

    at = lines[0].index("reason")
    assert max(map(len, lines[:-1])) <= 80
    assert " ".join(line[at:] for line in lines[1:-2]) == FIELDS
    assert {line[:at].strip() for line in lines[2:-2]} == {""}
    assert lines[-2].split() == ["t2"]
    assert lines[-1] == left_out("portal_time", "clock")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_long_and_about_the_portal_is_left_out_and_named(terminal: Terminal, lang: str) -> None:
    terminal.run("suspend", "30", "--workspace", "t1")
    terminal.run("captcha", "always_wrong", "--workspace", "t1")
    terminal.workspace("t1").tables.accounts.update("99000101", locked=True, failed_tries=3)

    lines = shown(terminal, 80, "--terminal-lang", lang)

    assert lines[1].split() == ["t1", "login/form", "refused", "0s", "99000101", "always_wrong", "no_such_user"]
    assert lines[2:] == ["t2", left_out("portal_time", "clock", "closed", lang=lang)]
    assert max(map(width, lines[:-1])) <= 80


def test_who_it_was_and_why_is_told_however_narrow_the_terminal_is(terminal: Terminal) -> None:
    lines = shown(terminal, 20)

    assert [line.split() for line in lines[1:-1]] == [["t1", "login/form", "0s", "no_such_"], ["user"], ["t2"]]


@pytest.mark.parametrize(("columns", "cells"), [(43, 3), (42, 1)])
def test_where_nobody_was_refused_no_reason_takes_room(terminal: Terminal, columns: int, cells: int) -> None:
    lines = shown(terminal, columns, "t2")

    assert len(lines[1].split()) == cells
    assert max(map(len, lines[:2])) <= columns


def test_a_wide_terminal_and_a_pipe_have_all_of_it(terminal: Terminal) -> None:
    assert shown(terminal, 115) == terminal.run("class").out.splitlines()
