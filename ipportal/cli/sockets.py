"""What becomes of a client's socket: an answer leaves in one piece, keeps no thread, and its end takes none with it."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from functools import partial
from selectors import EVENT_READ, EVENT_WRITE
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from gunicorn.workers.gthread import ThreadWorker

_LINGER = 2.0  # seconds for a client to close its side
_MOST = 64 * 1024  # bytes that it may still send
_PATIENCE = 20.0  # seconds for a client to read as much of its answer


class Held:
    """A socket that holds what is sent first, an answer's head, until more comes: both then leave in one piece.

    Sending never waits: *rest* is what the system did not take, as the client does not read.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._head: bytes | None = None
        self.rest = bytearray()

    def sendall(self, data: bytes) -> None:
        """Send, or hold."""
        if self._head is None:
            self._head = data
        elif data:
            self.send(self._head + data)
            self._head = b""

    def release(self) -> None:
        """Send what is still held."""
        if self._head:
            self.send(self._head)
            self._head = b""

    def send(self, data: bytes) -> int:
        """Send, and keep what cannot be sent now."""
        self.rest += data if self.rest else data[_sent(self._sock, data) :]
        return len(data)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as a socket's
        """Return all else as the socket has it."""
        return getattr(self._sock, name)


@dataclass
class _Rest:
    """What a client has not read of an answer, how little of it must be left by when, and what comes then."""

    data: memoryview
    then: Callable[[], None]
    due: int = 0
    until: float = 0.0

    def wait(self) -> None:
        """Give the client its time for the next 64 KiB."""
        self.due, self.until = len(self.data) - _MOST, time.monotonic() + _PATIENCE


class Sending:
    """The connections of a worker whose clients take their time to read an answer."""

    def __init__(self, worker: ThreadWorker) -> None:
        self._worker = worker
        self._rests: dict[Any, _Rest] = {}

    def begin(self, conn: Any, data: bytes | bytearray, then: Callable[[], None]) -> None:  # noqa: ANN401 - gunicorn's
        """Send the rest of an answer as the client reads it, then go on; 20 seconds are left for each 64 KiB."""
        self._rests[conn] = rest = _Rest(memoryview(data), then)
        rest.wait()
        self._worker.poller.register(conn.sock, EVENT_WRITE, partial(self._send, conn))

    def look(self, now: float) -> None:
        """Let go of those that have had their time."""
        for conn in [each for each, rest in self._rests.items() if rest.until <= now]:
            self._end(conn)
            _close(self._worker, conn)

    def _send(self, conn: Any, client: socket.socket) -> None:  # noqa: ANN401 - as above
        rest = self._rests[conn]
        try:
            rest.data = rest.data[_sent(client, rest.data) :]
        except OSError:  # the client has left
            self._end(conn)
            _close(self._worker, conn)
            return
        if not rest.data:
            self._end(conn)
            rest.then()
        elif len(rest.data) <= rest.due:
            rest.wait()

    def _end(self, conn: Any) -> None:  # noqa: ANN401 - as above
        del self._rests[conn]
        self._worker.poller.unregister(conn.sock)


class Leaving:
    """The connections of a worker that are to end, once their clients have closed too or have had time.

    Closed with something unread, a socket takes the answer with it. gunicorn waits for the client; here nobody does.
    """

    def __init__(self, worker: ThreadWorker) -> None:
        self._worker = worker
        self._until: dict[Any, float] = {}

    def begin(self, conn: Any) -> None:  # noqa: ANN401 - as above
        """Send no more to a client, and read what still comes."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:  # the client has left
            _close(self._worker, conn)
            return
        conn.left = _MOST
        self._until[conn] = time.monotonic() + _LINGER
        self._worker.poller.register(conn.sock, EVENT_READ, partial(self._read, conn))

    def look(self, now: float) -> None:
        """Let go of those that have had their time."""
        for conn in [each for each, until in self._until.items() if until <= now]:
            self._end(conn)

    def _read(self, conn: Any, client: socket.socket) -> None:  # noqa: ANN401 - as above
        try:
            came = len(client.recv(_MOST))
        except OSError:
            came = 0
        conn.left -= came
        if not came or conn.left <= 0:
            self._end(conn)

    def _end(self, conn: Any) -> None:  # noqa: ANN401 - as above
        del self._until[conn]
        self._worker.poller.unregister(conn.sock)
        _close(self._worker, conn)


def _sent(sock: socket.socket, data: bytes | memoryview) -> int:
    """Send what can be sent now; return how much that was."""
    try:
        return sock.send(data, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return 0


def _close(worker: ThreadWorker, conn: Any) -> None:  # noqa: ANN401 - as above
    worker.nr_conns -= 1
    conn.close()
