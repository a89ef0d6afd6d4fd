"""What becomes of a client's socket: an answer leaves in one piece, and its end takes no answer with it."""

from __future__ import annotations

import socket
import time
from functools import partial
from selectors import EVENT_READ
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gunicorn.workers.gthread import ThreadWorker

_LINGER = 2.0  # seconds for a client to close its side
_MOST = 64 * 1024  # bytes that it may still send


class Held:
    """A socket that holds what is sent first, an answer's head, until more comes: both then leave in one piece."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._head: bytes | None = None

    def sendall(self, data: bytes) -> None:
        """Send, or hold."""
        if self._head is None:
            self._head = data
        elif data:
            self._sock.sendall(self._head + data)
            self._head = b""

    def release(self) -> None:
        """Send what is still held."""
        if self._head:
            self._sock.sendall(self._head)
            self._head = b""

    def sendfile(self, *given: Any, **named: Any) -> int:  # noqa: ANN401 - as a socket's
        """Send a file after what is held."""
        self.release()
        return self._sock.sendfile(*given, **named)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        """Return all else as the socket has it."""
        return getattr(self._sock, name)


class Leaving:
    """The connections of a worker that are to end, once their clients have closed too or have had time.

    Closed with something unread, a socket takes the answer with it. gunicorn waits for the client; here nobody does.
    """

    def __init__(self, worker: ThreadWorker) -> None:
        self._worker = worker
        self._until: dict[Any, float] = {}

    def begin(self, conn: Any) -> None:  # noqa: ANN401 - gunicorn's connection
        """Send no more to a client, and read what still comes."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:  # the client has left
            self._close(conn)
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
        self._close(conn)

    def _close(self, conn: Any) -> None:  # noqa: ANN401 - as above
        self._worker.nr_conns -= 1
        conn.close()
