"""Whether a request has wholly arrived, so that no thread waits for who sends slowly."""

from __future__ import annotations

import re

MOST = 32 * 1024  # bytes: a longer request is read by a thread, as the system keeps no more than that for sure

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,9})[ \t]*\r\n")
_EXPECTS = b"\r\nexpect:"  # the client waits for a word before it sends the body
_PIECES = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked[ \t]*\r\n")
_LAST_PIECE = re.compile(rb"(?:^|\r\n)0+(?:;[^\r\n]*)?\r\n")


def whole(seen: bytes) -> bool:
    """Say whether a thread that takes on a request that begins with *seen* has nothing to wait for."""
    head, end, body = seen.partition(b"\r\n\r\n")
    if len(seen) >= MOST:
        return True
    if not end:
        return False
    head = head.lower() + b"\r\n"
    if _EXPECTS in head:
        return True
    if _PIECES.search(head):
        return _LAST_PIECE.search(body) is not None
    length = _LENGTH.search(head)
    return length is None or len(body) >= int(length[1])
