"""The default scenario, and how a store is filled with it and put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import CHAN, NOON, PEOPLE, account, at_confirm, new_portal, shared, signed_in, tables_of, user

from ipportal import scenarios
from ipportal.rules import CATALOGUE, problem
from ipportal.scenarios import DEFAULT, cookie_key, in_force, read, seed
from ipportal.settings import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.portal import Portal

SITUATIONS = {
    "fresh-individual",
    "fresh-joint",
    "fresh-corporate",
    "fresh-four",
    "fresh-macau",
    "trap-prefix",
    "registered-first-login-due",
    "registered",
    "registered-linked",
    "registered-corporate",
    "history-11",
    "history-12",
    "history-13",
    "locked-internet",
    "locked-basic",
    "cancelled",
}


def test_the_default_scenario_has_the_situations_that_testers_rely_on() -> None:
    assert set(PEOPLE) >= SITUATIONS
    assert len(PEOPLE) >= 14


def test_every_basic_user_id_is_invented_and_held_once() -> None:
    held = [each for person in PEOPLE.values() for each in person.basic_user_ids]

    assert [each for each in held if not each.startswith("99")] == []
    assert len(held) == len(set(held))


@pytest.mark.parametrize("key", PEOPLE)
def test_every_row_of_the_scenario_passes_the_visitors_rules(key: str) -> None:
    person = PEOPLE[key]
    values = [
        ("account_kind", person.account_kind),
        ("identity_prefix", person.identity_prefix),
        *(("basic_user_id", each) for each in person.basic_user_ids),
        *(("basic_password", each) for each in (person.basic_password, *person.past_basic_passwords)),
        *([("internet_user_id", person.internet_user_id)] if person.internet_user_id else []),
        *([("internet_password", person.internet_password)] if person.internet_password else []),
    ]

    assert [(name, value) for name, value in values if problem(CATALOGUE[name], value)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_person_and_notice_has_its_words_in_every_language(lang: str) -> None:
    scenario = read(DEFAULT)

    words = [text[lang] for person in scenario.people for text in (person.names, person.situation)]
    words += [text[lang] for notice in scenario.notices for text in (notice.subject, notice.body)]

    assert all(words)


def test_the_histories_are_as_long_as_their_keys_say() -> None:
    lengths = [len(set(PEOPLE[f"history-{number}"].past_basic_passwords)) for number in (11, 12, 13)]

    assert lengths == [11, 12, 13]


def test_the_trap_differs_from_the_first_person_by_one_character_of_the_prefix() -> None:
    pairs = zip(PEOPLE["fresh-individual"].identity_prefix, PEOPLE["trap-prefix"].identity_prefix, strict=True)

    assert [one != other for one, other in pairs].count(True) == 1


def test_a_person_is_published_with_what_a_tester_may_know() -> None:
    published = PEOPLE["registered"].published("en")

    assert published == {
        "key": "registered",
        "situation": "Registered, basic password changed. Login leads straight to the main page.",
        "account_kind": "personal",
        "basic_user_ids": ["99000707"],
        "identity_prefix": "ZE11",
        "basic_password": "28284271",
        "internet_user_id": "NimChi07",
        "internet_password": "Practice20257",
        "past_basic_passwords": ["30000007"],
        "names": {"zh-Hant": "蘇念慈", "en": "So Nim Chi", "zh-Hans": "苏念慈"},
    }
    assert PEOPLE["fresh-individual"].published("en")["internet_user_id"] is None


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
    assert in_force(portal.tables, "another.toml") == read(DEFAULT)


def test_an_empty_store_has_no_cookie_key_and_the_wanted_scenario(tmp_path: Path) -> None:
    empty = new_portal()
    wanted = tmp_path / "class.toml"
    wanted.write_text("", encoding="utf-8")

    assert cookie_key(empty.tables) == ""
    assert in_force(empty.tables, str(wanted)).people == ()
