"""The control API as one call: JSON in, JSON out, a refusal as an exception that says what would be right."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from .trouble import Dropped, Refusal
from .wire import Wire, parted

if TYPE_CHECKING:
    from collections.abc import Mapping

__tracebackhide__ = True  # a failing test shows its own line, not one in here

PREFIX = "/_control/v1"
_SEEDS = frozenset({"seed", "captcha_seed"})  # texts to the API, which takes no number for one


class Control:
    """A server's control API; *url* is any address on the server, *token* what opens it. Threads may share it."""

    def __init__(self, url: str, token: str, *, timeout: float = 60) -> None:
        parts = parted(url)
        self.token = token
        self._wire = Wire(parts.scheme, parts.netloc, timeout)
        self._turn = Lock()

    def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, object] | None = None,
    ) -> dict[str, Any]:
        """Send a request and return the answer; raise `Refusal` where it is refused.

        None is left out; moments and spans may be `datetime` and `timedelta`, seeds whole numbers.
        """
        target = PREFIX + quote(path) + (f"?{urlencode(_given(query))}" if query and _given(query) else "")
        sent = None if body is None else json.dumps(_given(body)).encode()
        headers = {"Authorization": f"Bearer {self.token}"} | ({"Content-Type": "application/json"} if sent else {})
        with self._turn:
            answer = self._wire.ask(method, target, sent, headers)
        try:
            found: dict[str, Any] = json.loads(answer.body)
        except ValueError as fault:
            raise Dropped(f"{method} {target}", fault) from fault
        if answer.status >= 400:  # noqa: PLR2004 - where refusals begin
            raise Refusal(answer.status, found)
        return found

    def close(self) -> None:
        """Close the connection; the next call opens it again."""
        self._wire.close()


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _written(name, value) for name, value in values.items() if value is not None}


def _written(name: str, value: object) -> object:
    """Return a value as the API reads it: a moment in ISO 8601, a span such as `-1d0s`, a seed as text."""
    if name in _SEEDS and type(value) is int:
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        span = abs(value)
        return f"{'-' if value < span else ''}{span.days}d{(span % timedelta(days=1)).total_seconds():g}s"
    return value
