"""The words of refusals and answers that are met seldom."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from ipportal.cli.server import typed
from ipportal.settings import LANGUAGES
from ipportal.wording import say

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Terminal


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_that_follow_each_other_have_a_space_between_them_in_english_only(
    terminal: Terminal, lang: str
) -> None:
    terminal.workspace("main").staff.lock_account("99000101")
    said = [terminal.run(*words, "--terminal-lang", lang).out for words in (("resume",), ("reissue", "99000101"))]

    assert [(". " in each, "。 " in each) for each in said] == [(lang == "en", False)] * 2


@pytest.mark.parametrize("command", ["unlock", "reissue", "free"])
def test_an_empty_id_is_that_of_a_variable_that_nobody_has_set(bare: Terminal, command: str) -> None:
    said = bare.run(command, "")

    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("error: argument ID: the ID is empty\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_token_that_cannot_be_kept_is_told_with_its_folder(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)

    said = bare.run("token", "--terminal-lang", lang)

    told = say("cli.token_folder", lang, where=str(bare.folder / "token"), why="Permission denied")
    assert (said.code, said.out, said.err) == (1, "", f"ipportal: {told}\n")


def test_a_command_that_may_not_be_run_has_the_code_that_a_shell_tells(bare: Terminal) -> None:
    (file := bare.folder / "plain").write_text("echo")

    said = bare.run("exec", "--", str(file))

    assert (said.code, said.err) == (126, f"ipportal: {file} cannot be run: Permission denied\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_has_no_store_is_told_of_both_options_that_say_where_it_is(bare: Terminal, lang: str) -> None:
    (bare.folder / "file").touch()

    said = bare.run("accounts", "--store", str(bare.folder / "file" / "x"), "--terminal-lang", lang)

    assert said.code == 1
    assert "--instance" in said.err
    assert "--store" in said.err


@pytest.mark.parametrize(
    ("started", "found", "told"),
    [
        ("bin/ipportal", "bin", "ipportal"),
        ("bin/ipportal", "other", "bin/ipportal"),
        ("bin/ipportal", "", "bin/ipportal"),
        ("my bin/ipportal", "bin", "'my bin/ipportal'"),
        ("there/ipportal/__main__.py", "", f"{sys.executable} -m ipportal"),
    ],
)
def test_the_command_is_told_by_its_name_where_the_path_leads_to_it_else_as_it_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: str, found: str, told: str
) -> None:
    for folder in ("bin", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ipportal").touch(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / found) if found else "")
    monkeypatch.setattr(sys, "argv", [started, "serve"])

    assert typed() == told
