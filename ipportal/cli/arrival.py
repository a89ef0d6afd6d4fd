"""Whether a request has wholly arrived, so that no thread waits for who sends slowly."""

from __future__ import annotations

import re
import socket
from typing import Any

MOST = 32 * 1024  # bytes: a longer request is read by a thread, as the system keeps no more than that for sure
_GLANCE = 4096  # bytes: most requests are shorter
_PIECES_MOST = 100  # so many small ones are no browser's
_DIGITS = 9  # of a body's length: a longer one is refused

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]+)[ \t]*\r\n")
_IN_PIECES = re.compile(rb"\r\ntransfer-encoding:[^\r]*chunked")
_EXPECTS = b"\r\nexpect:"  # the client waits for a word before it sends the body
_SIZE = re.compile(rb"[0-9A-Fa-f]+(?=[ \t]*[;\r])")


def look(conn: Any) -> tuple[bytes, bytes, bool]:  # noqa: ANN401 - gunicorn's connection
    """Return what has arrived: what was read with an earlier request, what is to be read, and whether that is all."""
    kept = conn.parser.unreader.buf.getvalue() if conn.parser else b""
    try:
        found = conn.sock.recv(_GLANCE, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        if len(found) == _GLANCE:
            found = conn.sock.recv(MOST, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return kept, b"", False
    except OSError:
        return kept, b"", True
    return kept, found, not found


def wait_for_more(conn: Any, kept: bytes, found: bytes) -> None:  # noqa: ANN401 - as above
    """Be told of a connection when more has arrived than has been found: that stays to be read."""
    conn.seen = len(kept + found)
    conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, len(found) + 1)


def whole(seen: bytes) -> bool:
    """Say whether a request that begins with *seen* is all there, or cannot be waited for any better."""
    return _all_there(seen) is not False


def patient(seen: bytes) -> bool:
    """Say whether a thread that takes such a request on may have to wait for the rest of it."""
    return _all_there(seen) is None


def _all_there(seen: bytes) -> bool | None:
    """Say whether a request is all there; None where only who reads it can tell."""
    head, end, body = seen.partition(b"\r\n\r\n")
    if len(seen) >= MOST:
        return None
    if not end:
        return False
    head = head.lower() + b"\r\n"
    if _EXPECTS in head:
        return None
    if _IN_PIECES.search(head):
        return _ended(body)
    if not (length := _LENGTH.search(head)):
        return True
    digits = length[1].lstrip(b"0")
    return None if len(digits) > _DIGITS else len(body) >= int(digits or b"0")


def _ended(body: bytes) -> bool | None:
    """Say whether the last piece of a body is there, and what follows it; None of a broken one, or of very many."""
    place = 0
    for _ in range(_PIECES_MOST):
        if (line := body.find(b"\r\n", place)) < 0:
            return False
        if not (size := _SIZE.match(body, place)):
            return None
        if int(size[0], 16) == 0:
            return body.find(b"\r\n\r\n", line) >= 0
        place = line + 2 + int(size[0], 16) + 2
    return None
