"""workspaces --create: many at once, with the people and the CAPTCHA mode of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import MINE

from ipportal.wording import say

if TYPE_CHECKING:
    from cli.conftest import Terminal


@pytest.mark.parametrize(
    "words", [("--create", "amy", "ben", "cat"), ("--create", "amy", "--create", "ben", "--create", "cat")]
)
def test_many_workspaces_are_made_and_removed_at_once(terminal: Terminal, words: tuple[str, ...]) -> None:
    made = terminal.run("workspaces", *words)
    left = terminal.run("workspaces", "--remove", "amy", "cat")
    both = terminal.run("workspaces", "--create", "dan", "--remove", "ben")
    gone = terminal.run("workspaces", "--create", "eve", "--remove", "eve")

    assert (made.code, left.code, both.code, gone.code, gone.out) == (0, 0, 0, 0, "")
    assert [line.split()[0] for line in made.out.splitlines()] == ["amy", "ben", "cat"]
    assert [line.split()[0] for line in left.out.splitlines()] == ["main", "ben"]
    assert [line.split()[0] for line in both.out.splitlines()] == ["dan"]
    assert terminal.house().names() == ["main", "dan"]


def test_a_class_is_removed_by_a_pattern_and_main_never_is(terminal: Terminal) -> None:
    terminal.run("workspaces", "--create", "t1", "t2", "u1")

    gone, all_gone, none = (terminal.run("workspaces", "--remove", name) for name in ("t*", "*", "t*"))

    assert [line.split()[0] for line in gone.out.splitlines()] == ["main", "u1"]
    assert (all_gone.code, [line.split()[0] for line in all_gone.out.splitlines()]) == (0, ["main"])
    assert (none.code, "(t*)" in none.err) == (1, True)


def test_one_name_that_cannot_be_used_is_told_and_the_others_are_made(terminal: Terminal) -> None:
    said = terminal.run("workspaces", "--create", "amy", "Ben", "cat", "--remove", "nobody")

    assert said.code == 1
    assert [line.rpartition(" ")[2] for line in said.err.splitlines()] == ["(Ben)", "(nobody)"]
    assert terminal.house().names() == ["main", "amy", "cat"]


@pytest.mark.parametrize(("name", "told"), [("", ""), ("  ", " (  )")])
def test_an_empty_name_is_refused_and_no_other_one_is_made_up(terminal: Terminal, name: str, told: str) -> None:
    said = terminal.run("workspaces", "--create", name, "amy")

    assert (said.code, said.err) == (1, f"ipportal: {say('control.workspace_name', 'en')}{told}\n")
    assert terminal.house().names() == ["main", "amy"]


@pytest.mark.parametrize("way", ["option", "environment", "file"])
def test_a_workspace_has_the_people_of_the_scenario_setting(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    (terminal.folder / "scenarios").mkdir()
    (terminal.folder / "scenarios" / "class.toml").write_text(MINE, encoding="utf-8")
    if way == "environment":
        monkeypatch.setenv("IPPORTAL_SCENARIO", "class")
    if way == "file":
        (terminal.folder / "ipportal.toml").write_text('scenario = "class"', encoding="utf-8")

    terminal.run("workspaces", "--create", "w9", *(("--scenario", "class") if way == "option" else ()))
    people = [terminal.run("accounts", "--workspace", "w9").out]
    terminal.run("reset", "--workspace", "w9")
    people.append(terminal.run("accounts", "--workspace", "w9").out)

    assert [told.splitlines()[1].split()[0] for told in people] == ["mine", "mine"]


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (("--captcha-mode", "reveal"), {"mode": "reveal", "word": "", "seed": "1"}),
        (("--captcha-mode", "fixed", "--captcha-word", "ABC234"), {"mode": "fixed", "word": "ABC234", "seed": "1"}),
        ((), None),
    ],
)
@pytest.mark.parametrize(
    "words", [("workspaces", "--create", "w"), ("checkpoint", "open", "login-5", "--workspace", "w")]
)
def test_a_captcha_mode_that_is_an_option_stays_the_new_workspaces_own(
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    options: tuple[str, ...],
    kept: dict[str, str] | None,
) -> None:
    monkeypatch.setenv("IPPORTAL_CAPTCHA_MODE", "always_wrong")  # the server is told of a variable too

    said = terminal.run(*words, *options)

    assert said.code == 0
    fact = terminal.workspace("w").tables.facts.get("captcha")
    assert (fact.value if fact else None) == kept


def test_a_checkpoint_opens_whatever_the_scenario_setting_names(terminal: Terminal) -> None:
    said = terminal.run("checkpoint", "open", "login-5", "--scenario", "missing.toml")

    assert said.code == 0
