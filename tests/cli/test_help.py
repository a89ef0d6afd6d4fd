from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from journeys.served import PATIENCE, environment

from ipportal import __version__
from ipportal.settings import KNOBS

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Terminal

COMMANDS = (
    *("serve", "reset", "accounts", "clock", "rules", "journal", "settings", "token", "exec", "workspaces"),
    *("class", "unlock", "suspend", "resume", "captcha"),
)


@pytest.mark.parametrize(
    ("lang", "words"), [("zh-Hant", "啟動模擬系統"), ("en", "run the portal"), ("zh-Hans", "启动模拟系统")]
)
def test_the_help_names_every_command_in_the_terminals_language(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
) -> None:
    monkeypatch.setenv("IPPORTAL_TERMINAL_LANG", lang)

    said = bare.run("--help")

    assert said.code == 0
    assert words in said.out
    assert all(name in said.out for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_every_setting_as_an_option(bare: Terminal, command: str) -> None:
    words = (command, "show", "--help") if command == "clock" else (command, "--help")

    said = bare.run(*words)

    assert said.code == 0
    assert all("--" + knob.name.replace("_", "-") in said.out for knob in KNOBS)


def test_help_of_a_command_is_what_the_command_itself_tells(bare: Terminal) -> None:
    assert bare.run("help", "clock", "set") == bare.run("clock", "set", "--help")
    assert bare.run("help") == bare.run("--help") == bare.run()


def test_the_version_is_told(bare: Terminal) -> None:
    assert bare.run("--version").out == f"{__version__}\n"


def test_the_module_runs_as_the_command_does(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ipportal", "--version"],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
        env=environment(),
        cwd=tmp_path,
    )

    assert done.stdout == f"{__version__}\n"
