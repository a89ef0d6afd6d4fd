"""Every request of the corpus, byte by byte, to a real server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from corpus.entries import Entry, entries
from corpus.stage import changed, journalled
from corpus.wire import Heard, exchange, request
from journeys.served import Visitor

if TYPE_CHECKING:
    from corpus.stage import Stage

COOKIE = re.compile(rb"(?im)^set-cookie: [^;\r]*")  # signed and packed: any four letters may come about by chance


def sent(stage: Stage, entry: Entry) -> bytes:
    """Return the request's bytes, its placeholders filled in."""
    visitor, port = stage.visitor(entry.sender), str(stage.served.port)
    known = {"<port>": port}
    for name, whose in (("<csrf>", visitor), ("<other-csrf>", Visitor(stage.served.port))):
        if name in entry.value + entry.what:
            known[name] = whose.get("/login").hidden()["csrf_token"]
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    usual = {"Host": f"127.0.0.1:{port}", "Connection": "close", "Cookie": cookie}

    def filled(text: str) -> str:
        for name, value in known.items():
            text = text.replace(name, value)
        return text

    body = filled(entry.value).encode("latin-1")
    if entry.what == "RAW":
        return body
    return request(filled(entry.what), [filled(line) for line in entry.headers], body, usual)


def told(answer: Heard, entry: Entry) -> dict[str, Any]:
    """Return of the answer what the entry tells of it."""
    found = {"status": answer.status, "screen": answer.screen, "codes": answer.codes}
    found["location"] = answer.headers.get("location", "").removeprefix(f"http://{answer.headers.get('host', '')}")
    return {name: found[name] for name in entry.expect if name in found}


@pytest.mark.parametrize("entry", entries("requests"), ids=lambda entry: entry.id)
def test_a_request_is_answered_as_the_corpus_says(stage: Stage, entry: Entry) -> None:
    data = sent(stage, entry)
    before = stage.rows()

    answer = exchange(stage.served.port, data)

    after = stage.rows()
    if changed(before, after):
        stage.reset()
    assert told(answer, entry) == {name: entry.expect[name] for name in told(answer, entry)}
    assert changed(before, after) == entry.changes
    assert answer.status < 500
    assert answer.headers["x-ipportal-emulator"] == "1"
    assert answer.kind != "text/html" or answer.first("[data-testid=banner]") or data.startswith(b"HEAD")
    assert not [word for word in entry.expect.get("without", ()) if word.encode() in answer.came]
    assert b"evil" not in COOKIE.sub(b"", answer.came.partition(b"\r\n\r\n")[0])
    assert "evil" not in journalled(before, after)
    assert stage.said() == []


def test_no_header_of_the_server_tells_a_version(stage: Stage) -> None:
    usual = {"Host": f"127.0.0.1:{stage.served.port}", "Connection": "close"}
    for what in ("GET /login", "GET /nowhere", "GET /static/portal.css", "GET /_control/v1/health", "BREW /"):
        answer = exchange(stage.served.port, request(what, [], b"", usual))

        assert answer.headers.get("server", "") in {"", "gunicorn", "waitress"}
        assert not {"x-powered-by", "via", "x-aspnet-version"} & set(answer.headers)
