"""A page of another origin gets nothing from the control API, even if it knew the token."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from browser.tool import call

from ipportal.tokens import server_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from ipportal.portal import Portal

pytestmark = pytest.mark.browser

# Says what a script can learn: a status and a text, or the name of what stopped it.
ASK = """async ([url, options]) => {
    try {
        const answer = await fetch(url, options);
        return [answer.type, answer.status, await answer.text()];
    } catch (stopped) {
        return [stopped.name, 0, ""];
    }
}"""
STOPPED = ["TypeError", 0, ""]


class Foreign(BaseHTTPRequestHandler):
    """Answers everything with an empty page."""

    def do_GET(self) -> None:
        body = b"<!doctype html><title>Foreign</title><body></body>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Foreign) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture(params=["127.0.0.1", "localhost"])
def foreign(request: pytest.FixtureRequest, chromium: Browser, served: str, elsewhere: int) -> Iterator[Page]:
    """A page of another port or another host, in a browser that knows the portal."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{served}/login?lang=en")
    page.goto(f"http://{request.param}:{elsewhere}/")
    yield page
    context.close()


READ = ["/health", "/openapi.json", "/workspaces", "/workspaces/main", "/workspaces/main/captcha", "/settings"]


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("header", ["none", "token", "wrong"])
def test_a_script_of_another_origin_reads_nothing(
    foreign: Page, served: str, store: Portal, path: str, header: str
) -> None:
    sent = {"none": "", "token": f"Bearer {server_token(store.settings)}", "wrong": "Bearer x"}[header]
    headers = {"Authorization": sent} if sent else {}
    for credentials in ("omit", "include"):
        options = {"credentials": credentials, "headers": headers}

        assert foreign.evaluate(ASK, [f"{served}/_control/v1{path}", options]) == STOPPED


@pytest.mark.parametrize("credentials", ["omit", "include"])
def test_a_script_that_asks_without_wanting_to_know_learns_nothing(
    foreign: Page, served: str, credentials: str
) -> None:
    options = {"mode": "no-cors", "credentials": credentials}

    assert foreign.evaluate(ASK, [f"{served}/_control/v1/health", options]) in (STOPPED, ["opaque", 0, ""])


WRITES: list[dict[str, Any]] = [
    {"method": "POST", "mode": "no-cors", "body": '{"name": "stolen"}'},
    {"method": "POST", "mode": "no-cors", "credentials": "include", "body": "{}"},
    {"method": "POST", "mode": "cors", "headers": {"Content-Type": "application/json"}, "body": '{"name": "stolen"}'},
    {"method": "POST", "mode": "cors", "headers": {"Authorization": "TOKEN"}, "body": '{"name": "stolen"}'},
    {"method": "DELETE", "mode": "cors", "headers": {"Authorization": "TOKEN"}},
]


@pytest.mark.parametrize("number", range(len(WRITES)))
def test_a_script_of_another_origin_changes_nothing(foreign: Page, served: str, store: Portal, number: int) -> None:
    before = call(served, store, "GET", "/workspaces")
    options = dict(WRITES[number])
    if "Authorization" in options.get("headers", {}):
        options["headers"] = {"Authorization": f"Bearer {server_token(store.settings)}"}

    foreign.evaluate(ASK, [f"{served}/_control/v1/workspaces", options])

    assert call(served, store, "GET", "/workspaces") == before


def test_a_form_of_another_origin_changes_nothing_and_shows_no_answer(
    foreign: Page, served: str, store: Portal
) -> None:
    before = call(served, store, "GET", "/workspaces")
    script = """url => {
        const form = document.createElement("form");
        Object.assign(form, { method: "post", action: url, enctype: "text/plain" });
        document.body.append(form);
        form.submit();
    }"""

    with foreign.expect_navigation() as answer:
        foreign.evaluate(script, f"{served}/_control/v1/workspaces")

    assert answer.value.status == 403
    assert call(served, store, "GET", "/workspaces") == before


@pytest.mark.parametrize("tag", ["img", "script", "iframe"])
def test_a_part_of_another_origins_page_is_not_loaded_from_the_control_api(
    foreign: Page, served: str, tag: str
) -> None:
    script = """([tag, url]) => new Promise(done => {
        const part = document.createElement(tag);
        part.onerror = () => done("error");
        part.onload = () => done(part.contentDocument ? "read" : tag === "iframe" ? "closed" : "loaded");
        part.src = url;
        document.body.append(part);
    })"""

    found = foreign.evaluate(script, [tag, f"{served}/_control/v1/openapi.json"])

    assert found == ("closed" if tag == "iframe" else "error")
