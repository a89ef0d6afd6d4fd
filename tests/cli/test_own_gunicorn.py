"""A gunicorn of one's own, by the recipe of docs/scale.md: as safe as `ipportal serve`, however it is configured."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from docs.blocks import PAGES, blocks
from gunicorn import util
from gunicorn.workers.gthread import ThreadWorker
from journeys.served import PATIENCE, Visitor, environment
from ports import free_port

from ipportal.cli import system
from ipportal.cli.wire import refuse
from ipportal.cli.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


WORD = "Kanarie9"
HOST = b"Host: 127.0.0.1\r\nConnection: close\r\n"
LOOSE = """
workers = 1
forwarded_allow_ips = "*"
limit_request_line = 0
limit_request_fields = 32768
loglevel = "debug"
"""


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, Path]]:
    """Serve a portal by the page's recipe and looser words after it; give its port, and where its log is."""
    (block,) = (each.text for page in PAGES for each in blocks(page) if each.name == "gunicorn.conf.py")
    port, log = free_port(), folder / "log"
    recipe = re.sub('bind = "[^"]+"', f'bind = "127.0.0.1:{port}"', block) + LOOSE
    (folder / "gunicorn.conf.py").write_text(recipe, encoding="utf-8")
    command = [sys.executable, "-m", "gunicorn", "ipportal.app:create_app()"]
    with (
        log.open("w") as said,
        subprocess.Popen(
            command, cwd=folder, stdout=said, stderr=said, env=environment(IPPORTAL_INSTANCE=str(folder))
        ) as process,
    ):
        try:
            Visitor(port).wait()
            yield port, log
        finally:
            process.send_signal(signal.SIGTERM)


def ask(port: int, request: bytes) -> str:
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(request)
        return b"".join(iter(lambda: line.recv(65536), b"")).decode()


def test_it_refuses_in_plain_words_believes_no_header_and_logs_nothing_that_was_sent(tmp_path: Path) -> None:
    with served(tmp_path) as (port, log):
        refused = [
            ask(port, b"get /Kanarie9 HTTP/1.1\r\n" + HOST + b"\r\n"),
            ask(port, b"GET Kanarie9 HTTP/1.1\r\n" + HOST + b"\r\n"),
            ask(port, b"GET /?" + b"Kanarie9" * 600 + b" HTTP/1.1\r\n" + HOST + b"\r\n"),
            ask(port, b"GET / HTTP/1.1\r\n" + HOST + b"A: Kanarie9\r\n" * 70 + b"\r\n"),
        ]
        moved = ask(port, b"GET /kanarie9/practice HTTP/1.1\r\n" + HOST + b"SCRIPT_NAME: /kanarie9\r\n\r\n")
        plain = ask(port, b"GET /practice HTTP/1.1\r\n" + HOST + b"SCRIPT-NAME: /x\r\nX-Forwarded-Proto: https\r\n\r\n")

    for answer in refused:
        head, _, body = answer.partition("\r\n\r\n")
        assert head.startswith("HTTP/1.1 4")
        assert "X-Ipportal-Emulator: 1" in head
        assert "<" not in body
        assert WORD not in answer
    assert not moved.startswith("HTTP/1.1 2")
    assert plain.startswith("HTTP/1.1 200 ")
    assert 'href="/practice/rules"' in plain
    assert "Starting gunicorn" in log.read_text()
    assert WORD.lower() not in log.read_text().lower()


def test_a_worker_begins_with_the_portals_own_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Worker] = []
    monkeypatch.setattr(util, "write_error", util.write_error)
    monkeypatch.setattr(ThreadWorker, "init_process", lambda worker: begun.insert(0, worker))
    monkeypatch.setattr(system, "share_heap", lambda: None)
    worker, levels = Worker.__new__(Worker), list[int]()
    worker.log = SimpleNamespace(error_log=SimpleNamespace(setLevel=levels.append))

    worker.init_process()

    assert (util.write_error, begun, levels) == (refuse, [worker], [40])


@pytest.mark.parametrize("knows", [True, False])
def test_threads_share_a_heap_where_the_system_can(monkeypatch: pytest.MonkeyPatch, *, knows: bool) -> None:
    asked: list[tuple[int, int]] = []
    library = SimpleNamespace(mallopt=lambda option, value: asked.append((option, value)))
    monkeypatch.setattr("ctypes.CDLL", lambda _: library if knows else SimpleNamespace())

    system.share_heap()

    assert asked == ([(-8, 1)] if knows else [])
