"""Where gunicorn's worker cannot see what arrives, has to let a thread wait, or has no file handle left."""

from __future__ import annotations

import errno
import socket
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import pytest
from cli.test_worker import FORM, GET, Desk, desk
from gunicorn.config import Config
from gunicorn.workers.gthread import _DEFER, ThreadWorker

from ipportal.cli.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["desk"]
EXPECTING = FORM[:-5].replace(b"Host: a", b"Host: a\r\nExpect: 100-continue")


@pytest.mark.parametrize(("sent", "left"), [(b"", 0), (b"GET", 1)])
def test_a_worker_that_stops_waits_for_nobody_who_has_said_nothing(desk: Desk, sent: bytes, left: int) -> None:
    desk.come()
    desk.send(sent)
    desk.worker.alive = False

    desk.wait(1.9)
    assert list(desk.worker.pending_conns) == [desk.conn]
    desk.wait(0.1)

    assert len(desk.worker.pending_conns) == left


def test_what_comes_by_tls_is_left_to_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, tls=True)

    desk.come()

    assert desk.taken == [desk.conn]
    assert not desk.conn.data_ready
    for each in (desk.client, desk.conn.sock):
        each.close()


def test_a_silent_line_with_tls_is_waited_for_as_gunicorn_does(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, tls=True)
    desk.worker.cfg.keepalive = 2
    silent: Future[Any] = Future()
    silent.set_result(_DEFER)
    desk.worker.finish_request(desk.conn, silent)
    assert list(desk.worker.pending_conns) == [desk.conn]

    desk.send(b"\x16")
    assert desk.taken == [desk.conn]
    desk.worker.finish_request(desk.conn, silent)
    desk.worker.alive = False
    desk.wait(2)

    assert (list(desk.worker.pending_conns), desk.worker.nr_conns) == ([], 0)
    desk.client.close()
    desk.worker.poller.close()


def test_a_thread_that_may_have_to_wait_is_told_after_a_minute_that_no_more_will_come(desk: Desk) -> None:
    desk.client.sendall(EXPECTING)
    desk.come()
    assert desk.taken == [desk.conn]
    assert desk.conn.sock.recv(len(EXPECTING), socket.MSG_DONTWAIT)

    desk.wait(59.9)
    with pytest.raises(BlockingIOError):
        desk.conn.sock.recv(1, socket.MSG_DONTWAIT)
    desk.wait(0.1)

    assert desk.conn.sock.recv(1, socket.MSG_DONTWAIT) == b""
    desk.conn.sock.close()
    desk.wait(1)  # which is no fault where the line is closed


def test_a_request_that_was_answered_is_waited_for_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[object] = []
    monkeypatch.setattr(ThreadWorker, "finish_request", lambda _, conn, fs: ended.append((conn, fs)))
    desk.client.sendall(EXPECTING)
    desk.come()
    answered: Future[Any] = Future()
    answered.set_result(True)

    desk.worker.finish_request(desk.conn, answered)

    assert (desk.worker._reading, ended) == ({}, [(desk.conn, answered)])


def test_half_of_the_threads_are_for_those_who_are_quick(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ThreadWorker, "finish_request", lambda *_: None)
    desk.worker._reading = {"one": 1e9, "another": 1e9}
    desk.client.sendall(EXPECTING)
    desk.come()
    assert desk.taken == []
    answered: Future[Any] = Future()
    answered.set_result(True)

    desk.worker.finish_request("one", answered)

    assert desk.taken == [desk.conn]
    assert set(desk.worker._reading) == {"another", desk.conn}


@pytest.mark.parametrize(("alive", "seconds"), [(True, 20), (False, 0.1)])
def test_who_finds_no_thread_for_a_long_request_is_refused_in_time_and_when_the_worker_stops(
    desk: Desk, *, alive: bool, seconds: float
) -> None:
    desk.worker._reading = {"one": 1e9, "another": 1e9}
    desk.client.sendall(EXPECTING)
    desk.come()
    desk.wait(seconds - 0.1)
    assert (len(desk.worker._crowd), desk.worker.nr_conns) == (1, 1)
    desk.worker.alive = alive

    desk.wait(0.1)

    assert (list(desk.worker._crowd), desk.worker.nr_conns, desk.taken) == ([], 0, [])
    assert desk.client.recv(12) == b"HTTP/1.1 408"


def test_a_whole_request_is_not_watched(desk: Desk) -> None:
    desk.client.sendall(GET)
    desk.come()

    assert desk.worker._reading == {}


def failing(number: int) -> Callable[[object, object], None]:
    def accept(_worker: object, _listener: object) -> None:
        raise OSError(number, "refused")

    return accept


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE])
def test_without_a_file_handle_nobody_is_let_in_for_a_moment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(ThreadWorker, "accept", failing(number))
    listener = socket.create_server(("127.0.0.1", 0))
    desk.worker.sockets, desk.worker._accepting = [listener], False
    desk.worker.set_accept_enabled(True)
    assert desk.worker._accepting

    desk.worker.accept(listener)
    desk.worker.set_accept_enabled(True)  # as the loop does
    assert not desk.worker._accepting
    desk.now += 0.2
    desk.worker.set_accept_enabled(True)

    assert desk.worker._accepting
    listener.close()


def test_another_fault_of_a_listener_is_gunicorns_to_judge(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ThreadWorker, "accept", failing(errno.EBADF))

    with pytest.raises(OSError, match="refused"):
        desk.worker.accept(desk.client)


def test_a_worker_begins_without_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ThreadWorker, "__init__", lambda worker: setattr(worker, "cfg", Config()))

    worker = Worker()

    assert (worker._reading, worker._closed_until <= time.monotonic()) == ({}, True)
    assert (worker.cfg.limit_request_fields, worker.cfg.forwarded_allow_ips) == (64, [])
