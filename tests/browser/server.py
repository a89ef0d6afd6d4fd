"""`ipportal serve` in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from props import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

PASSWORD = "Invited-2025"
LOOPBACK = ("--bcrypt-cost", "4", "--captcha-mode", "fixed", "--captcha-word", WORD)
GATE = ("--public", "--access-password", PASSWORD, "--trusted-hosts", "portal.test")


@contextmanager
def serving(instance: Path, *options: str) -> Iterator[str]:
    """Serve the portal of *instance* on a free port and give its address; stop it so that it can say goodbye."""
    command = [sys.executable, "-m", "ipportal", "serve", "--port", "0", "--instance", str(instance), *options]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("IPPORTAL_")}
    with (
        (instance / "complaints.txt").open("w+", encoding="utf-8") as complaints,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=complaints, text=True) as server,
    ):
        assert server.stdout
        try:
            yield _address(server.stdout, complaints)
        finally:
            server.terminate()
            server.stdout.read()
            server.wait(timeout=30)


def _address(lines: IO[str], complaints: IO[str]) -> str:
    for line in lines:
        if found := re.search(r"http://127\.0\.0\.1:[0-9]+", line):
            return found[0]
    complaints.seek(0)
    raise AssertionError(complaints.read())
