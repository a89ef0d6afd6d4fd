"""Requests as bytes: what no client library would send."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

from journeys.served import PATIENCE
from markup import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CHUNKED = b"<chunked>"


def request(what: str, headers: Iterable[str], body: bytes, usual: Mapping[str, str]) -> bytes:
    """Return a request; each of *headers* is a whole line and stands for the usual one, `Host!` for none."""
    method, _, target = what.partition(" ")
    own = {line.partition(":")[0].rstrip("!").lower() for line in headers}
    lines = [f"{name}: {value}" for name, value in usual.items() if name.lower() not in own]
    if body.startswith(CHUNKED):
        body = body.removeprefix(CHUNKED)
        body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (body[:9], body[9:], b""))
    if not own & {"content-length", "transfer-encoding"} and (body or method == "POST"):
        lines.append(f"Content-Length: {len(body)}")
    lines += [line for line in headers if not line.endswith("!")]
    return "\r\n".join([f"{method} {target} HTTP/1.1", *lines]).encode("latin-1") + b"\r\n\r\n" + body


def exchange(port: int, sent: bytes) -> Heard:
    """Send these bytes and nothing more; return what comes until the portal hangs up."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        came = b""
        try:
            while part := line.recv(65536):
                came += part
        except ConnectionResetError:  # it hung up without reading the rest
            pass
    return Heard(came)


class Heard(Markup):
    """An answer as it came."""

    def __init__(self, came: bytes) -> None:
        head, _, self.body = came.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.came, self.status = came, int(first.split(" ")[1]) if first else 0
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self.kind = self.headers.get("content-type", "").partition(";")[0]
        text = self.body.decode() if self.kind == "text/html" else ""
        super().__init__(text)

    @property
    def codes(self) -> Any:
        """What is refused: by field on a page, one code in a problem document."""
        if self.body and self.kind == "application/problem+json":
            return json.loads(self.body)["code"]
        return self.problems
