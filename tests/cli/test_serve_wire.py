"""What a served portal answers to requests that no browser sends."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from journeys.control import NOON
from journeys.served import PATIENCE, Served, Visitor

from ipportal.testing import Control, create
from ipportal.testing.trouble import Refusal
from ipportal.wording import say

if TYPE_CHECKING:
    from pathlib import Path

SERVERS = pytest.mark.parametrize("kind", ["gunicorn", "waitress"])


@SERVERS
def test_a_body_over_the_limit_gets_its_page_and_the_portal_goes_on(tmp_path: Path, kind: str) -> None:
    with Served(tmp_path, "--server", kind) as portal:
        portal.clock("set", NOON)
        visitor = Visitor(portal.port)
        visitor.get("/login")

        page = visitor.submit("/login", internet_user_id="x" * 100_000)

        assert (page.status, page.screen) == (413, "errors/413")
        assert visitor.get("/").status == 200


def test_a_raw_request_for_another_host_is_refused_with_a_page(tmp_path: Path) -> None:
    with Served(tmp_path) as portal, socket.create_connection(("127.0.0.1", portal.port), PATIENCE) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: line.recv(65536), b""))

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b'data-testid="banner"' in answer


@pytest.mark.parametrize(
    "line",
    [
        b"\x16\x03\x01\r\n\r\n",
        b"GET / Kanarie/9\r\n\r\n",
        b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: Kanarie\r\n\r\n",
    ],
)
def test_what_is_not_even_http_is_refused_in_plain_text_without_quoting_it(tmp_path: Path, line: bytes) -> None:
    with Served(tmp_path, "--server", "gunicorn") as portal:
        with socket.create_connection(("127.0.0.1", portal.port), PATIENCE) as wire:
            wire.sendall(line)
            answer = b"".join(iter(lambda: wire.recv(65536), b""))
        assert Visitor(portal.port).get("/practice").status == 200

    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 4")
    assert b"X-Ipportal-Emulator: 1" in head
    assert b"Content-Type: text/plain" in head
    assert b"Kanarie" not in answer
    assert b"<" not in body


def test_the_other_server_refuses_so_too(tmp_path: Path) -> None:
    asked = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
    both = b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    lines = [b"Kanarie\r\n\r\n", asked + b"Transfer-Encoding: Kanarie\r\n\r\n", asked + both + asked + b"\r\n"]
    lines.append(asked + b"Content-Length: " + b"9" * 4301 + b"\r\n\r\n")
    answers = []
    with Served(tmp_path, "--server", "waitress") as portal:
        for line in lines:
            with socket.create_connection(("127.0.0.1", portal.port), PATIENCE) as wire:
                wire.sendall(line)
                answers.append(b"".join(iter(lambda: wire.recv(65536), b"")))

    assert [each.partition(b"\r\n\r\n")[2] for each in answers] == [b"400 Bad Request\n"] * 4
    for answer in answers:
        assert b"X-Ipportal-Emulator: 1" in answer
        assert b"Content-Type: text/plain" in answer
        assert b"Kanarie" not in answer


def test_a_server_without_the_control_api_makes_no_token_and_has_no_such_page(tmp_path: Path) -> None:
    with Served(tmp_path, "--control", "false") as portal:
        page = Visitor(portal.port).get("/_control/v1/health")

    assert (page.status, page.screen) == (404, "errors/404")
    assert not (tmp_path / "token").exists()


@SERVERS
def test_a_long_checkpoint_reaches_whoever_judges_it(tmp_path: Path, kind: str) -> None:
    with Served(tmp_path, "--server", kind, "--processes", "1") as portal:
        control = Control(f"http://127.0.0.1:{portal.port}", (tmp_path / "token").read_text().strip())
        with pytest.raises(Refusal) as refusal:
            control.call("POST", "/workspaces/main/restore", {"format": "other", "more": "x" * 3 * 1024 * 1024})
        control.close()

    assert refusal.value.code == "checkpoint_format"


def test_what_is_in_memory_is_served_by_a_single_process(tmp_path: Path) -> None:
    with Served(tmp_path, "--server", "gunicorn", "--processes", "4", "--workspaces", "memory") as portal:
        control = Control(f"http://127.0.0.1:{portal.port}", (tmp_path / "token").read_text().strip())
        create(control, name="mine", now=NOON)
        control.close()

        found = {Visitor(portal.port).get("/w/mine/login").status for _ in range(20)}

    assert found == {200}


@SERVERS
def test_a_crowd_that_waits_for_a_thread_fills_no_log(tmp_path: Path, kind: str) -> None:
    with Served(tmp_path, "--server", kind, "--threads", "1", "--processes", "1") as portal:
        with ThreadPoolExecutor(8) as pool:
            seen = {page.status for page in pool.map(lambda _: Visitor(portal.port).get("/practice"), range(40))}
        portal.stop()

    assert (seen, portal.lines[-1]) == ({200}, say("cli.stop", "en"))
