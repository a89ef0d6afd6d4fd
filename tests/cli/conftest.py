"""The command line in this process, on an instance folder of its own."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from ipportal.cli import main
from ipportal.portal import MAIN, assemble
from ipportal.settings import load
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.portal import Portal

NOON = "2025-03-31T12:00:00+08:00"


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Terminal:
    """Runs commands; `folder` is the instance."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def run(self, *words: str) -> Said:
        try:
            code: Any = main(words)
        except SystemExit as end:
            code = end.code
        printed = self.capture.readouterr()
        return Said(int(code or 0), printed.out, printed.err)

    def house(self) -> Workspaces:
        """Return the workspaces of the instance."""
        return Workspaces(assemble(load({"instance": str(self.folder)})))

    def workspace(self, name: str) -> Portal:
        return self.house().get(name)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that was filled once; only to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    assert main(["reset", "--instance", str(folder), "--bcrypt-cost", "4"]) == 0
    return folder / "portal.sqlite"


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal whose instance folder is empty and whose environment names nothing else."""
    for name in os.environ:
        if name.startswith("IPPORTAL_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("IPPORTAL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("IPPORTAL_BCRYPT_COST", "4")
    return Terminal(tmp_path, capsys)


@pytest.fixture
def terminal(bare: Terminal, filled: Path) -> Terminal:
    """A terminal on a store that is filled already."""
    shutil.copy(filled, bare.folder / "portal.sqlite")
    bare.capture.readouterr()
    return bare


@pytest.fixture(params=[MAIN, "amy"])
def where(request: pytest.FixtureRequest, terminal: Terminal) -> tuple[str, ...]:
    """The options that name a workspace at noon; `main` needs none."""
    options = () if request.param == MAIN else ("--workspace", request.param)
    if options:
        terminal.run("workspaces", "--create", request.param)
    terminal.run("clock", "set", NOON, *options)
    return options


def workspace(where: tuple[str, ...]) -> str:
    return where[1] if where else MAIN
