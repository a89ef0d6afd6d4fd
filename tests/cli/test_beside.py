"""What `serve` leaves in the instance folder, and what the commands beside it do with that."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ipportal.cli import beside
from ipportal.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Terminal

PUBLIC = {"public": True, "access_password": "trainees-only", "host": "0.0.0.0", "trusted_hosts": ("trainer-pc", "b")}


def test_links_have_the_address_of_the_server_that_runs(terminal: Terminal) -> None:
    settings = Settings(instance=terminal.folder)

    with beside.told(settings, 8461):
        made = terminal.run("workspaces", "--create", "amy").out
        opened = terminal.run("checkpoint", "open", "register-7").out
        chosen = terminal.run("workspaces", "--create", "ben", "--port", "8500").out

    assert made.split() == ["amy", "http://127.0.0.1:8461/w/amy/"]
    assert opened.startswith("http://127.0.0.1:8461/w/register-7-")
    assert chosen.split() == ["ben", "http://127.0.0.1:8500/w/ben/"]
    assert [*terminal.folder.glob("serving*")] == []
    assert terminal.run("workspaces", "--create", "cat").out.split()[1] == "http://127.0.0.1:8080/w/cat/"


def test_others_reach_a_public_portal_by_its_first_trusted_host(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, **PUBLIC)  # type: ignore[arg-type]

    assert beside.address_at(settings, 80) == "http://trainer-pc:80"
    assert beside.address_at(replace(settings, host="192.0.2.7"), 80) == "http://192.0.2.7:80"


@pytest.mark.parametrize(
    "words", [("captcha", "reveal"), ("workspaces", "--create", "amy", "--captcha-mode", "reveal")]
)
def test_a_captcha_that_a_public_server_does_not_have_is_not_promised(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    with beside.told(Settings(instance=terminal.folder, **PUBLIC), 80):  # type: ignore[arg-type]
        said = terminal.run(*words)

    assert (said.code > 0, said.out) == (True, "")
    assert "real" in said.err
    assert terminal.house().names() == ["main"]


@pytest.mark.parametrize("text", ["", "[]", '{"address": 7}', "{}", "\udcff", '{"public": "yes"}'])
def test_a_word_that_was_spoilt_is_no_word(terminal: Terminal, text: str) -> None:
    with beside.told(Settings(instance=terminal.folder, **PUBLIC), 80):  # type: ignore[arg-type]
        (terminal.folder / "serving.json").write_bytes(text.encode("utf-8", "surrogateescape"))

        assert terminal.run("workspaces", "--create", "amy").out.split() == ["amy", "http://127.0.0.1:8080/w/amy/"]
        assert terminal.run("captcha", "reveal").code == 0


def test_the_word_of_a_server_that_was_killed_is_no_word(terminal: Terminal) -> None:
    word = json.dumps({"address": "http://127.0.0.1:8461", "public": True, "process": os.getpid()})
    (terminal.folder / "serving.json").write_text(word, encoding="utf-8")

    assert terminal.run("workspaces", "--create", "amy").out.split() == ["amy", "http://127.0.0.1:8080/w/amy/"]
    assert terminal.run("captcha", "reveal").code == 0
    with beside.told(Settings(instance=terminal.folder), 8500):
        assert terminal.run("workspaces", "--create", "ben").out.split() == ["ben", "http://127.0.0.1:8500/w/ben/"]


def test_the_server_of_exec_leaves_the_word_of_the_one_that_runs(terminal: Terminal) -> None:
    settings = Settings(instance=terminal.folder)
    code = f"import sys; sys.exit('8461' not in open({str(terminal.folder / 'serving.json')!r}).read())"

    with beside.told(settings, 8461):
        assert terminal.run("exec", "--", sys.executable, "-c", code).code == 0
        assert beside.address(settings) == "http://127.0.0.1:8461"


def test_a_server_takes_back_its_own_word_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, file = Settings(instance=tmp_path), tmp_path / "serving.json"

    with beside.told(settings, 1):
        with beside.told(settings, 2):
            assert beside.address(settings) == "http://127.0.0.1:1"
        assert beside.address(settings) == "http://127.0.0.1:1"
    assert not file.exists()
    with beside.told(settings, 1):
        file.write_text(json.dumps({"address": "http://another"}), encoding="utf-8")
        assert beside.address(settings) == "http://another"
    assert file.exists()
    with beside.told(settings, 1):
        monkeypatch.setattr(os, "getpid", lambda: 1)  # as in a worker, which is forked
    assert file.exists()


def test_where_nobody_can_tell_whether_a_server_runs_its_word_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(instance=tmp_path)
    monkeypatch.setattr(sys, "platform", "win32")

    with beside.told(settings, 1), beside.told(settings, 2):
        assert beside.address(settings) == "http://127.0.0.1:2"
    assert not (tmp_path / "serving.json").exists()


def test_a_folder_that_takes_no_word_does_not_keep_a_server_from_running(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path / "absent")

    with beside.told(settings, 1):
        assert beside.address(settings) == "http://127.0.0.1:8080"
