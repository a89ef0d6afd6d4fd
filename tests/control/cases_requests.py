"""Requests that are refused before any operation sees them, by code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ipportal.store import Unavailable
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from control.api import Answer, Api

    Case = Callable[[Api, pytest.MonkeyPatch], Answer]

W: Final = "/workspaces/w"
JSON: Final = {"content_type": "application/json"}


def sent(body: bytes, **more: Any) -> Case:
    """Return the sending of a body to an operation that takes one."""
    return lambda api, _: api.refused("POST", f"{W}/clock/set", data=body, **JSON | more)


def asked(method: str, path: str, body: Any = None, **more: Any) -> Case:
    return lambda api, _: api.refused(method, path, body, **more)


def broken(fault: Exception) -> Case:
    """Return a question to a server whose store fails so."""

    def case(api: Api, monkeypatch: pytest.MonkeyPatch) -> Answer:
        def fail(_house: Workspaces) -> None:
            raise fault

        with monkeypatch.context() as patch:
            patch.setattr(Workspaces, "names", fail)
            return api.ask("GET", "/workspaces")

    return case


def with_token(token: str) -> Case:
    return lambda api, _: api.with_token(token).refused("GET", W)


REQUESTS: Final[dict[str, Case]] = {
    "host": asked("GET", "/health", base_url="http://rebound.example"),
    "json": sent(b"{"),
    "json_depth": sent(b'{"at": ' + b"[" * 16 + b"]" * 16 + b"}"),
    "json_key_twice": sent(b'{"at": "2025-03-31T12:00+08:00", "at": "2025-03-31T13:00+08:00"}'),
    "json_number": sent(b'{"at": NaN}'),
    "json_text": sent(b'{"at": "\\u0000"}'),
    "query_twice": asked("GET", f"{W}/journal?after=1&after=2"),
    "token_missing": with_token(""),
    "token_wrong": with_token("ipp-" + "A" * 43),
    "origin": asked("GET", "/health", headers={"Origin": "http://other.example"}),
    "token_foreign": lambda api, _: api.of("w").refused("GET", "/workspaces/main"),
    "route": asked("GET", "/nowhere"),
    "method": asked("PATCH", "/workspaces"),
    "too_large": sent(b" " * (64 * 1024 + 1)),
    "media_type": sent(b"at=now", content_type="application/x-www-form-urlencoded"),
    "internal": broken(RuntimeError("the words of a fault")),
    "store": broken(Unavailable("busy", "the path of the store")),
    "value": asked("POST", f"{W}/clock/set", {"at": "2025-03-31T12:00+08:00", "on": True}),
    "time_moment": asked("POST", f"{W}/clock/set", {"at": "noon"}),
    "time_naive": asked("POST", f"{W}/clock/set", {"at": "2025-03-31T12:00:00"}),
    "time_range": asked("POST", f"{W}/clock/set", {"at": "1999-12-31T23:59:59+08:00"}),
    "time_span": asked("POST", f"{W}/clock/shift", {"by": "soon"}),
}
