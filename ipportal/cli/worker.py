"""gunicorn's worker with threads, for clients of all kinds: `worker_class = "ipportal.cli.worker.Worker"`.

Its threads take turns. None of them waits for a client to read, nor for a request that is still on its way, but half of
them for long ones, a minute each.
"""

from __future__ import annotations

import errno
import logging
import socket
import struct
import time
from collections import deque
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from gunicorn import util
from gunicorn.workers.gthread import ThreadWorker

from ..turns import STALL_SECONDS, Turns
from . import system
from .arrival import MOST, look, patient, wait_for_more, whole
from .sockets import Held, Leaving, Sending
from .wire import limit, refuse

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

_PATIENCE = 20.0  # seconds for a request to arrive, and between two pieces of one that a thread reads
_LONG_PATIENCE = 60.0  # seconds for one that a thread reads
_LINGER = 2.0  # seconds for the first byte, once the worker stops
_PAUSE = 0.2  # seconds without new clients, when there is no file handle for them


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn is not typed
    """A process that answers requests, on as many threads as the setting says, and on as few as will do."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - gunicorn's
        super().__init__(*given, **named)
        limit(self.cfg)
        self._reading: dict[Any, float] = {}  # the connections whose thread may wait, and until when
        self._crowd: deque[tuple[Any, float]] = deque()  # those for which there is no such thread, and until when
        self._rest: dict[Any, bytearray] = {}  # of answers, what their clients have not read yet
        self._sending, self._leaving = Sending(self), Leaving(self)
        self._closed_until = 0.0

    def init_process(self) -> None:
        """Begin, with refusals in the portal's own words, and without the warnings that quote what a client sent."""
        system.share_heap()
        util.write_error = refuse
        self.log.error_log.setLevel(logging.ERROR)
        super().init_process()

    def get_thread_pool(self) -> Executor:
        """Return what runs the requests."""
        return Turns(self.cfg.threads)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Wait for clients, and look after the threads."""
        super().wait_for_and_dispatch_events(timeout=min(timeout, STALL_SECONDS) if self.tpool.behind else timeout)
        self.tpool.look()

    def accept(self, listener: socket.socket) -> None:
        """Let a client in; without a file handle for it, wait a moment until others have left."""
        try:
            super().accept(listener)
        except OSError as fault:
            if fault.errno not in {errno.EMFILE, errno.ENFILE}:
                raise
            self._closed_until = time.monotonic() + _PAUSE
            self.set_accept_enabled(enabled=False)

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - as gunicorn's
        """Let new clients in, or not."""
        super().set_accept_enabled(enabled and time.monotonic() >= self._closed_until)

    def enqueue_req(self, conn: Any) -> None:  # noqa: ANN401 - gunicorn's connection
        """Have a thread take a request on once it is all there; until then it is waited for here."""
        if self.cfg.is_ssl:  # what arrives cannot be read yet
            super().enqueue_req(conn)
            return
        if not conn.initialized:
            with suppress(OSError):  # of a client that has left
                conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", int(_PATIENCE), 0))
        kept, found, over = look(conn)
        if over or whole(kept + found):
            self._take_on(conn, kept + found)
            return
        conn.came = time.monotonic()
        conn.timeout = conn.came + _PATIENCE
        self.pending_conns.append(conn)
        wait_for_more(conn, kept, found)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: Any, client: socket.socket) -> None:  # noqa: ANN401 - as above
        """Look at what has arrived meanwhile."""
        if self.cfg.is_ssl:
            super().on_pending_socket_readable(conn, client)
            return
        kept, found, over = look(conn)
        more = len(kept + found) > conn.seen
        if more and not over and not whole(kept + found):
            wait_for_more(conn, kept, found)
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        with suppress(OSError):  # of a client that has left
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
        self._take_on(conn, kept + found)

    def handle_request(self, req: Any, conn: Any) -> bool:  # noqa: ANN401 - as above
        """Answer a request in one piece: of a process that dies a proxy then has nothing, and may ask another one."""
        if self.cfg.is_ssl:
            return bool(super().handle_request(req, conn))
        held = Held(conn.sock)
        going_on = bool(super().handle_request(req, SimpleNamespace(sock=held, client=conn.client, server=conn.server)))
        held.release()
        if held.rest:
            self._rest[conn] = held.rest
        return going_on

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:  # noqa: ANN401 - as above
        """Go on with a connection whose request was answered."""
        if self._reading.pop(conn, None) and self._crowd:
            self._read(self._crowd.popleft()[0])
        if rest := self._rest.pop(conn, None):
            self._sending.begin(conn, rest, partial(self._go_on, conn, fs))
        else:
            self._go_on(conn, fs)

    def _go_on(self, conn: Any, fs: Future[Any]) -> None:  # noqa: ANN401 - as above
        if self.cfg.is_ssl or fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
        else:
            self._leaving.begin(conn)

    def murder_pending(self) -> None:
        """Let go of who has not sent a whole request in time; of who has sent nothing, soon after this stops."""
        now = time.monotonic()
        self._sending.look(now)
        self._leaving.look(now)
        for conn, until in list(self._reading.items()):
            if until <= now:
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)  # its thread finds that no more will come
        if self.cfg.is_ssl:
            super().murder_pending()
            return
        for conn in [each for each in self.pending_conns if self._late(each, now)]:
            self.pending_conns.remove(conn)
            self.poller.unregister(conn.sock)
            self._let_go(conn, told=bool(conn.seen))
        for conn, until in [each for each in self._crowd if each[1] <= now or not self.alive]:
            self._crowd.remove((conn, until))
            self._let_go(conn, told=True)

    def _let_go(self, conn: Any, *, told: bool) -> None:  # noqa: ANN401 - as above
        self.nr_conns -= 1
        if told:
            with suppress(OSError):
                util.write_error(conn.sock, 408, "Request Timeout", "")
                conn.sock.recv(MOST, socket.MSG_DONTWAIT)  # what is left unread would take the answer with it
        conn.close()

    def _late(self, conn: Any, now: float) -> bool:  # noqa: ANN401 - as above
        return bool(conn.timeout <= now or not (self.alive or conn.seen or now < conn.came + _LINGER))

    def _take_on(self, conn: Any, seen: bytes) -> None:  # noqa: ANN401 - as above
        if not patient(seen):
            self._begin(conn)
        elif len(self._reading) < max(1, self.cfg.threads // 2):  # the others are for those who are quick
            self._read(conn)
        else:
            self._crowd.append((conn, time.monotonic() + _PATIENCE))

    def _read(self, conn: Any) -> None:  # noqa: ANN401 - as above
        self._reading[conn] = time.monotonic() + _LONG_PATIENCE
        self._begin(conn)

    def _begin(self, conn: Any) -> None:  # noqa: ANN401 - as above
        conn.data_ready = True
        super().enqueue_req(conn)
