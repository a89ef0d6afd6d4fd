"""gunicorn's worker: who sends slowly, or nothing, is waited for without a thread, and not for ever."""

from __future__ import annotations

import socket
from collections import deque
from selectors import DefaultSelector
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from gunicorn import util
from gunicorn.workers.gthread import TConn, ThreadWorker

from ipportal.cli import worker as module
from ipportal.cli.sockets import Leaving, Sending
from ipportal.cli.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
FORM = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\na=b&c"
LONG = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n" + b"x" * 9000


class Desk:
    """A worker whose threads only note what they would take on, a client, and the clock on the wall."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, tls: bool = False) -> None:
        self.worker = Worker.__new__(Worker)
        self.worker.cfg = SimpleNamespace(is_ssl=tls, threads=4)
        self.worker.poller, self.worker.pending_conns = DefaultSelector(), deque()
        self.worker.tpool = SimpleNamespace(behind=False, look=lambda: None)
        self.worker.nr_conns, self.worker.alive = 1, True
        self.worker._reading, self.worker._closed_until = {}, 0.0
        self.worker._crowd, self.worker._rest = deque(), {}
        self.worker._sending, self.worker._leaving = Sending(self.worker), Leaving(self.worker)
        self.now, self.taken = 1000.0, list[Any]()
        monkeypatch.setattr(ThreadWorker, "enqueue_req", lambda _, conn: self.taken.append(conn))
        monkeypatch.setattr("time.monotonic", lambda: self.now)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.client = socket.create_connection(listener.getsockname(), timeout=5)
            server, address = listener.accept()
        self.conn = TConn(self.worker.cfg, server, address, server.getsockname())

    def come(self) -> None:
        self.worker.enqueue_req(self.conn)

    def send(self, data: bytes) -> None:
        self.client.sendall(data)
        self.look()

    def look(self) -> None:
        self.worker.wait_for_and_dispatch_events(timeout=0.05)

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.worker.murder_pending()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk(monkeypatch)
    yield made
    made.client.close()
    made.conn.sock.close()
    made.worker.poller.close()


@pytest.mark.parametrize("request_", [GET, FORM, LONG])
def test_a_request_that_is_there_is_taken_on_at_once_and_is_still_to_be_read(desk: Desk, request_: bytes) -> None:
    desk.client.sendall(request_)

    desk.come()

    assert desk.taken == [desk.conn]
    assert desk.conn.data_ready
    assert desk.conn.sock.recv(len(request_), socket.MSG_WAITALL) == request_


@pytest.mark.parametrize("request_", [GET, FORM])
def test_a_request_that_comes_byte_by_byte_is_taken_on_with_its_last_one(desk: Desk, request_: bytes) -> None:
    desk.come()
    for number in range(len(request_) - 1):
        desk.send(request_[number : number + 1])
    assert desk.taken == []

    desk.send(request_[-1:])

    assert (desk.taken, list(desk.worker.pending_conns)) == ([desk.conn], [])
    desk.conn.sock.settimeout(5)
    assert desk.conn.sock.recv(1) == request_[:1]
    assert len(desk.worker.poller.get_map()) == 0


def test_who_sends_nothing_more_wakes_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.come()
    desk.send(FORM[:20])
    looks: list[int] = []
    monkeypatch.setattr(module, "look", lambda _: looks.append(1))

    for _ in range(3):
        desk.look()

    assert looks == []


def test_what_was_read_with_an_earlier_request_counts(desk: Desk) -> None:
    desk.conn.initialized = True
    desk.conn.parser = SimpleNamespace(unreader=SimpleNamespace(buf=SimpleNamespace(getvalue=lambda: FORM[:-5])))
    desk.come()
    assert desk.taken == []

    desk.send(FORM[-5:-1])
    assert desk.taken == []
    desk.send(FORM[-1:])
    assert desk.taken == [desk.conn]


@pytest.mark.parametrize("sent", [b"", FORM[:-1]])
def test_who_has_said_all_there_is_is_taken_on_as_it_is(desk: Desk, sent: bytes) -> None:
    desk.come()
    desk.client.sendall(sent)
    desk.look()
    desk.client.shutdown(socket.SHUT_WR)

    desk.look()

    assert desk.taken == [desk.conn]


def test_who_hangs_up_is_taken_on_so_that_the_line_is_closed(desk: Desk) -> None:
    desk.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    desk.client.close()

    desk.come()

    assert desk.taken == [desk.conn]


def test_a_request_that_does_not_come_in_time_is_refused(desk: Desk) -> None:
    desk.come()
    desk.send(FORM[:-1])

    desk.wait(19.9)
    assert list(desk.worker.pending_conns) == [desk.conn]
    desk.wait(0.1)

    assert desk.client.recv(100).startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert (list(desk.worker.pending_conns), desk.worker.nr_conns, desk.taken) == ([], 0, [])
    assert len(desk.worker.poller.get_map()) == 0


def test_sending_slowly_gives_no_more_time(desk: Desk) -> None:
    desk.come()
    for number in range(20):
        desk.send(FORM[number : number + 1])
        desk.wait(1)

    assert list(desk.worker.pending_conns) == []


def test_a_line_on_which_nothing_was_said_is_closed_without_a_word(desk: Desk) -> None:
    desk.come()

    desk.wait(20)

    assert desk.client.recv(100) == b""


def test_a_refusal_that_nobody_reads_does_no_harm(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise BrokenPipeError

    desk.come()
    desk.send(FORM[:-1])
    monkeypatch.setattr(util, "write_error", gone)

    desk.wait(20)

    assert desk.worker.nr_conns == 0
