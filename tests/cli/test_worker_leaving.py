"""Who is answered and does not close the line keeps nobody waiting."""

from __future__ import annotations

import socket
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import pytest
from cli.test_worker import GET, Desk, desk
from gunicorn.workers.gthread import TConn, ThreadWorker

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["desk"]


def answered(*, going_on: bool = False) -> Future[Any]:
    done: Future[Any] = Future()
    done.set_result(going_on)
    return done


def finish(desk: Desk) -> None:
    """Have the one request of the client answered for good."""
    desk.conn.sock.sendall(b"answer")
    desk.worker.finish_request(desk.conn, answered())


def over(desk: Desk) -> bool:
    return desk.worker.nr_conns == 0 and desk.conn.sock.fileno() < 0 and len(desk.worker.poller.get_map()) == 0


def test_the_answer_and_the_end_come_at_once_and_what_was_unread_does_no_harm(desk: Desk) -> None:
    desk.client.sendall(GET)

    finish(desk)

    assert desk.client.recv(100) + desk.client.recv(100) == b"answer"
    assert not over(desk)
    desk.look()
    assert not over(desk)
    desk.client.close()
    desk.look()
    assert over(desk)


def test_who_does_not_close_the_line_is_let_go_after_two_seconds(desk: Desk) -> None:
    finish(desk)

    desk.wait(1.9)
    assert not over(desk)
    desk.wait(0.1)

    assert over(desk)


def test_who_goes_on_sending_is_let_go_after_64_kib(desk: Desk) -> None:
    finish(desk)
    for _ in range(64):
        assert not over(desk)
        desk.client.sendall(b"x" * 1024)
        while not over(desk) and desk.worker.poller.select(0):
            desk.look()

    assert over(desk)


def reset(desk: Desk) -> None:
    desk.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    desk.client.close()


def closed(desk: Desk) -> None:
    desk.conn.sock.close()


@pytest.mark.parametrize("leave", [reset, closed])
@pytest.mark.parametrize("soon", [True, False])
def test_who_has_left_is_waited_for_no_more(desk: Desk, leave: Callable[[Desk], None], soon: bool) -> None:  # noqa: FBT001 - a table
    if soon:
        leave(desk)
        desk.worker.finish_request(desk.conn, answered())
    else:
        finish(desk)
        reset(desk)
    if desk.worker.nr_conns:
        desk.look()

    assert over(desk)


def test_a_line_that_goes_on_a_fault_and_what_comes_by_tls_are_gunicorns(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[object] = []
    monkeypatch.setattr(ThreadWorker, "finish_request", lambda _, conn, fs: ended.append((conn, fs)))
    broken: Future[Any] = Future()
    broken.set_exception(OSError())
    cancelled: Future[Any] = Future()
    cancelled.cancel()
    futures = [answered(going_on=True), broken, cancelled]

    for each in futures:
        desk.worker.finish_request(desk.conn, each)
    desk.worker.cfg.is_ssl = True
    futures.append(answered())
    desk.worker.finish_request(desk.conn, futures[-1])

    assert ended == [(desk.conn, each) for each in futures]


def test_others_are_answered_while_many_do_not_close_their_lines(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        lines = [socket.create_connection(listener.getsockname(), timeout=5) for _ in range(8)]
        for line in lines:
            server, address = listener.accept()
            conn = TConn(desk.worker.cfg, server, address, server.getsockname())
            server.sendall(b"answer")
            desk.worker.finish_request(conn, answered())  # would be two seconds each, by the frozen clock for ever
            assert line.recv(100) == b"answer"
    desk.client.sendall(GET)
    desk.come()

    assert desk.taken == [desk.conn]
    desk.wait(2)
    assert desk.worker.nr_conns == 1 - 8
    for line in lines:
        line.close()
