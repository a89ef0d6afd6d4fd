"""F15: clients that send byte by byte, do not read, or go away in the middle, hold up nobody and hold no lock."""

from __future__ import annotations

import http.client
import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from failures.served_acts import ACTS
from journeys.control import Control
from journeys.served import PATIENCE, Served, Visitor
from sanity import assert_store_sane

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SLOW = 40


@pytest.fixture
def served(served_alone: Served) -> Iterator[Served]:
    yield served_alone
    assert "Traceback" not in "\n".join(served_alone.lines)


def begun(visitor: Visitor, path: str, sent: dict[str, str]) -> tuple[socket.socket, bytes]:
    """Send a form's head and the first byte of its body; return the line and what is still to be sent."""
    body = urlencode(sent).encode()
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{visitor.port}",
        "Cookie: " + "; ".join(f"{name}={value}" for name, value in visitor.cookies.items()),
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    line = socket.create_connection(("127.0.0.1", visitor.port), PATIENCE)
    line.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body[:1])
    return line, body[1:]


def test_while_slow_clients_send_byte_by_byte_everybody_else_reads_and_writes(served: Served) -> None:
    root, act = Control(served).workspace("dripping"), ACTS[0]
    lines = []
    for _ in range(SLOW):
        visitor = Visitor(served.port)
        act.before(visitor, root)
        lines.append(begun(visitor, root + act.path, visitor.page.hidden() | act.typed))

    for number, quick in enumerate(ACTS):  # all of them write, the slow ones' own workspace included
        visitor = Visitor(served.port)
        quick.before(visitor, root if number < 4 else Control(served).workspace(f"quick-{number}"))
        page = visitor.submit(visitor_root(visitor, root, number) + quick.path, **quick.typed)
        assert (page.status, page.screen) == (200, quick.screen)
        for line, rest in lines:
            line.sendall(rest[number : number + 1])

    done = len(ACTS)
    for line, rest in lines:
        line.sendall(rest[done:])
        assert line.recv(12) == b"HTTP/1.1 303"
        line.close()


@pytest.mark.parametrize("program", ["gunicorn", "waitress"])
def test_while_clients_do_not_read_everybody_else_reads_and_writes(tmp_path: Path, program: str) -> None:
    one = ("--processes", "1") if program == "gunicorn" else ()
    with Served(tmp_path, "--server", program, *one, "--threads", "2") as served, ExitStack() as deaf:
        asked = f"GET /static/portal.css HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode()
        for _ in range(4):  # twice as many as there are threads
            line = deaf.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2304)
            line.connect(("127.0.0.1", served.port))
            line.sendall(asked * 300)  # more than a system keeps of the answers

        reader, root = Visitor(served.port), Control(served).workspace("reading")
        for _ in range(400):  # by then the system takes no more for the others
            assert reader.get(f"{root}/login").status == 200
        for number, quick in enumerate(ACTS):
            visitor = Visitor(served.port)
            root = Control(served).workspace(f"quick-{number}")
            quick.before(visitor, root)
            page = visitor.submit(root + quick.path, **quick.typed)
            assert (page.status, page.screen) == (200, quick.screen)
    assert "Traceback" not in "\n".join(served.lines)


def visitor_root(visitor: Visitor, root: str, number: int) -> str:
    """Return where the visitor's workspace is."""
    assert visitor.page.screen
    return root if number < 4 else f"/w/quick-{number}"


def test_a_client_that_goes_away_in_the_middle_leaves_nothing_done_and_no_lock(served: Served) -> None:
    root = Control(served).workspace("leaving")
    act = next(each for each in ACTS if each.transaction == "flows.register.confirm")
    visitor = Visitor(served.port)
    act.before(visitor, root)
    sent = visitor.page.hidden() | act.typed
    for _ in range(SLOW):
        line, rest = begun(visitor, root + act.path, sent)
        line.sendall(rest[:5])
        line.close()
        line, rest = begun(visitor, root + act.path, sent)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # so that it ends with a reset
        line.close()

    tables = served.workspace("leaving")
    assert tables.users.get("lokshan1") is None
    page = visitor.press(root + act.path, sent)

    assert (page.status, page.screen) == (200, act.screen)
    assert_store_sane(tables)
    tables.backend.close()


def test_who_leaves_before_the_answer_finds_it_done_once(served: Served) -> None:
    root = Control(served).workspace("impatient")
    act = next(each for each in ACTS if each.transaction == "flows.register.confirm")
    visitor = Visitor(served.port)
    act.before(visitor, root)
    sent = visitor.page.hidden() | act.typed
    for _ in range(SLOW):
        line, rest = begun(visitor, root + act.path, sent)
        line.sendall(rest)
        line.close()

    page = visitor.press(root + act.path, sent)

    assert (page.status, page.screen) == (200, act.screen)
    done = [entry for entry in Control(served).journal("impatient") if entry[0] == "register/confirm"]
    assert done == [("register/confirm", "done", "")]
    assert http.client.responses[page.status] == "OK"
