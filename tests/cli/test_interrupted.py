"""Ctrl+C while the command is still being loaded."""

from __future__ import annotations

import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from journeys.served import PATIENCE, environment

from ipportal import __main__ as start
from ipportal import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
# Stands for a module that the command line loads, and presses Ctrl+C meanwhile.
PRESSED = """
import os, signal, sys
if "ipportal.cli" in sys.modules:
    os.kill(os.getpid(), signal.SIGINT)
get_close_matches = lambda word, *_: [word]
"""


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*words, "--version"],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env=environment(PYTHONPATH=str(folder)),
    )


@pytest.fixture
def heeded() -> Iterator[None]:
    """Have what is started heed Ctrl+C, also where these tests themselves run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded")
@pytest.mark.parametrize("how", ["module", "script"])
def test_who_interrupts_a_command_that_is_still_loaded_sees_no_traceback(tmp_path: Path, how: str) -> None:
    (tmp_path / "difflib.py").write_text(PRESSED)
    module, _, name = tomllib.loads(PROJECT.read_text())["project"]["scripts"]["ipportal"].partition(":")
    script = f"from {module} import {name}; raise SystemExit({name}())"

    done = run(tmp_path, sys.executable, *(("-m", "ipportal") if how == "module" else ("-c", script)))

    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_a_command_that_runs_in_the_background_is_not_interrupted(tmp_path: Path) -> None:
    (tmp_path / "difflib.py").write_text(PRESSED)

    done = run(tmp_path, "sh", "-c", '"$0" -m ipportal "$@" & wait $!', sys.executable)

    assert (done.returncode, done.stdout, done.stderr) == (0, f"{__version__}\n", "")


@pytest.mark.parametrize("handler", [signal.default_int_handler, signal.SIG_IGN], ids=["terminal", "background"])
def test_the_command_finds_the_handler_as_it_was(monkeypatch: pytest.MonkeyPatch, handler: signal.Handlers) -> None:
    monkeypatch.setattr("ipportal.cli.main", lambda: 5 if signal.getsignal(signal.SIGINT) is handler else 0)
    before = signal.signal(signal.SIGINT, handler)
    try:
        assert start.main() == 5
    finally:
        signal.signal(signal.SIGINT, before)
