"""Requests that wait, of testers and of faults, hold up nobody else, though they are more than there are threads."""

from __future__ import annotations

import select
import signal
import socket
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from journeys.control import Control
from journeys.served import PATIENCE, Served, Visitor

if TYPE_CHECKING:
    from pathlib import Path

CREDENTIALS = {"internet_user_id": "NimChi07", "internet_password": "Practice20257"}
MANY = 6


def asked(served: Served, path: str, *more: str) -> socket.socket:
    """Ask for something without waiting for the answer; return the line on which it will come."""
    head = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{served.port}", "Connection: close", *more]
    line = socket.create_connection(("127.0.0.1", served.port), PATIENCE)
    line.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
    return line


def test_waits_and_delays_beyond_the_threads_hold_up_nobody(tmp_path: Path) -> None:
    words = ("--server", "gunicorn", "--processes", "1", "--threads", "2")
    with Served(tmp_path, *words) as served, ExitStack() as waiting:
        control = Control(served)
        control.workspace("slow")
        control.arm("slow", "delay", "login/tips", milliseconds=30_000, times=MANY)
        journal, token = "/_control/v1/workspaces/slow/journal", f"Authorization: Bearer {control.token}"
        lines = [asked(served, f"{journal}?step=cancel/done&wait=30s", token) for _ in range(MANY)]
        lines += [asked(served, "/w/slow/login/tips") for _ in range(MANY)]
        for line in lines:
            waiting.enter_context(line)
        while control.armed("slow"):
            time.sleep(0.02)

        root = control.workspace("quick")
        visitor = Visitor(served.port)
        visitor.get(f"{root}/login")
        assert visitor.submit(f"{root}/login", **CREDENTIALS).screen == "account/home"

        assert select.select(lines, [], [], 0)[0] == []  # all of them wait still
        served.stop(signal.SIGKILL)  # told to stop, it would wait for them
