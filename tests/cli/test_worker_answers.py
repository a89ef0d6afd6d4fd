"""An answer leaves gunicorn's worker in one piece: whoever waits for it has all of it, or nothing and may ask again."""

from __future__ import annotations

import tempfile
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from ipportal.cli.wire import limit
from ipportal.cli.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HEAD = b"HTTP/1.1 200 OK\r\n"
GET = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
SERVER = ("127.0.0.1", 80)
LENGTH = ("Content-Length", "4")


class Line:
    """A client's socket that notes what it is given to send, piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.open = True

    def send(self, data: bytes, _flags: int) -> int:
        self.pieces.append(data)
        return len(data)

    def settimeout(self, _seconds: float) -> None: ...

    def recv(self, _most: int) -> bytes:
        return b""

    def shutdown(self, _how: int) -> None:
        self.open = False

    def close(self) -> None:
        self.open = False


@pytest.fixture
def answer() -> Callable[..., list[bytes]]:
    """Have a worker answer with those headers and that body; return the pieces that are sent."""

    def answered(body: Callable[[dict[str, Any]], Iterable[bytes]], *headers: tuple[str, str]) -> list[bytes]:
        def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            start("200 OK", list(headers))
            return body(environ)

        worker, line = Worker.__new__(Worker), Line()
        worker.cfg, worker.wsgi, worker.alive, worker._reading = Config(), application, True, {}
        limit(worker.cfg)
        worker.nr, worker.max_requests, worker.keepalived_conns, worker.max_keepalived = 0, 9, [], 9
        worker.log = SimpleNamespace(access=lambda *_: None, debug=lambda *_: None, exception=lambda *_: None)
        (request,) = RequestParser(worker.cfg, iter([GET]), SERVER)
        there = SimpleNamespace(sock=line, client=SERVER, server=SERVER)
        try:
            worker.handle_request(request, there)
        except StopIteration:
            assert not line.open
        return line.pieces

    return answered


def test_head_and_body_leave_together(answer: Callable[..., list[bytes]]) -> None:
    (piece,) = answer(lambda _: [b"page"], LENGTH)

    assert piece.startswith(HEAD)
    assert piece.endswith(b"\r\n\r\npage")


def test_a_head_alone_leaves_too(answer: Callable[..., list[bytes]]) -> None:
    (piece,) = answer(lambda _: [], ("Content-Length", "0"))

    assert piece.startswith(HEAD)
    assert piece.endswith(b"\r\n\r\n")


def test_of_a_long_answer_each_further_part_leaves_as_it_comes(answer: Callable[..., list[bytes]]) -> None:
    pieces = answer(lambda _: iter([b"pa", b"ge"]), LENGTH)

    assert [piece[-2:] for piece in pieces] == [b"pa", b"ge"]
    assert pieces[0].startswith(HEAD)


def test_a_file_leaves_with_its_head(answer: Callable[..., list[bytes]]) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"page")
        file.seek(0)

        pieces = answer(lambda environ: environ["wsgi.file_wrapper"](file), LENGTH)

    assert b"".join(pieces).startswith(HEAD)
    assert pieces[-1].endswith(b"\r\n\r\npage")


def test_an_answer_that_breaks_before_its_body_is_not_begun(answer: Callable[..., list[bytes]]) -> None:
    def broken() -> Iterable[bytes]:
        yield b""
        raise RuntimeError

    assert answer(lambda _: broken(), LENGTH) == []
