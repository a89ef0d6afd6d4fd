"""token and workspaces, as a tester types them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from props import MINE

from ipportal.tokens import workspace_token

if TYPE_CHECKING:
    from cli.conftest import Terminal


def test_the_token_is_made_once_and_only_its_owner_can_read_it(terminal: Terminal) -> None:
    first, second = terminal.run("token"), terminal.run("token")

    assert first.code == 0
    assert re.fullmatch("ipp-[A-Za-z0-9_-]{43}\n", first.out)
    assert second.out == first.out == (terminal.folder / "token").read_text()
    assert (terminal.folder / "token").stat().st_mode & 0o777 == 0o600


def test_a_workspaces_own_token_can_be_asked_for(terminal: Terminal) -> None:
    server = terminal.run("token").out.strip()
    terminal.run("workspaces", "--create", "lesson")

    said = terminal.run("token", "--workspace", "lesson")

    assert said.out.strip() == workspace_token(server, terminal.workspace("lesson"))
    assert said.out != f"{server}\n"


@pytest.mark.parametrize(
    "words",
    [
        *(("token",), ("reset",), ("class",), ("accounts",), ("clock", "real"), ("suspend", "30"), ("journal",)),
        *(("checkpoint", "list"), ("checkpoint", "open", "login-5"), ("checkpoint", "save", "file")),
    ],
)
def test_a_workspace_whose_name_is_empty_is_not_taken_for_main(terminal: Terminal, words: tuple[str, ...]) -> None:
    said = terminal.run(*words, "--workspace", "")

    assert (said.code, said.out) == (2, "")
    assert "argument --workspace: the name of a workspace is empty" in said.err


def test_a_token_file_that_holds_something_else_is_refused_by_its_path(terminal: Terminal) -> None:
    (terminal.folder / "token").write_text("secret\n")

    said = terminal.run("token")

    assert said.code == 1
    assert str(terminal.folder / "token") in said.err
    assert "secret" not in said.err


def test_workspaces_are_made_listed_and_removed(terminal: Terminal) -> None:
    made = terminal.run("workspaces", "--create", "lesson-1").out
    left = terminal.run("workspaces", "--remove", "lesson-1").out

    assert [line.split() for line in made.splitlines()] == [
        ["lesson-1", "http://127.0.0.1:8080/w/lesson-1/"],
    ]
    assert [line.split()[0] for line in left.splitlines()] == ["main"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("workspaces", "--create", "Lesson"), "1 to 40 of a-z"),
        (("workspaces", "--create", "main"), "1 to 40 of a-z"),
        (("workspaces", "--remove", "main"), "cannot be removed"),
        (("workspaces", "--remove", "nobody"), "no such workspace"),
        (("token", "--workspace", "nobody"), "no such workspace"),
        (("checkpoint", "list", "--workspace", "nobody"), "no such workspace"),
        (("checkpoint", "save", "state.json", "--workspace", "nobody"), "no such workspace"),
        (("checkpoint", "open", "regster-10"), "register-10?"),
        (("checkpoint", "open", "mine", "--workspace", "nobody"), "no such workspace"),
        (("checkpoint", "restore", "no-such-file"), "no-such-file"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing_behind(
    terminal: Terminal, words: tuple[str, ...], told: str
) -> None:
    said = terminal.run(*words)

    assert said.code == 1
    assert told in said.err
    assert terminal.house().names() == ["main"]


@pytest.mark.parametrize(
    "words", [("accounts",), ("token",), ("checkpoint", "list"), ("checkpoint", "save", "state.json")], ids=" ".join
)
def test_a_pattern_is_refused_where_one_workspace_is_wanted(terminal: Terminal, words: tuple[str, ...]) -> None:
    terminal.run("workspaces", "--create", "t1")

    said = terminal.run(*words, "--workspace", "t*")

    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("argument --workspace: a pattern stands for several, and one is wanted: t*\n")


def test_a_name_that_is_taken_is_refused(terminal: Terminal) -> None:
    terminal.run("workspaces", "--create", "lesson")

    said = terminal.run("workspaces", "--create", "lesson")

    assert said.code == 1
    assert said.err == "ipportal: There is a workspace of this name. (lesson)\n"
    assert said.out == ""


def test_workspaces_in_memory_are_out_of_the_command_lines_reach(terminal: Terminal) -> None:
    said = terminal.run("workspaces", "--workspaces", "memory")

    assert said.code == 2
    assert "--workspaces files" in said.err


def test_clock_journal_accounts_and_reset_take_a_workspaces_name(terminal: Terminal) -> None:
    terminal.run("workspaces", "--create", "lesson")
    moved = terminal.run("clock", "set", "2025-03-31T05:30+08:00", "--workspace", "lesson").out
    kept = terminal.run("clock").out

    reset = terminal.run("reset", "--workspace", "lesson", "--scenario", "empty")

    assert moved == "2025-03-31T05:30:00+08:00 frozen\n"
    assert kept.endswith(" real\n")
    assert "empty" in reset.out
    assert terminal.run("accounts", "--workspace", "lesson").out.count("\n") == 1
    assert terminal.run("accounts").out.count("\n") == 17
    assert terminal.run("journal", "--workspace", "lesson").out.split()[2:] == ["reset", "done", "empty"]
    assert terminal.run("clock", "show", "--workspace", "lesson").out.endswith(" real\n")


@pytest.mark.parametrize(
    "words",
    [
        ("--workspace", "lesson"),
        ("show", "--workspace", "lesson"),
        ("--workspace", "lesson", "show"),
        ("--workspace", "lesson", "advance", "0m"),
    ],
)
def test_the_clock_of_a_workspace_is_shown_wherever_its_name_stands(terminal: Terminal, words: tuple[str, ...]) -> None:
    terminal.run("workspaces", "--create", "lesson")
    terminal.run("clock", "set", "2025-03-31T05:30+08:00", "--workspace", "lesson")

    said = terminal.run("clock", *words)

    assert (said.code, said.out) == (0, "2025-03-31T05:30:00+08:00 frozen\n")


def test_a_scenario_of_the_instance_folder_is_taken_by_its_name_and_comes_back_without_its_file(
    terminal: Terminal,
) -> None:
    (terminal.folder / "scenarios").mkdir()
    file = terminal.folder / "scenarios" / "class.toml"
    file.write_text(MINE, encoding="utf-8")

    first = terminal.run("reset", "--scenario", "class")
    file.unlink()
    again = terminal.run("reset")

    assert (first.code, again.code) == (0, 0)
    assert "class" in again.out
    assert terminal.run("accounts").out.splitlines()[1].startswith("mine ")


def test_a_reset_to_a_scenario_whose_file_is_broken_by_now_is_refused(terminal: Terminal) -> None:
    (terminal.folder / "scenarios").mkdir()
    file = terminal.folder / "scenarios" / "class.toml"
    file.write_text(MINE, encoding="utf-8")
    terminal.run("reset", "--scenario", "class")
    file.write_text(MINE.replace("people", "persons"), encoding="utf-8")

    said = terminal.run("reset")

    assert (said.code, said.out) == (1, "")
    assert "persons" in said.err
    assert terminal.run("accounts").out.splitlines()[1].startswith("mine ")


def test_a_scenario_whose_file_and_text_are_gone_is_refused(terminal: Terminal) -> None:
    terminal.house().main.tables.facts.update("scenario", value={"name": "gone.toml"})

    said = terminal.run("reset")

    assert said.code == 1
    assert "gone.toml" in said.err
