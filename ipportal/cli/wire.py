"""What a server refuses before it is a request: plain text, for a server's own page has no banner and quotes it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket

HEADER_BYTES = 8190
_GUNICORN: dict[str, Any] = {
    "limit_request_field_size": HEADER_BYTES,
    "limit_request_fields": 64,
    "limit_request_line": 4094,
    # No header may say who or what a request is: on a desk there is no proxy, and behind one nothing needs it.
    "forwarded_allow_ips": "",
    "forwarder_headers": "",
    "secure_scheme_headers": {},
    "sendfile": False,  # it waits without end for a client that does not read
}
_PLAIN = [("Content-Type", "text/plain; charset=utf-8"), ("X-Ipportal-Emulator", "1")]


def limit(gunicorn: Any) -> None:  # noqa: ANN401 - gunicorn's configuration
    """Say what is taken for a request, whatever the configuration says."""
    for name, value in _GUNICORN.items():
        gunicorn.set(name, value)


def refuse(client: socket.socket, status: int, reason: str, _details: str) -> None:
    """Answer as gunicorn's `util.write_error` would, but do not wait for a client that does not read."""
    status = _clients(status)
    body = f"{status} {reason}\n".encode()
    told = [*_PLAIN, ("Connection", "close"), ("Content-Length", str(len(body)))]
    head = "".join(f"{name}: {value}\r\n" for name, value in told)
    client.setblocking(False)
    client.sendall(f"HTTP/1.1 {status} {reason}\r\n{head}\r\n".encode() + body)


def _clients(status: int) -> int:
    """Return the status of a refusal; who sends a transfer coding that is unknown is at fault, not the server."""
    return 400 if status == HTTPStatus.NOT_IMPLEMENTED else status


def have_waitress_refuse() -> None:
    """Have waitress answer so too, and to a length beside pieces, of which it would believe one."""
    from waitress import channel, parser, task  # noqa: PLC0415 - not needed beside gunicorn

    class Refusal(task.ErrorTask):  # type: ignore[misc]  # waitress is not typed
        def execute(self) -> None:
            status = HTTPStatus(_clients(self.request.error.code))
            self.status = f"{status.value} {status.phrase}"
            body = f"{self.status}\n".encode()
            self.response_headers.extend(_PLAIN)
            self.set_close_on_finish()
            self.content_length = len(body)
            self.write(body)

    class Parser(parser.HTTPRequestParser):  # type: ignore[misc]  # as above
        def parse_header(self, header_plus: bytes) -> None:
            try:
                super().parse_header(header_plus)
            except ValueError as fault:  # Python reads no number of thousands of digits
                raise parser.ParsingError("a length beyond reading") from fault
            if self.chunked and "CONTENT_LENGTH" in self.headers:
                raise parser.ParsingError("a length beside pieces")

    channel.HTTPChannel.error_task_class = Refusal
    channel.HTTPChannel.parser_class = Parser
