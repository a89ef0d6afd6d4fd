"""Every request of the corpus to the control API of a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from corpus.entries import Entry, entries
from corpus.stage import changed
from corpus.wire import Heard, exchange, request

if TYPE_CHECKING:
    from corpus.stage import Stage

PREFIX = "/_control/v1"


def sent(stage: Stage, entry: Entry) -> bytes:
    """Return the request's bytes: with the server's token, as JSON, unless the entry says otherwise."""
    port, token = str(stage.served.port), stage.control.token
    usual = {"Host": f"127.0.0.1:{port}", "Connection": "close", "Authorization": f"Bearer {token}"}
    method, _, path = entry.what.partition(" ")
    if method in {"POST", "PUT"}:
        usual["Content-Type"] = "application/json"
    headers = [line.replace("<token>", token) for line in entry.headers]
    return request(f"{method} {PREFIX}{path}".replace("<token>", token), headers, entry.value.encode("latin-1"), usual)


def told(answer: Heard, entry: Entry) -> dict[str, Any]:
    """Return of the answer what the entry tells of it."""
    found = {"status": answer.status, "codes": answer.codes}
    return {name: found[name] for name in entry.expect if name in found}


@pytest.mark.parametrize("entry", entries("control"), ids=lambda entry: entry.id)
def test_an_operation_is_answered_as_the_corpus_says(stage: Stage, entry: Entry) -> None:
    data = sent(stage, entry)
    before = stage.rows()

    answer = exchange(stage.served.port, data)

    after = stage.rows()
    if changed(before, after):
        stage.reset()
    assert told(answer, entry) == {name: entry.expect[name] for name in told(answer, entry)}
    assert changed(before, after) == entry.changes
    assert answer.kind == ("application/json" if entry.accepted else "application/problem+json")
    assert answer.headers["x-ipportal-emulator"] == "1"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert stage.control.token.encode() not in answer.came or entry.what.startswith(("GET /workspaces/main", "POST"))
    assert stage.said() == []
