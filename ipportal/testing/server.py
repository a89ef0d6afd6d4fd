"""A server of one's own: started on a free port, stopped with all it kept."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from .trouble import NotStarted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

QUICK = {
    "store": ":memory:",
    "workspaces": "memory",
    "processes": "1",
    "bcrypt-cost": "4",
    "terminal-lang": "en",
    "public-url": "",
}
"""The settings of a server for tests: everything in memory, cheap hashes."""

_START, _STOP, _POLL = 60, 5, 0.01  # seconds
_FORCE = getattr(signal, "SIGKILL", signal.SIGTERM)  # the second is as strong where there is no first


class Server:
    """A portal served in a process of its own. `url` is its address, `token` opens its whole control API."""

    def __init__(self, settings: Mapping[str, str] = QUICK, *, instance: Path | None = None) -> None:
        self._made = Path(tempfile.mkdtemp(prefix="ipportal-"))
        self.instance = instance or self._made
        self._log = self._made / "server.log"
        command = [sys.executable, "-m", "ipportal", "serve", f"--instance={self.instance}"]
        # Settings of this shell are another server's; this one is told all it needs, where no other user can read it.
        environ = {name: value for name, value in os.environ.items() if not name.startswith("IPPORTAL_")}
        for name, value in ({"port": "0"} | dict(settings)).items():
            environ[f"IPPORTAL_{name.upper().replace('-', '_')}"] = value
        with self._log.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=environ, cwd=self._made
            )
        try:
            self.url = self._address()
            self.token = (self.instance / "token").read_text(encoding="ascii").strip()
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> Self:
        """Return the server."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server."""
        self.stop()

    def stop(self) -> None:
        """Stop the server, by force if it must be, and remove the folder that was made for it."""
        # At once: nobody waits for idle connections. A process that is only starting may miss the first signal.
        any(self._ends_by(how) for how in (signal.SIGINT, signal.SIGTERM, _FORCE))
        shutil.rmtree(self._made, ignore_errors=True)

    def _ends_by(self, how: int) -> bool:
        self._process.send_signal(how)
        try:
            self._process.wait(_STOP)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _address(self) -> str:
        """Wait until the server has said where it is."""
        until = time.monotonic() + _START
        while time.monotonic() < until:
            said = self._log.read_text(encoding="utf-8")
            if found := re.findall("http://[^ /]+:[0-9]+(?=/)", said):
                return str(found[0])
            if self._process.poll() is not None:
                raise NotStarted(said)
            time.sleep(_POLL)
        raise NotStarted(self._log.read_text(encoding="utf-8"))
