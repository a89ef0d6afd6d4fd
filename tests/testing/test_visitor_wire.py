"""What a visitor says of answers that no good portal gives, and what it never does."""

from __future__ import annotations

import socket

import pytest
from testing.raw import HANG, RESET, html, raw

from ipportal.testing import Visitor
from ipportal.testing.trouble import Dropped, TooSlow, Trouble, Truncated

HOME = html('<body data-screen="home"></body>')
LOGIN = html(
    '<body data-screen="login/form"><form method="post" action="/login"><input name="internet_user_id">'
    '<button data-testid="submit">x</button></form></body>'
)
SHORT = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n<!doctype html><html><body"
UNENDED = b"HTTP/1.1 200 OK\r\nX-Ipportal-Emulator: 1\r\nContent-Type: text/html\r\n\r\n<html><body>"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [b"", RESET, b"HTTP/1.1 200 OK\r\nContent-Ty" + RESET, b"no such protocol\r\n\r\n", b"HTTP/1.1 many OK\r\n\r\n"],
    ids=["closed", "reset", "reset in the head", "no HTTP", "no status"],
)
def test_a_dropped_connection_is_told_with_what_was_asked(answer: bytes) -> None:
    with raw(HOME, answer) as server, Visitor(server.url) as visitor:
        before = visitor.get("/")

        with pytest.raises(Dropped, match="GET /login: no answer") as told:
            visitor.get("/login")

    assert told.value.request == "GET /login"
    assert isinstance(told.value, Trouble)
    assert visitor.page is before


def test_a_dropped_submit_is_never_sent_again() -> None:
    with raw(LOGIN, b"", HOME) as server, Visitor(server.url) as visitor:
        visitor.get("/login")
        with pytest.raises(Dropped, match="POST /login"):
            visitor.submit(internet_user_id="LokShan1")

        assert visitor.get("/").screen == "home"

    assert server.targets == ["GET /login", "POST /login", "GET /"]


def test_a_portal_that_is_not_there_is_a_dropped_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(Dropped, match="ConnectionRefusedError"):
        Visitor(f"http://127.0.0.1:{port}").get("/")


@pytest.mark.parametrize(
    ("answer", "received"),
    [
        (SHORT, b"<!doctype html><html><body"),
        (SHORT + RESET, None),
        (CHUNKED + b"5\r\nhel", b""),
        (CHUNKED + b"5\r\nhello\r\nmany\r\n", b"hello"),
        (UNENDED, b"<html><body>"),
    ],
    ids=["short of its length", "reset", "half a chunk", "no next chunk", "a page without its end"],
)
def test_an_answer_that_breaks_off_is_told_with_what_came(answer: bytes, received: bytes | None) -> None:
    with raw(answer, HOME) as server, Visitor(server.url) as visitor:
        with pytest.raises(Truncated, match=r"GET .*: the answer broke off after") as told:
            visitor.get("/login")

        assert visitor.get("/").screen == "home"

    assert received is None or told.value.received.endswith(received)
    assert told.value.request.endswith("/login")


@pytest.mark.parametrize("answer", [HANG, b"+" + SHORT], ids=["nothing", "half a page"])
def test_an_answer_that_does_not_come_or_end_is_too_slow(answer: bytes) -> None:
    with raw(answer, HANG) as server, Visitor(server.url, timeout=0.05) as visitor:
        with pytest.raises(TooSlow, match="GET /login: no answer within the timeout") as told:
            visitor.get("/login")
        server.over.set()

    assert told.value.request == "GET /login"


def test_one_connection_serves_many_requests() -> None:
    with raw(HOME, HOME, HOME) as server, Visitor(server.url) as visitor:
        ports = [visitor._wire._connection.sock.getsockname() for _ in range(3) if visitor.get("/").screen]

    assert len(set(ports)) == 1


def test_an_idle_connection_that_the_portal_closed_is_opened_anew() -> None:
    # The answer promises nothing of closing, so only looking at the connection tells.
    with raw(html('<body data-screen="home"></body>', keep=False), HOME) as server, Visitor(server.url) as visitor:
        visitor.get("/")
        visitor._wire._connection.sock.recv(1)

        assert visitor.get("/").screen == "home"


def test_a_portal_behind_tls_is_asked_over_tls() -> None:
    with (
        raw(b"no handshake") as server,
        Visitor(f"https://{server.host}") as visitor,
        pytest.raises(Dropped, match="SSLError"),
    ):
        visitor.get("/")

    assert server.asked == ["a handshake"]
