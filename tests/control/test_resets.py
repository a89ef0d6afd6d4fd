"""A reset puts a workspace back to where it began, or to where the tester says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import MINE, NOON

if TYPE_CHECKING:
    from pathlib import Path

    from control.api import Api

NOW = "2025-03-31T05:00:00+08:00"


def test_a_reset_puts_back_all_but_name_token_and_checkpoints(api: Api) -> None:
    made = api.create("w", scenario="empty", now=NOW)
    api.post("/workspaces/w/accounts")
    api.post("/workspaces/w/faults", kind="error_500", step="home")
    api.done("PUT", "/workspaces/w/captcha", {"mode": "real"})
    api.post("/workspaces/w/clock/real")
    api.post("/workspaces/w/maintenance/suspend", lasting="1h")
    api.done("PUT", "/workspaces/w/checkpoints/mine")

    after = api.post("/workspaces/w/reset")

    assert {name: after[name] for name in ("name", "token", "scenario")} == {
        name: made[name] for name in ("name", "token", "scenario")
    }
    assert (after["now"], after["clock_mode"], after["captcha"]) == (NOW, "frozen", "fixed")
    assert api.get("/workspaces/w/accounts")["accounts"] == []
    assert api.get("/workspaces/w/faults")["faults"] == []
    assert api.get("/workspaces/w/maintenance")["suspension"] is None
    assert [each["name"] for each in api.get("/workspaces/w/checkpoints")["own"]] == ["mine"]


def test_a_reset_may_lead_to_another_scenario_and_time(api: Api) -> None:
    api.create("w", scenario="empty")

    after = api.post("/workspaces/w/reset", scenario="default", now=NOW)

    assert (after["scenario"], after["now"], after["clock_mode"]) == ("default", NOW, "frozen")
    assert api.get("/workspaces/w/accounts")["accounts"]


def test_a_default_moment_holds_where_neither_the_call_nor_the_scenario_has_one(api: Api) -> None:
    staged = f'now = "{NOW}"\n{MINE}'
    moment = NOON.isoformat()

    assert api.create("plain", default_now=moment)["now"] == moment
    assert api.create("staged", default_now=moment, scenario_toml=staged)["now"] == NOW
    assert api.create("told", default_now=moment, now=NOW)["now"] == NOW
    api.create("real")
    assert api.post("/workspaces/real/reset", default_now=NOW)["now"] == NOW
    assert api.post("/workspaces/real/reset")["clock_mode"] == "real"


def test_a_reset_brings_back_the_time_and_captcha_that_the_workspace_was_made_with(api: Api) -> None:
    api.create("w", now=NOW, captcha_word="ABC234")
    for change in (("clock/set", {"at": NOON.isoformat()}), ("reset", {"scenario": "empty"})):
        api.post(f"/workspaces/w/{change[0]}", **change[1])
    other = api.get("/workspaces/w")
    api.post("/workspaces/w/reset", scenario="default")

    after = api.post("/workspaces/w/reset")

    assert (other["clock_mode"], other["scenario"]) == ("real", "empty")
    assert (after["now"], after["scenario"], after["captcha"]) == (NOW, "default", "fixed")
    assert api.get("/workspaces/w/captcha")["word"] == "ABC234"
    assert api.post("/workspaces/w/reset", now=NOON.isoformat())["now"] == NOON.isoformat()


@pytest.mark.parametrize("scenario", ["default", "class"])
def test_to_name_the_scenario_that_is_there_is_to_name_none(api: Api, tmp_path: Path, scenario: str) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "class.toml").write_text(MINE, encoding="utf-8")
    made = api.create("w", scenario=scenario, now=NOW, captcha_word="ABC234")
    api.post("/workspaces/w/clock/real")

    after = api.post("/workspaces/w/reset", scenario=scenario)

    assert after == made | {"expires_at": after["expires_at"]}
    assert (after["scenario"], after["now"]) == (scenario, NOW)
    assert [each["reason"] for each in api.get("/workspaces/w/journal")["entries"]] == [scenario]


def test_another_text_is_another_scenario(api: Api) -> None:
    api.create("w", scenario_toml=MINE, now=NOW)

    after = api.post("/workspaces/w/reset", scenario_toml=MINE.replace("mine", "other"))

    assert (after["scenario"], after["clock_mode"]) == ("inline", "real")
    assert [each["key"] for each in api.get("/workspaces/w/people")["people"]] == ["other"]


def test_a_reset_reads_the_scenarios_file_again_and_refuses_one_that_is_broken(api: Api, tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    file = tmp_path / "scenarios" / "class.toml"
    file.write_text(MINE, encoding="utf-8")
    api.create("w", scenario="class")
    file.write_text(MINE.replace('key = "mine"', 'key = "changed"'), encoding="utf-8")

    api.post("/workspaces/w/reset")
    file.write_text("people = 7", encoding="utf-8")

    assert api.refused("POST", "/workspaces/w/reset", {}).code == "scenario_value"
    assert [each["key"] for each in api.get("/workspaces/w/people")["people"]] == ["changed"]
