"""A tester's tool beside the browser: the control API by its token, and a socket that sees every byte."""

from __future__ import annotations

import http.client
import json
import socket
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from journeys.served import PATIENCE

if TYPE_CHECKING:
    from journeys.served import Served, Visitor

NOON = "2025-03-31T12:00:00+08:00"


class Control:
    """Calls the control API of a served portal."""

    def __init__(self, served: Served) -> None:
        self.port = served.port
        self.token = (served.folder / "token").read_text(encoding="ascii").strip()

    def call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """Return what an operation answers; it has to go well."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            connection.request(method, f"/_control/v1{path}", None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            told = answer.read()
        finally:
            connection.close()
        assert answer.status < 300, told
        return cast("dict[str, Any]", json.loads(told))

    def workspace(self, name: str) -> str:
        """Create a workspace at noon and return where its pages are."""
        self.call("POST", "/workspaces", {"name": name, "now": NOON})
        return f"/w/{name}"

    def arm(self, name: str, kind: str, step: str, **more: object) -> None:
        self.call("POST", f"/workspaces/{name}/faults", {"kind": kind, "step": step} | more)

    def armed(self, name: str) -> list[dict[str, Any]]:
        return cast("list[dict[str, Any]]", self.call("GET", f"/workspaces/{name}/faults")["faults"])

    def journal(self, name: str) -> list[tuple[str, str, str]]:
        """Return the journal as step, outcome and reason, without how the workspace began."""
        entries = self.call("GET", f"/workspaces/{name}/journal")["entries"]
        found = [(each["step"], each["outcome"], each["reason"]) for each in entries]
        return [each for each in found if each[0] not in {"reset", "seed"}]


def heard(visitor: Visitor, path: str, sent: dict[str, str] | None = None) -> bytes:
    """Ask with the visitor's cookies, or send a form, and return every byte until the portal hangs up."""
    body = urlencode(sent or {}).encode()
    head = [
        f"{'GET' if sent is None else 'POST'} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{visitor.port}",
        "Connection: close",
        "Cookie: " + "; ".join(f"{name}={value}" for name, value in visitor.cookies.items()),
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    with socket.create_connection(("127.0.0.1", visitor.port), PATIENCE) as line:
        line.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body)
        came = b""
        try:
            while part := line.recv(65536):
                came += part
        except ConnectionResetError:
            pass
    return came
