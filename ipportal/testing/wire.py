"""One connection to one host, kept open between requests. No request is ever sent twice."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection, IncompleteRead
from selectors import EVENT_READ, DefaultSelector
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from .trouble import Dropped, TooSlow, Truncated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.client import HTTPMessage, HTTPResponse
    from socket import socket

__tracebackhide__ = True  # a failing test shows its own line, not one in here

_KINDS = {"http": HTTPConnection, "https": HTTPSConnection}


@dataclass(frozen=True)
class Answer:
    """What came over the wire."""

    status: int
    headers: HTTPMessage
    body: bytes


def parted(url: str) -> SplitResult:
    """Return the parts of an address that can be asked; raise `ValueError` with an example for what is none."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in _KINDS and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, half an IPv6 address
        usable = False
    if not usable:
        raise ValueError(f"{url!r} is no address of a portal, such as http://127.0.0.1:8080")
    return parts


class Wire:
    """A connection that opens itself."""

    def __init__(self, scheme: str, host: str, timeout: float) -> None:
        self._connection = _KINDS[scheme](host, timeout=timeout)

    def close(self) -> None:
        """Close the connection; the next request opens it again."""
        self._connection.close()

    def ask(self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """Send a request and return its answer; after any trouble the connection is closed."""
        request = f"{method} {target}"
        if _gone(self._connection.sock):
            self.close()
        try:
            self._connection.request(method, target, body, headers)
            response = self._connection.getresponse()
            return Answer(response.status, response.headers, _read(response, request))
        except BaseException as fault:
            self.close()
            if isinstance(fault, TimeoutError):
                raise TooSlow(request) from fault
            if isinstance(fault, OSError | HTTPException):
                raise Dropped(request, fault) from fault
            raise


def _read(response: HTTPResponse, request: str) -> bytes:
    try:
        return response.read()
    except IncompleteRead as fault:
        raise Truncated(request, fault.partial) from fault
    except ConnectionError as fault:
        raise Truncated(request, b"") from fault


def _gone(connected: socket | None) -> bool:
    """Say whether the portal has closed an idle connection: then it can be read from, though nothing was asked."""
    if connected is None:
        return False
    with DefaultSelector() as selector:
        selector.register(connected, EVENT_READ)
        return bool(selector.select(0))
