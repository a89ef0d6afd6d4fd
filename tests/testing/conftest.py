"""The portal behind a real HTTP server in a thread, at an address with a prefix as a workspace has one; suites."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from props import NOON
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import WSGIRequestHandler, make_server

from ipportal.app import create_app
from ipportal.testing import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipportal.portal import Portal
    from ipportal.testing import Server

PREFIX = "/w/mine"


class Keeping(WSGIRequestHandler):
    """Keeps connections open, and quiet."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@pytest.fixture
def url(portal: Portal) -> Iterator[str]:
    """The address of a portal of one's own, whose clock stands at noon on Monday 31 March 2025."""
    portal.stored_clock.set(NOON)
    app = create_app(portal=portal)
    mounted = DispatcherMiddleware(app, {PREFIX: app})
    server = make_server("127.0.0.1", 0, mounted, threaded=True, request_handler=Keeping)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def plain_url(url: str) -> str:
    """The address of the same portal without a prefix."""
    return url.removesuffix(PREFIX)


@pytest.fixture
def visitor(url: str) -> Iterator[Visitor]:
    with Visitor(url) as visitor:
        yield visitor


@pytest.fixture
def suite(pytester: pytest.Pytester, ipportal_server: Server, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A suite in a folder of its own, beside the server that runs already."""
    monkeypatch.setenv("IPPORTAL_URL", ipportal_server.url)
    monkeypatch.setenv("IPPORTAL_TOKEN", ipportal_server.token)
    return pytester
