"""A hand-written server on a bare socket, which answers as no good server would, and remembers what it was asked."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PATIENCE = 30
RESET = b"reset"
HANG = b"hang"
TLS = b"\x16"  # what a handshake begins with


class Raw:
    """Gives the scripted bytes, one for each request; `{host}` in them is its own.

    `+` in front keeps the connection open; else it is closed.
    """

    def __init__(self, *script: bytes) -> None:
        self.script, self.asked = list(script), list[str]()
        self.over = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(PATIENCE)
        self.host = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.url = f"http://{self.host}"

    @property
    def targets(self) -> list[str]:
        """What was asked for: methods and paths."""
        return [request.partition(" HTTP/")[0] for request in self.asked]

    def serve(self) -> None:
        with suppress(OSError):  # the listener is shut down when the test is over
            while self.script:
                connection, _ = self.listener.accept()
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(PATIENCE)
            while self.script and self._answer(connection):
                pass

    def _answer(self, connection: socket.socket) -> bool:
        """Answer one request; say whether the connection stays open."""
        request = _request(connection)
        if not request:
            return False
        self.asked.append(request)
        answer = self.script.pop(0).replace(b"{host}", self.host.encode())
        if answer == HANG:
            return not self.over.wait(PATIENCE)
        connection.sendall(answer.removeprefix(b"+").removesuffix(RESET))
        if answer.endswith(RESET):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return answer.startswith(b"+")


def _request(connection: socket.socket) -> str:
    """Read a request with its body."""
    got = b""
    while b"\r\n\r\n" not in got or len(got.partition(b"\r\n\r\n")[2]) < _length(got):
        more = connection.recv(65536)
        if not more:
            return ""
        got += more
        if got.startswith(TLS):
            return "a handshake"
    return got.decode()


def _length(got: bytes) -> int:
    lines = got.decode().lower().partition("\r\n\r\n")[0].splitlines()
    return next((int(line.split(":")[1]) for line in lines if line.startswith("content-length:")), 0)


@contextmanager
def raw(*script: bytes) -> Iterator[Raw]:
    """Serve the script in a thread."""
    server = Raw(*script)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.script.clear()
        server.listener.shutdown(socket.SHUT_RDWR)
        thread.join(PATIENCE)
        server.listener.close()


def html(body: str, *headers: str, status: str = "200 OK", keep: bool = True) -> bytes:
    """Return a whole answer."""
    page = f"<!doctype html><html lang=en><head><title>t</title></head>{body}</html>".encode()
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", f"Content-Length: {len(page)}", *headers]
    return (b"+" if keep else b"") + "\r\n".join([*lines, "", ""]).encode() + page


def see(location: str, *headers: str, status: str = "303 SEE OTHER") -> bytes:
    """Return a redirect."""
    lines: Sequence[str] = [f"HTTP/1.1 {status}", f"Location: {location}", "Content-Length: 0", *headers, "", ""]
    return b"+" + "\r\n".join(lines).encode()
