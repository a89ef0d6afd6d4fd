"""A workspace begins whole, and ends for one who removes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from houses import house_at, refused
from props import NOON

from ipportal.people import DEFAULT, EMPTY, parse, read

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.workspaces import Workspaces


@pytest.fixture(params=["files", "memory"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Workspaces:
    return house_at(tmp_path, request.param)


def test_of_two_who_remove_a_workspace_one_is_told_that_it_is_not_there(
    house: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.create("a", read(EMPTY))
    house.remove("a")
    monkeypatch.setattr(house._place, "has", lambda _: True)  # it was, when the second one looked
    monkeypatch.setattr(house._place, "open", lambda _: None)

    assert refused(lambda: house.remove("a")) == ("unknown", "a")


def test_a_workspace_begins_with_the_captcha_asked_for_and_not_with_its_scenarios(house: Workspaces) -> None:
    scenario = parse("inline", '[captcha]\nmode = "seeded"\nseed = "1"\n')

    portal = house.create("a", scenario, captcha={"mode": "fixed", "word": "XYZ789", "seed": ""})

    assert portal.standing().portal.settings.captcha_word == "XYZ789"
    assert house.create("b", scenario).standing().portal.settings.captcha_mode == "seeded"


def test_a_captcha_that_a_public_portal_may_not_have_does_not_come_back_by_a_reset(house: Workspaces) -> None:
    house.create("a", read(DEFAULT), NOON, {"mode": "reveal", "word": "", "seed": "1"})
    safe = {"captcha_mode": "real", "captcha_word": "", "bcrypt_cost": 10, "access_password": "trainees-only"}
    house.main = replace(house.main, settings=replace(house.main.settings, public=True, **safe))  # type: ignore[arg-type]

    house.reset(house.get("a"))

    portal = house.get("a")
    assert portal.stored_clock.reading() == (NOON, "frozen")
    assert portal.tables.facts.get("captcha") is None
