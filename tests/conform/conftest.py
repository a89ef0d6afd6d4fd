"""Somebody's service that answers as agreed, or as the test wants."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Reply = Callable[[dict[str, Any]], tuple[int, bytes]]


class Service:
    """A service on this machine; `reply` is what it does, `asked` what it was asked."""

    def __init__(self) -> None:
        self.reply: Reply = lambda _question: (200, b'{"code": "accepted"}')
        self.asked: list[dict[str, Any]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                question = json.loads(body) | {"path": self.path, "type": self.headers["Content-Type"]}
                service.asked.append(question)
                status, answer = service.reply(question)
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/judge?v=1"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()


@pytest.fixture
def service() -> Iterator[Service]:
    own = Service()
    yield own
    own.server.shutdown()
    own.thread.join()
    own.server.server_close()
