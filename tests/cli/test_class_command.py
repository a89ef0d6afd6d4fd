"""class: a line for each trainee, as a trainer sees it who looks at twenty workspaces."""

from __future__ import annotations

import json
import os
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cli.conftest import NOON
from houses import file_of, let_pass

from ipportal.portal import MAIN
from ipportal.settings import LANGUAGES
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from cli.conftest import Terminal

    from ipportal.portal import Portal

NOBODY = {"internet_user_id": "U1234567", "internet_password": "Practice20251"}
SUNDAY = "2025-03-30T06:30:00+08:00"


@pytest.fixture
def terminal(terminal: Terminal) -> Terminal:
    """A terminal with two trainees, whose clocks stand at noon."""
    terminal.run("workspaces", "--create", "t1", "t2")
    terminal.run("clock", "set", NOON, "--workspace", "t*")
    return terminal


def lines(terminal: Terminal, *words: str) -> list[list[str]]:
    """Return what stands below the heads, cell by cell."""
    return [re.split("  +", line) for line in terminal.run("class", *words).out.splitlines()[1:]]


def as_json(terminal: Terminal, name: str) -> dict[str, Any]:
    (found,) = json.loads(terminal.run("class", name, "--json").out)
    assert isinstance(found, dict)
    return found


def lock(portal: Portal, *basic_user_ids: str) -> None:
    """Lock accounts as wrong tries do."""
    for each in basic_user_ids:
        portal.tables.accounts.update(each, locked=True, failed_tries=3)


def test_each_trainee_has_a_line_with_the_last_step_and_why_it_was_refused(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.workspace("t1").login.enter(NOBODY)
    let_pass(monkeypatch, timedelta(minutes=12))

    said = terminal.run("class")

    assert (said.code, said.err) == (0, "")
    assert [re.split("  +", line) for line in said.out.splitlines()] == [
        ["workspace", "last step", "outcome", "at", "ago", "clock", "reason"],
        ["t1", "login/form", "refused", NOON, "12m", f"{NOON} frozen", "no_such_user"],
        ["t2", f"{NOON} frozen"],
    ]


def test_a_long_reason_makes_no_line_longer_but_its_own(terminal: Terminal) -> None:
    terminal.workspace("t1").journal.note("register/details", "refused " + "field:code " * 30)

    (head, long, short) = terminal.run("class").out.splitlines()

    assert (len(head) < 120, len(long) > 300, len(short) < 120) == (True, True, True)


@pytest.mark.parametrize(
    ("span", "ago"),
    [
        (timedelta(seconds=-5), "0s"),
        (timedelta(seconds=45), "45s"),
        (timedelta(minutes=1), "1m"),
        (timedelta(minutes=59, seconds=50), "59m"),
        (timedelta(hours=1, minutes=50), "1h"),
        (timedelta(hours=49), "2d"),
    ],
)
def test_how_long_ago_it_was_is_told_in_real_time_and_the_largest_unit(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, span: timedelta, ago: str
) -> None:
    let_pass(monkeypatch, timedelta(0))
    terminal.workspace(MAIN).journal.note("home")
    let_pass(monkeypatch, span)

    assert lines(terminal, MAIN)[0][4] == ago


def test_what_wrong_tries_have_locked_is_named_and_what_the_scenario_locks_is_not(terminal: Terminal) -> None:
    portal = terminal.workspace("t1")
    for _ in range(portal.settings.login_tries):
        portal.login.enter({"internet_user_id": "nimchi07", "internet_password": "Wrong20251999"})
    lock(portal, "99000101")
    lock(terminal.workspace("t2"), "99000101", "99000202", "99000303", "99000404")

    assert [row[at] for row, at in zip(lines(terminal), (-3, -2), strict=True)] == ["NimChi07,99000101", "4"]
    assert [row[-2] for row in lines(terminal, "--workspace", "t2")] == ["4"]
    told = as_json(terminal, "t1")
    assert (told["locked_internet_user_ids"], told["locked_basic_user_ids"]) == (["NimChi07"], ["99000101"])


def test_another_clock_a_closure_and_another_captcha_mode_are_told(terminal: Terminal) -> None:
    terminal.run("suspend", "30", "--workspace", "t1")
    terminal.run("captcha", "reveal", "--workspace", "t1")
    terminal.run("clock", "set", SUNDAY, "--workspace", "t2")

    assert lines(terminal) == [
        ["t1", f"{NOON} frozen", "2025-03-31T12:30:00+08:00 suspension", "reveal"],
        ["t2", f"{SUNDAY} frozen", "2025-03-30T07:00:00+08:00 sunday"],
    ]
    assert as_json(terminal, "t2")["closed"] == {"end": "2025-03-30T07:00:00+08:00", "row": "sunday"}
    assert [as_json(terminal, name)["captcha"] for name in ("t1", "t2")] == ["reveal", None]


def test_as_json_the_last_step_is_the_journals_entry(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    let_pass(monkeypatch, timedelta(0))
    terminal.workspace("t1").login.enter(NOBODY)
    entry = json.loads(terminal.run("journal", "--json", "--workspace", "t1").out.splitlines()[-1])
    let_pass(monkeypatch, timedelta(minutes=12))

    assert as_json(terminal, "t1") == {
        "workspace": "t1",
        "last": entry,
        "seconds_ago": 720,
        "locked_internet_user_ids": [],
        "locked_basic_user_ids": [],
        "now": NOON,
        "clock_mode": "frozen",
        "closed": None,
        "captcha": None,
    }
    assert (as_json(terminal, "t2")["last"], as_json(terminal, "t2")["seconds_ago"]) == (None, None)


def test_main_is_no_trainees_unless_it_is_asked_for(terminal: Terminal) -> None:
    asked = [(), ("t*",), ("t2",), ("*",), (MAIN,)]

    found = [[row[0] for row in lines(terminal, *words)] for words in asked]

    assert found == [["t1", "t2"], ["t1", "t2"], ["t2"], [MAIN, "t1", "t2"], [MAIN]]


def test_a_class_that_is_not_there_is_refused_and_an_empty_one_is_not(terminal: Terminal) -> None:
    unknown = terminal.run("class", "x*")
    terminal.run("workspaces", "--remove", "t*")
    empty = [terminal.run("class"), terminal.run("class", "--json")]

    assert (unknown.code, unknown.out, "(x*)" in unknown.err) == (1, "", True)
    assert [(said.code, said.out, said.err) for said in empty] == [(0, "", ""), (0, "[]\n", "")]


def test_what_led_to_a_checkpoint_of_the_guide_is_no_step_of_a_trainees(terminal: Terminal) -> None:
    terminal.run("checkpoint", "open", "login-10", "--workspace", "t*")

    assert [as_json(terminal, name)["last"] for name in ("t1", "t2")] == [None, None]
    terminal.workspace("t1").login.enter(NOBODY)
    assert as_json(terminal, "t1")["last"]["step"] == "login/form"


def test_to_look_at_a_workspace_is_not_to_use_it(terminal: Terminal) -> None:
    file = file_of(terminal.folder, "t1")
    old = file.stat().st_mtime - 3600
    os.utime(file, (old, old))

    assert lines(terminal, "t1")
    assert file.stat().st_mtime == old


def test_one_that_is_removed_meanwhile_is_left_out(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workspaces, "names", lambda _: [MAIN, "gone", "t1"])

    said = terminal.run("class")

    assert (said.code, said.err) == (0, "")
    assert [line.split()[0] for line in said.out.splitlines()[1:]] == ["t1"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_heads_are_in_the_terminals_language(terminal: Terminal, lang: str) -> None:
    heads = terminal.run("class", "--terminal-lang", lang).out.splitlines()[0]

    assert bool(re.search("[\u4e00-\u9fff]", heads)) == (lang != "en")
