"""The control API, as a tester's tool beside the browser calls it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from ipportal.tokens import server_token

if TYPE_CHECKING:
    from ipportal.portal import Portal


def call(address: str, store: Portal, method: str, path: str, body: object = None) -> dict[str, Any]:
    """Return what an operation of the served portal answers."""
    sent = {"Authorization": f"Bearer {server_token(store.settings)}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    asked = Request(f"{address}/_control/v1{path}", data, sent, method=method)
    with urlopen(asked, timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)
    return found
