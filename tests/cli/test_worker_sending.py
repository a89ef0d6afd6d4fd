"""An answer that its client does not read keeps no thread, and the client has 20 seconds for each 64 KiB of it."""

from __future__ import annotations

import socket
from concurrent.futures import Future
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from cli.test_worker import GET, Desk, desk
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import ThreadWorker

from ipportal.cli import sockets
from ipportal.cli.sockets import Held
from ipportal.cli.wire import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["desk"]
PAGE = bytes(range(256)) * 40_000  # 10 MB: more than a system keeps for a client
PIECE = 64 * 1024


@pytest.fixture(autouse=True)
def ended(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The connections whose answers are wholly sent."""
    done: list[Any] = []
    monkeypatch.setattr(ThreadWorker, "finish_request", lambda _, conn, fs: done.append((conn, fs.result())))
    return done


def answer(desk: Desk, body: bytes) -> None:
    """Have a thread of the worker answer the client's request with that page, and then the worker go on."""

    def application(_environ: object, start: Any) -> Iterable[bytes]:
        start("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    worker = desk.worker
    worker.cfg, worker.wsgi, worker.nr, worker.max_requests = Config(), application, 0, 9
    worker.keepalived_conns, worker.max_keepalived = [], 9
    worker.log = SimpleNamespace(access=lambda *_: None, debug=lambda *_: None)
    (request,) = RequestParser(worker.cfg, iter([GET]), ("127.0.0.1", 80))
    desk.conn.sock.setblocking(True)
    done: Future[Any] = Future()
    done.set_result(worker.handle_request(request, desk.conn))
    worker.finish_request(desk.conn, done)


def read(desk: Desk, most: int) -> bytes:
    """Have the client read that much, or what there is of it, while the worker goes on."""
    came = bytearray()
    desk.client.settimeout(0.2)
    while len(came) < most:
        try:
            found = desk.client.recv(most - len(came))
        except TimeoutError:
            break
        if not found:
            break
        came += found
        while desk.worker.poller.get_map() and desk.worker.poller.select(0):
            desk.look()
    return bytes(came)


def test_what_is_read_at_once_is_sent_at_once(desk: Desk, ended: list[Any]) -> None:
    answer(desk, b"page")

    assert ended == [(desk.conn, True)]
    assert read(desk, 1000).endswith(b"\r\n\r\npage")


def test_the_rest_is_sent_as_the_client_reads_and_then_the_line_goes_on(desk: Desk, ended: list[Any]) -> None:
    answer(desk, PAGE)
    assert ended == []

    came = read(desk, 2 * len(PAGE))

    assert came.endswith(b"\r\n\r\n" + PAGE)
    assert ended == [(desk.conn, True)]
    assert (desk.worker._rest, desk.worker._sending._rests, len(desk.worker.poller.get_map())) == ({}, {}, 0)


def test_who_reads_nothing_wakes_nobody_and_is_let_go_after_twenty_seconds(desk: Desk, ended: list[Any]) -> None:
    answer(desk, PAGE)
    assert desk.worker.poller.select(0) == []

    desk.wait(19.9)
    assert desk.worker.nr_conns == 1
    desk.wait(0.1)

    assert (desk.worker.nr_conns, desk.conn.sock.fileno(), len(desk.worker.poller.get_map())) == (0, -1, 0)
    assert ended == []


@pytest.mark.parametrize(("of_20", "enough"), [(19, False), (22, True)])
def test_who_reads_64_kib_has_20_seconds_for_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, ended: list[Any], of_20: int, *, enough: bool
) -> None:
    monkeypatch.setattr(sockets, "_sent", lambda *_: PIECE * of_20 // 400)  # each second
    answer(desk, b"x" * 10 * PIECE)
    seconds = 0
    while desk.worker.nr_conns and not ended:
        desk.look()
        desk.wait(1)
        seconds += 1

    assert (bool(ended), seconds > 100) == (enough, enough)
    assert enough or seconds == 20


def test_who_leaves_in_the_middle_is_let_go(desk: Desk, ended: list[Any]) -> None:
    answer(desk, PAGE)
    desk.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    desk.client.close()

    desk.look()

    assert (desk.worker.nr_conns, desk.conn.sock.fileno(), len(desk.worker.poller.get_map())) == (0, -1, 0)
    assert ended == []


def test_a_word_before_the_answer_leaves_at_once_and_in_its_place(desk: Desk) -> None:
    held = Held(desk.conn.sock)
    desk.conn.sock.setblocking(True)

    assert held.send(b"go on") == 5
    assert desk.client.recv(10) == b"go on"
    held.send(PAGE)
    held.sendall(b"head")
    held.sendall(b"body")

    assert held.rest.endswith(PAGE[-100:] + b"headbody")


def test_a_refusal_waits_for_nobody(desk: Desk) -> None:
    desk.conn.sock.setblocking(True)
    Held(desk.conn.sock).send(PAGE)

    with pytest.raises(BlockingIOError):
        refuse(desk.conn.sock, 400, "Bad Request", "")


def test_an_answer_by_tls_is_left_to_gunicorn(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, given = Desk(monkeypatch, tls=True), list[object]()
    monkeypatch.setattr(ThreadWorker, "handle_request", lambda _, *words: given.extend(words))

    desk.worker.handle_request("request", desk.conn)

    assert given == ["request", desk.conn]
    for each in (desk.client, desk.conn.sock):
        each.close()


def test_where_there_is_no_room_at_all_everything_is_kept(desk: Desk) -> None:
    desk.conn.sock.setblocking(True)
    for _ in range(100):
        held = Held(desk.conn.sock)
        held.send(PAGE)
        if len(held.rest) == len(PAGE):
            break

    assert held.rest == PAGE
