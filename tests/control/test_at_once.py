"""Of two calls that change one thing at once, each is answered with what it did itself."""

from __future__ import annotations

from pkgutil import resolve_name
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from control.api import Api

Ask = tuple[str, str, dict[str, str]]

W = "/workspaces/w/"
USER, ACCOUNT = f"{W}users/NimChi07/", f"{W}accounts/99000101/"
SOONER, LATER = "2030-01-01T00:00:00+08:00", "2031-01-01T00:00:00+08:00"


CALLS: list[tuple[str, str, list[tuple[Ask, object]]]] = [
    (
        "time.read_clock",
        "now",
        [
            (("POST", f"{W}clock/set", {"at": SOONER}), SOONER),
            (("POST", f"{W}clock/set", {"at": LATER}), LATER),
        ],
    ),
    (
        "time.read_maintenance",
        "retry_after",
        [
            (("POST", f"{W}maintenance/suspend", {"lasting": "1h"}), 3600),
            (("POST", f"{W}maintenance/resume", {}), None),
        ],
    ),
    (
        "captcha.read_captcha",
        "mode",
        [
            (("PUT", f"{W}captcha", {"mode": "reveal"}), "reveal"),
            (("PUT", f"{W}captcha", {"mode": "expired"}), "expired"),
        ],
    ),
    ("users.read_user", "locked", [(("POST", f"{USER}lock", {}), True), (("POST", f"{USER}unlock", {}), False)]),
    (
        "accounts.read_account",
        "locked",
        [(("POST", f"{ACCOUNT}lock", {}), True), (("POST", f"{ACCOUNT}unlock", {}), False)],
    ),
]


@pytest.mark.parametrize(("reads", "key", "calls"), CALLS)
def test_each_of_two_calls_at_once_tells_its_own_change(
    api: Api, monkeypatch: pytest.MonkeyPatch, reads: str, key: str, calls: list[tuple[Ask, object]]
) -> None:
    api.create("w", now="2025-03-31T12:00:00+08:00")
    told: dict[int, object] = {}

    def ask(number: int, call: Ask) -> None:
        told[number] = api.done(*call)[key]

    read = resolve_name(f"ipportal.control.{reads}")
    others = [Thread(target=ask, args=(1, calls[1][0]))]
    [other] = others

    def reading(*words: Any) -> Any:
        if others:  # the other call comes between changing and reading, if that can be
            others.pop().start()
            other.join(0.5)
        return read(*words)

    monkeypatch.setattr(f"ipportal.control.{reads}", reading)
    ask(0, calls[0][0])
    other.join()

    assert told == {0: calls[0][1], 1: calls[1][1]}
