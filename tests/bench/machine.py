"""Servers to be measured, and what their processes take."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bench.walk import stock

from ipportal.scenarios import open_portal
from ipportal.settings import Settings
from ipportal.testing import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipportal.portal import Portal

_TICK = os.sysconf("SC_CLK_TCK")
BARE = """
import socket, sys
from flask import Flask
from ipportal.cli import server
from ipportal.settings import Settings

app = Flask("bare")
app.add_url_rule("/", view_func=lambda: "Hello")
listener = server._listen(Settings(port=0))
where = f"http://127.0.0.1:{listener.getsockname()[1]}/"
server._gunicorn(app, Settings(processes=int(sys.argv[1])), listener, [where])
"""


def family(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def burnt(pid: int) -> float:
    """Return the processor seconds that a server has taken, its processes together."""
    total = 0.0
    for each in family(pid):
        after_name = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += (int(after_name[11]) + int(after_name[12])) / _TICK
    return total


def weight(pid: int) -> float:
    """Return the memory of a server in MB: what its processes share is counted once."""
    maps = (Path(f"/proc/{each}/smaps_rollup").read_text() for each in family(pid))
    found = (re.search("^Pss: +([0-9]+)", text, re.MULTILINE) for text in maps)
    return sum(int(each[1]) for each in found if each) / 1024


class Served:
    """A portal with many accounts, served; `port` is where, `pid` its first process."""

    def __init__(self, folder: Path, accounts: int, *, store: str = "", **settings: object) -> None:
        given = {"bcrypt_cost": 4} | settings | ({"store": store} if store else {})
        self.portal: Portal = open_portal(Settings(instance=folder, **given))  # type: ignore[arg-type]
        stock(self.portal, accounts)
        options = {name.replace("_", "-"): str(value) for name, value in given.items()}
        self._server = Server(options, instance=folder)
        self.port = int(self._server.url.rpartition(":")[2])
        self.pid = self._server._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self._server.stop()
        self.portal.close()


@contextmanager
def confined(cores: int) -> Iterator[None]:
    """Have what is begun in this block keep to so many cores."""
    own = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(own)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, own)


@contextmanager
def bare(processes: int) -> Iterator[int]:
    """Serve a Flask application of one line by the server that the portal is served by; give its port."""
    server = subprocess.Popen([sys.executable, "-c", BARE, str(processes)], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        yield int(server.stdout.readline().strip("/\n").rpartition(":")[2])
    finally:
        server.terminate()
        server.wait()
