"""How a store is filled with a scenario, and put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import (
    CHAN,
    MINE,
    NOON,
    PEOPLE,
    account,
    at_confirm,
    new_portal,
    scenario_file,
    shared,
    signed_in,
    tables_of,
    user,
)

from ipportal import scenarios
from ipportal.people import DEFAULT, read
from ipportal.scenarios import cookie_key, in_force, seed
from ipportal.vetting import ScenarioError

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.portal import Portal


def test_a_new_store_is_filled_once_and_says_so() -> None:
    portal = new_portal()

    scenario = seed(portal)

    assert scenario == read(DEFAULT)
    assert [(entry.step, entry.reason) for entry in portal.journal.entries()] == [("seed", "default")]
    assert len(cookie_key(portal.tables)) >= 43


def test_a_second_start_fills_nothing(portal: Portal) -> None:
    portal.register.confirm(at_confirm(portal), {"basic_password": "31415926"})
    before = {name: table.where() for name, table in tables_of(portal).items()}

    scenario = seed(portal)

    assert scenario is None
    assert before == {name: table.where() for name, table in tables_of(portal).items()}


def test_of_two_starts_at_once_one_fills_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    portal = new_portal()
    others: list[object] = []

    def overtaken(name: str) -> scenarios.Scenario:
        monkeypatch.undo()
        others.append(seed(portal))
        return read(name)

    monkeypatch.setattr(scenarios, "read", overtaken)

    assert seed(portal) is None
    assert others == [read(DEFAULT)]
    assert [entry.step for entry in portal.journal.entries()] == ["seed"]


@pytest.mark.parametrize(
    ("key", "issued", "locked"),
    [("fresh-individual", True, False), ("registered", False, False), ("locked-basic", True, True)],
)
def test_a_primary_account_stands_as_its_situation_says(
    portal: Portal, key: str, *, issued: bool, locked: bool
) -> None:
    found = account(portal, PEOPLE[key].basic_user_ids[0])

    assert (found.practice, found.issued, found.locked) == (key, issued, locked)


def test_users_and_cancelled_ids_stand_as_their_situations_say(portal: Portal) -> None:
    assert user(portal, "LongTin6").last_login_at is None
    assert user(portal, "LOCKED14").locked
    assert portal.tables.users.get("gone0016") is None
    assert portal.tables.links.get("99001616") is None
    held = portal.tables.cancelled_ids.get("gone0016")
    seeded_at = portal.journal.entries()[0].real_time
    assert held
    assert timedelta(0) <= seeded_at + timedelta(days=30) - held.free_at < timedelta(minutes=1)


def test_a_reset_puts_everything_back_with_the_clock_and_keeps_the_cookies_key(portal: Portal) -> None:
    fresh = {name: table.where() for name, table in tables_of(portal).items()}
    room = shared(portal)
    room.stored_clock.set(NOON)
    room.register.confirm(at_confirm(room), {"basic_password": "31415926"})
    signed_in(room, "registered")
    room.captcha.issue("a visit")
    room.login.enter(CHAN | {"internet_password": "Wrong12345678"})

    seed(room, anew=True)

    now = {name: table.where() for name, table in tables_of(portal).items()}
    same = ("facts", "links", "drafts", "challenges", "sessions", "notices", "notices_read")
    assert {name: now[name] for name in same} == {name: fresh[name] for name in same}
    assert [replace(each, basic_password_hash="") for each in now["accounts"]] == [
        replace(each, basic_password_hash="") for each in fresh["accounts"]
    ]
    assert [each.folded_id for each in now["users"]] == [each.folded_id for each in fresh["users"]]
    assert room.stored_clock.reading()[1] == "real"
    assert [entry.step for entry in room.journal.entries()] == ["reset"]


def test_the_scenario_in_force_is_the_one_that_filled_the_store(portal: Portal) -> None:
    asked_for_another = replace(portal, settings=replace(portal.settings, scenario="another.toml"))

    assert in_force(asked_for_another) == read(DEFAULT)


def test_an_empty_store_has_no_cookie_key_and_the_wanted_scenario(tmp_path: Path) -> None:
    empty = new_portal(scenario=scenario_file(tmp_path, ""))

    assert cookie_key(empty.tables) == ""
    assert in_force(empty).people == ()


def test_a_scenario_of_ones_own_fills_a_store(tmp_path: Path) -> None:
    portal = new_portal(scenario=scenario_file(tmp_path, MINE))

    scenario = seed(portal)

    assert scenario
    assert [person.key for person in scenario.people] == ["mine"]
    assert in_force(portal) == scenario
    assert account(portal, "99100001").issued
    assert user(portal, "MINE0001").last_login_at is None
    assert portal.login.enter({"internet_user_id": "mine0001", "internet_password": "Practice20251"})[0]


def test_a_person_without_an_internet_user_id_is_not_registered(tmp_path: Path) -> None:
    text = "\n".join(line for line in MINE.splitlines() if not line.startswith("internet_"))
    portal = new_portal(scenario=scenario_file(tmp_path, text))

    seed(portal)

    assert portal.tables.users.where() == []
    assert portal.tables.links.where() == []


def test_a_linked_account_keeps_its_issued_password_though_the_primary_one_changed(tmp_path: Path) -> None:
    text = MINE + 'issued = false\npast_basic_passwords = ["13131313"]\nlast_login = "2025-03-28T10:33:31+08:00"\n'
    portal = new_portal(scenario=scenario_file(tmp_path, text))

    scenario = seed(portal)

    assert scenario
    assert [account(portal, each).issued for each in ("99100001", "99100002")] == [False, True]
    assert [each.basic_user_id for each in portal.tables.past_passwords.where()] == ["99100001"]


def test_a_scenario_that_cannot_be_used_leaves_the_store_as_it_was(portal: Portal) -> None:
    before = {name: table.where() for name, table in tables_of(portal).items()}
    broken = replace(portal, settings=replace(portal.settings, scenario="missing.toml"))

    with pytest.raises(ScenarioError):
        seed(broken, anew=True)

    assert before == {name: table.where() for name, table in tables_of(portal).items()}
