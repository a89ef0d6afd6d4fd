"""The reference is what the code says."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from .blocks import ROOT
from .desk import PATIENCE
from .reference import reference
from .write import TARGET

if TYPE_CHECKING:
    from pathlib import Path


def test_the_reference_is_what_the_code_says() -> None:
    assert TARGET.read_text(encoding="utf-8") == reference(), "run `make docs`"


def test_make_docs_writes_that_reference(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tests" / "docs" / "write.py"), str(tmp_path / "reference.md")]

    subprocess.run(command, check=True, cwd=tmp_path, timeout=PATIENCE)

    assert "\ndocs: $(VENV)/.test\n\t$(BIN)/python tests/docs/write.py\n" in (ROOT / "Makefile").read_text("utf-8")
    assert (tmp_path / "reference.md").read_text(encoding="utf-8") == reference()
