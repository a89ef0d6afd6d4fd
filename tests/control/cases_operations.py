"""What the operations themselves refuse, by code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from control.cases_requests import W, asked
from props import MINE

from ipportal.store.schema import Checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from control.api import Answer, Api
    from control.cases_requests import Case

USER: Final = {"internet_user_id": "Newcomer", "internet_password": "Practice20251"}


def scenario(text: str) -> Case:
    return asked("POST", "/workspaces", {"scenario_toml": text})


def spoiled(spoil: Callable[[dict[str, Any]], object]) -> Case:
    """Return the restoring of a snapshot in which something was changed by hand."""

    def case(api: Api, _: pytest.MonkeyPatch) -> Answer:
        file = api.get(f"{W}/snapshot")
        spoil(file)
        return api.refused("POST", f"{W}/restore", file)

    return case


def last_user_goes(file: dict[str, Any]) -> None:
    file["tables"]["users"].pop()


def account_stands_twice(file: dict[str, Any]) -> None:
    file["tables"]["accounts"].append(file["tables"]["accounts"][0])


def kept_file_breaks(api: Api, _: pytest.MonkeyPatch) -> Answer:
    portal = api.portal("w")
    portal.tables.checkpoints.insert(Checkpoint("torn", portal.clock.now(), "{"))
    return api.refused("POST", f"{W}/checkpoints/torn/open")


def twenty_faults(api: Api, _: pytest.MonkeyPatch) -> Answer:
    fault = {"kind": "error_500", "step": "home"}
    for _number in range(20):
        api.done("POST", f"{W}/faults", fault)
    return api.refused("POST", f"{W}/faults", fault)


def fifty_checkpoints(api: Api, _: pytest.MonkeyPatch) -> Answer:
    portal = api.portal("w")
    with portal.tables.atomic():
        for number in range(50):
            portal.tables.checkpoints.insert(Checkpoint(f"c{number}", portal.clock.now(), "{}"))
    return api.refused("PUT", f"{W}/checkpoints/one-more")


def house_is_full(api: Api, monkeypatch: pytest.MonkeyPatch) -> Answer:
    monkeypatch.setattr("ipportal.workspaces.MOST", 1)
    return api.refused("POST", "/workspaces", {})


def notice_again(api: Api, _: pytest.MonkeyPatch) -> Answer:
    reference = api.get(f"{W}/notices")["notices"][0]["reference"]
    words = {"subject": {"en": "S"}, "body": {"en": "B"}}
    return api.refused("POST", f"{W}/notices", {"reference": reference} | words)


def no_word_yet(api: Api, _: pytest.MonkeyPatch) -> Answer:
    api.portal("w").captcha.choose("real", "", "")
    return api.refused("PUT", f"{W}/captcha", {"mode": "fixed"})


def public_portal(api: Api, monkeypatch: pytest.MonkeyPatch) -> Answer:
    for name, value in (("public", True), ("captcha_mode", "real"), ("captcha_word", "")):
        monkeypatch.setitem(api.house.main.settings.__dict__, name, value)
    return api.refused("PUT", "/workspaces/main/captcha", {"mode": "reveal"})


OPERATIONS: Final[dict[str, Case]] = {
    "account_unknown": asked("GET", f"{W}/accounts/99999999"),
    "checkpoint_unknown": asked("GET", f"{W}/checkpoints/nowhere"),
    "fault_unknown": lambda api, _: (
        api.done("POST", f"{W}/faults", {"kind": "error_500", "step": "home"}),
        api.refused("DELETE", f"{W}/faults/77"),
    )[1],
    "notice_unknown": asked("DELETE", f"{W}/notices/nothing"),
    "session_unknown": lambda api, _: (
        api.portal("w").sessions.begin(api.portal("w").tables.users.where()[0]),
        api.refused("DELETE", f"{W}/sessions/0123456789abcdef"),
    )[1],
    "user_unknown": asked("POST", f"{W}/users/Nobody00/lock"),
    "workspace_unknown": asked("GET", "/workspaces/nowhere"),
    "account_linked": asked("DELETE", f"{W}/accounts/99000707"),
    "account_taken": asked("POST", f"{W}/accounts", {"basic_user_id": "99000101"}),
    "captcha_public": public_portal,
    "checkpoint_full": fifty_checkpoints,
    "fault_full": twenty_faults,
    "notice_taken": notice_again,
    "user_taken": asked("POST", f"{W}/users", USER | {"internet_user_id": "nimchi07", "basic_user_ids": ["99000101"]}),
    "workspace_full": house_is_full,
    "workspace_main": asked("DELETE", "/workspaces/main"),
    "workspace_taken": asked("POST", "/workspaces", {"name": "w"}),
    "workspace_name": asked("POST", "/workspaces", {"name": "main"}),
    "captcha_word": no_word_yet,
    "checkpoint_columns": spoiled(lambda file: file["columns"]["users"].pop()),
    "checkpoint_format": spoiled(lambda file: file.update(format="another")),
    "checkpoint_json": kept_file_breaks,
    "checkpoint_keys": spoiled(lambda file: file.update(more={})),
    "checkpoint_name": asked("PUT", f"{W}/checkpoints/login-1"),
    "checkpoint_refers": spoiled(last_user_goes),
    "checkpoint_row": spoiled(lambda file: file["tables"]["accounts"][0].pop()),
    "checkpoint_tables": spoiled(lambda file: file["tables"].pop("users")),
    "checkpoint_twice": spoiled(account_stands_twice),
    "checkpoint_version": spoiled(lambda file: file.update(version=2)),
    "checkpoint_visit": spoiled(lambda file: file.update(path="//other.example/")),
    "fault_moment": asked("POST", f"{W}/faults", {"kind": "error_500", "step": "home", "moment": "submit"}),
    "fault_option": asked("POST", f"{W}/faults", {"kind": "delay", "step": "home", "minutes": 5}),
    "fault_step": asked("POST", f"{W}/faults", {"kind": "error_500", "step": "nowhere"}),
    "scenario_file": scenario("people = ["),
    "scenario_invented": scenario(MINE.replace("991", "040")),
    "scenario_key": scenario(MINE.replace("basic_password", "password")),
    "scenario_two": asked("POST", "/workspaces", {"scenario": "empty", "scenario_toml": MINE}),
    "scenario_unknown": asked("POST", "/workspaces", {"scenario": "../token"}),
    "scenario_value": scenario(MINE.replace("12121212", "1212")),
    "scenario_words": scenario(MINE.replace('en = "Somebody", ', "")),
    "suspension_end": asked("POST", f"{W}/maintenance/suspend", {}),
}
