"""What a request must have before anything else is asked: a host, and a body as long as was said."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

MOST = 64 * 1024  # a form, and what comes in pieces without a length
_TERMINATED = "wsgi.input_terminated"


def complete(environ: WSGIEnvironment) -> None:
    """Put in place what the server leaves open, so that what is missing, cut short or too long is refused."""
    if environ.get("SERVER_PROTOCOL") == "HTTP/1.1":
        environ.setdefault("HTTP_HOST", "")  # the server's own name would stand in for it
    if named := environ.get("HTTP_HOST"):
        environ["HTTP_HOST"] = named.lower()  # capitals make no other host
    # Werkzeug reads a body that the server ends only as far as it may, and takes that for the whole.
    if environ.pop(_TERMINATED, False) and environ.pop("HTTP_TRANSFER_ENCODING", ""):
        body, length = _read(environ)
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(length)


def _read(environ: WSGIEnvironment) -> tuple[bytes, int]:
    """Return what came and how long it is said to be: longer than it is where its pieces do not fit together."""
    try:
        body = environ["wsgi.input"].read(MOST + 1)
    except Exception:  # noqa: BLE001 - each server has its own for pieces that are none
        return b"", 1
    return body, len(body) if len(body) <= MOST else 2**31
