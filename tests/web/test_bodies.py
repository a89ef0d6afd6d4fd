"""What a server leaves open about a request is refused, not guessed: its host, and where its body ends."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from control.api import PREFIX
from props import dump
from web.scenes import credentials
from werkzeug.test import EnvironBuilder, run_wsgi_app

from ipportal.tokens import server_token

if TYPE_CHECKING:
    from flask import Flask
    from web.client import Browser

    from ipportal.portal import Portal

FORM = "application/x-www-form-urlencoded"
PIECES = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}


class Broken(BytesIO):
    """Pieces that do not fit together."""

    def read(self, *_: Any) -> bytes:
        msg = "Invalid chunk size: b'zz'"
        raise RuntimeError(msg)


def sent(browser: Browser, stream: BytesIO, **environ: Any) -> int:
    """Send a login in pieces and return its status."""
    browser.get("/login")
    page = browser.open("/login", method="POST", content_type=FORM, input_stream=stream, environ_overrides=environ)
    return page.status


def login(browser: Browser, more: str = "") -> bytes:
    known = credentials("registered") | {"csrf_token": browser.get("/login").value("csrf_token")}
    return ("&".join(f"{name}={value}" for name, value in known.items()) + more).encode()


def test_a_form_in_pieces_is_read_to_its_end(browser: Browser) -> None:
    stream = BytesIO(login(browser))

    assert sent(browser, stream, **PIECES) == 200
    assert browser.page.screen == "account/home"


def test_a_form_in_pieces_of_64_kib_is_read_and_one_byte_more_is_not_taken_for_its_beginning(browser: Browser) -> None:
    right = login(browser, "&x=")

    assert sent(browser, BytesIO(right + b"x" * (65_537 - len(right))), **PIECES) == 413
    assert sent(browser, BytesIO(right + b"x" * (65_536 - len(right))), **PIECES) == 200
    assert browser.page.screen == "account/home"


def test_pieces_that_do_not_fit_together_are_a_bad_request(browser: Browser, portal: Portal) -> None:
    before = dump(portal)

    assert sent(browser, Broken(), **PIECES) == 400
    assert dump(portal) == before


def test_a_form_cut_short_is_not_taken_for_the_whole(browser: Browser, portal: Portal) -> None:
    right, before = login(browser), dump(portal)

    length = {"wsgi.input_terminated": True, "CONTENT_LENGTH": str(len(right) + 9)}

    assert sent(browser, BytesIO(right), **length) == 400
    assert dump(portal) == before


@pytest.mark.parametrize("path", ["/", "/login", f"{PREFIX}/health"])
@pytest.mark.parametrize(("protocol", "status"), [("HTTP/1.1", 400), ("HTTP/1.0", 200)])
def test_http_1_1_names_its_host(app: Flask, portal: Portal, path: str, protocol: str, status: int) -> None:
    assert server_token(portal.settings)
    environ = EnvironBuilder(path).get_environ() | {"SERVER_PROTOCOL": protocol}
    del environ["HTTP_HOST"]

    answer, told, _ = run_wsgi_app(app.wsgi_app, environ)
    b"".join(answer)

    assert told.startswith(str(status))


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "LocalHost:5000"])
@pytest.mark.parametrize("path", ["/", f"{PREFIX}/health"])
def test_capitals_make_no_other_host(app: Flask, path: str, host: str) -> None:
    assert app.test_client().get(path, headers={"Host": host}).status_code == 200


def test_a_form_is_the_portals_own_however_its_host_was_written(browser: Browser) -> None:
    sender = {"Host": "LOCALHOST", "Origin": "http://localhost"}

    page = browser.open("/login", method="POST", content_type=FORM, data=login(browser), headers=sender)

    assert page.screen == "account/home"


def test_what_only_asks_for_the_methods_gets_no_page_without_a_banner(browser: Browser) -> None:
    page = browser.open("/login", method="OPTIONS")

    assert (page.status, page.body) == (200, b"")
    assert set(page.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert "Content-Type" not in page.headers
