from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from props import MINE, NOON, WORD

from ipportal import __version__
from ipportal.settings import KNOBS
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from pathlib import Path

    from control.api import Api

    from ipportal.portal import Portal

NOW = "2025-03-31T05:00:00+08:00"


def test_health_says_that_the_store_can_be_read_and_nothing_else(api: Api) -> None:
    api.create("w")

    wanted = {"status": "ok", "version": __version__, "workspaces": 2, "lost_log_lines": 0}
    assert api.with_token("").get("/health") == wanted


def test_every_setting_is_told_with_its_origin_but_no_secret(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(api.house.main.settings.__dict__, "access_password", "Kanarie93847")
    monkeypatch.setitem(api.house.main.settings.__dict__, "origins", {"port": "environment"})

    told = {each["name"]: each for each in api.get("/settings")["settings"]}

    assert set(told) == {knob.name for knob in KNOBS}
    assert told["access_password"]["value"] == "hidden"
    assert told["captcha_word"] == {"name": "captcha_word", "value": WORD, "origin": "default"}
    assert told["port"] == {"name": "port", "value": "8080", "origin": "environment"}
    assert "Kanarie" not in str(told)


def test_a_workspace_is_created_with_nothing_said(api: Api) -> None:
    made = api.post("/workspaces")

    assert made["url"] == f"http://localhost/w/{made['name']}/"
    assert (made["scenario"], made["clock_mode"], made["captcha"]) == ("default", "real", "fixed")
    assert made["expires_at"]
    assert api.get(f"/workspaces/{made['name']}")["token"] == made["token"]
    assert api.get("/workspaces") == {"workspaces": ["main", made["name"]]}


def test_a_workspace_without_a_scenario_has_the_people_of_the_setting(api: Api, tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "class.toml").write_text(f'now = "{NOW}"\n{MINE}', encoding="utf-8")
    object.__setattr__(api.house.main.settings, "scenario", "class")

    made = api.create("w")

    assert (made["scenario"], made["now"]) == ("class", NOW)
    assert [each["key"] for each in api.get("/workspaces/w/people")["people"]] == ["mine"]
    assert api.create("x", scenario="default")["scenario"] == "default"


def test_main_is_a_workspace_that_never_expires(api: Api) -> None:
    main = api.get("/workspaces/main")

    assert (main["url"], main["expires_at"], main["now"]) == ("http://localhost/", None, NOON.isoformat())


def test_a_workspace_begins_where_the_test_says(api: Api) -> None:
    made = api.create("w", scenario_toml=MINE, now=NOW, captcha="fixed", captcha_word="ABC234")

    assert (made["scenario"], made["now"], made["clock_mode"], made["captcha"]) == ("inline", NOW, "frozen", "fixed")
    assert [each["key"] for each in api.get("/workspaces/w/people")["people"]] == ["mine"]
    assert api.get("/workspaces/w/captcha")["word"] == "ABC234"


def test_a_scenario_of_the_instance_folder_goes_by_its_name(api: Api, tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "class.toml").write_text(MINE, encoding="utf-8")

    assert api.create("w", scenario="class")["scenario"] == "class"
    assert [each["key"] for each in api.get("/workspaces/w/people")["people"]] == ["mine"]
    assert api.post("/workspaces/w/reset")["scenario"] == "class"
    refusal = api.refused("POST", "/workspaces", {"scenario": "other"})
    assert refusal.accepted == ["default", "empty", "class"]


@pytest.mark.parametrize("name", ["../class", "class.toml", "/etc/passwd", "CLASS", "..", "scenarios/class"])
def test_a_scenarios_name_never_leads_out_of_its_folder(api: Api, tmp_path: Path, name: str) -> None:
    (tmp_path / "class.toml").write_text(MINE, encoding="utf-8")
    (tmp_path / "scenarios").mkdir()

    assert api.refused("POST", "/workspaces", {"scenario": name}).code == "scenario_unknown"
    assert api.refused("POST", "/workspaces/main/reset", {"scenario": name}).code == "scenario_unknown"


def test_a_removed_workspace_is_gone_with_its_pages(api: Api) -> None:
    api.create("w", now=NOON.isoformat())  # by real time it may be closed just now
    assert api.client.open("/w/w/").status_code == 200

    assert api.done("DELETE", "/workspaces/w") == {}

    assert api.refused("GET", "/workspaces/w").accepted == ["GET /_control/v1/workspaces"]
    assert api.client.open("/w/w/").status_code == 404
    assert api.get("/workspaces") == {"workspaces": ["main"]}


def test_a_workspace_that_another_removes_at_once_is_told_as_it_was_made(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Workspaces.make

    def and_gone(house: Workspaces, *given: Any) -> Portal:
        made = make(house, *given)
        house.remove(made.name)
        return made

    monkeypatch.setattr(Workspaces, "make", and_gone)

    created = api.create("w", now=NOON.isoformat(), captcha="reveal")

    assert {name: created[name] for name in ("name", "now", "clock_mode", "captcha", "scenario")} == {
        "name": "w",
        "now": NOON.isoformat(),
        "clock_mode": "frozen",
        "captcha": "reveal",
        "scenario": "default",
    }
    assert created["expires_at"]
    assert api.get("/workspaces") == {"workspaces": ["main"]}


@pytest.mark.parametrize("name", ["", "W", "a_b", "a.b", "-" * 41, "a\n", " a", "\u00e4", "../a"])
def test_a_name_that_could_not_stand_in_an_address_is_refused(api: Api, name: str) -> None:
    found = api.refused("POST", "/workspaces", {"name": name})

    assert (found.code, found.json["where"], found.accepted) == ("value", "/name", ["pattern: ^[a-z0-9-]{1,40}$"])


def test_names_and_full_houses_are_refused_at_the_name(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    api.create("w")

    assert api.refused("POST", "/workspaces", {"name": "w"}).json["where"] == "/name"
    assert api.refused("POST", "/workspaces", {"name": "main"}).accepted == ["^[a-z0-9-]{1,40}$", "not main"]
    monkeypatch.setattr("ipportal.workspaces.MOST", 2)
    api.create("x")
    assert api.refused("POST", "/workspaces", {"name": "y"}).accepted == ["1000"]


def test_nothing_is_created_where_its_captcha_is_refused(api: Api) -> None:
    """What main's tester has chosen for main must not make up for what the new workspace lacks."""
    object.__setattr__(api.house.main.settings, "captcha_mode", "real")
    object.__setattr__(api.house.main.settings, "captcha_word", "")
    api.done("PUT", "/workspaces/main/captcha", {"mode": "fixed", "word": "ABC234"})

    found = api.refused("POST", "/workspaces", {"name": "w", "captcha": "fixed"})

    assert (found.code, found.accepted) == ("captcha_word", ["^[A-Z0-9]{6}$"])
    assert api.get("/workspaces") == {"workspaces": ["main"]}


@pytest.mark.parametrize(
    ("given", "mode", "word", "seed"),
    [
        ({"captcha_seed": "7"}, "seeded", "", "7"),
        ({"captcha_word": "ABC234"}, "fixed", "ABC234", "1"),
        ({"captcha_word": "ABC234", "captcha_seed": "7"}, "fixed", "ABC234", "7"),
        ({"captcha": "fixed"}, "fixed", WORD, "1"),
        ({"captcha": "reveal", "captcha_seed": ""}, "reveal", "", ""),
    ],
)
def test_a_word_or_a_seed_alone_says_which_captcha_is_meant(
    api: Api, given: dict[str, str], mode: str, word: str, seed: str
) -> None:
    api.create("w", **given)

    told = api.get("/workspaces/w/captcha")

    assert (told["mode"], told["word"], told["seed"]) == (mode, word, seed)
