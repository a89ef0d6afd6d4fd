"""A way through every operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from control.api import Api

W = "/workspaces/tour"
ACCOUNT = f"{W}/accounts/99100000"
USER = f"{W}/users/Tourist1"
PASSWORD = "Practice20259"

BEGIN: list[tuple[str, str, Any]] = [
    ("GET", "/health", None),
    ("GET", "/openapi.json", None),
    ("GET", "/settings", None),
    ("GET", "/workspaces", None),
    ("POST", "/workspaces", {"name": "tour", "now": "2025-03-31T12:00:00+08:00", "captcha": "reveal"}),
    ("GET", W, None),
    ("GET", f"{W}/people", None),
    ("GET", f"{W}/clock", None),
    ("POST", f"{W}/clock/set", {"at": "2025-03-31T04:59:59+08:00"}),
    ("POST", f"{W}/clock/advance", {"by": "1s"}),
    ("GET", f"{W}/maintenance", None),
    ("POST", f"{W}/clock/run", None),
    ("POST", f"{W}/clock/shift", {"by": "-1d"}),
    ("POST", f"{W}/clock/real", None),
    ("POST", f"{W}/maintenance/suspend", {"lasting": "30m"}),
    ("POST", f"{W}/maintenance/resume", None),
    ("POST", f"{W}/accounts", {"basic_user_id": "99100000"}),
    ("GET", f"{W}/accounts", None),
    ("GET", ACCOUNT, None),
    ("POST", f"{ACCOUNT}/lock", None),
    ("POST", f"{ACCOUNT}/unlock", None),
    ("POST", f"{ACCOUNT}/reissue", {}),
    ("POST", f"{ACCOUNT}/history", {"count": 3}),
    (
        "POST",
        f"{W}/users",
        {"internet_user_id": "Tourist1", "internet_password": PASSWORD, "basic_user_ids": ["99100000"]},
    ),
    ("GET", f"{W}/users", None),
    ("GET", USER, None),
    ("POST", f"{USER}/lock", None),
    ("POST", f"{USER}/unlock", None),
    ("PUT", f"{W}/captcha", {"mode": "seeded", "seed": "7"}),
    ("GET", f"{W}/captcha", None),
    ("GET", "/faults", None),
    ("POST", f"{W}/faults", {"kind": "error_500", "step": "login/form"}),
    ("GET", f"{W}/faults", None),
    ("DELETE", f"{W}/faults/1", None),
    ("DELETE", f"{W}/faults", None),
    ("POST", f"{W}/notices", {"reference": "N-1", "subject": {"en": "S"}, "body": {"en": "B"}}),
    ("GET", f"{W}/notices", None),
    ("DELETE", f"{W}/notices/N-1", None),
    ("GET", f"{W}/journal", None),
    ("GET", f"{W}/coverage", None),
    ("GET", "/rules", None),
    ("GET", "/rules/vectors", None),
    ("GET", "/rules/coverage", None),
    ("GET", f"{W}/sessions", None),
]
END: list[tuple[str, str, Any]] = [
    ("DELETE", USER, None),
    ("DELETE", ACCOUNT, None),
    ("PUT", f"{W}/checkpoints/mine", None),
    ("GET", f"{W}/checkpoints", None),
    ("GET", f"{W}/checkpoints/mine", None),
    ("POST", f"{W}/checkpoints/mine/open", None),
    ("DELETE", f"{W}/checkpoints/mine", None),
    ("POST", f"{W}/reset", {}),
    ("DELETE", W, None),
]


def tour(api: Api) -> Iterator[tuple[str, str]]:
    """Call every operation with success; yield method and path of each."""
    for method, path, body in BEGIN:
        api.done(method, path, body)
        yield method, path
    portal = api.portal("tour").standing().portal
    user = portal.tables.users.get("nimchi07")
    assert user
    portal.sessions.begin(user)
    session = api.get(f"{W}/sessions")["sessions"][0]["session"]
    snapshot = api.get(f"{W}/snapshot")
    more = [("DELETE", f"{W}/sessions/{session}", None), ("POST", f"{W}/restore", snapshot)]
    for method, path, body in [*more, *END]:
        api.done(method, path, body)
        yield method, path
    yield "GET", f"{W}/snapshot"
