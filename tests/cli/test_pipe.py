from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("words", [("rules", "--schema"), ("vectors", "export", "--format", "csv", "--rule", "agree")])
def test_a_reader_that_has_seen_enough_ends_the_command_quietly_but_not_as_if_it_were_done(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    command = [sys.executable, "-m", "ipportal", *words, "--instance", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as done:
        assert done.stdout
        assert done.stderr
        done.stdout.close()
        said = done.stderr.read()

    assert (done.returncode, said) == (141, b"")
