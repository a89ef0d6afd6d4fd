from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_a_reader_that_has_seen_enough_ends_the_command_quietly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ipportal", "rules", "--schema", "--instance", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as done:
        assert done.stdout
        assert done.stderr
        done.stdout.close()
        said = done.stderr.read()

    assert (done.returncode, said) == (0, b"")
