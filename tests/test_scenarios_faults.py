"""A scenario of one's own: what is let in, and each fault by its code and place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from props import account, new_portal, tables_of, user

from ipportal.scenarios import Person, ScenarioError, in_force, read, seed

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.portal import Portal

PERSON = """
[[people]]
key = "mine"
situation = { "zh-Hant" = "練習", en = "practice", "zh-Hans" = "练习" }
names = { "zh-Hant" = "某", en = "Somebody", "zh-Hans" = "某" }
account_kind = "personal"
identity_prefix = "ZZ99"
basic_user_ids = ["99100001", "99100002"]
basic_password = "12121212"
internet_user_id = "MINE0001"
internet_password = "Practice20251"
"""
NOTICE = """
[[notices]]
reference = "X"
published_on = "2025-01-01"
topic = "training"
subject = { en = "X" }
"""


def write(tmp_path: Path, text: str) -> str:
    path = tmp_path / "class.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_scenario_of_ones_own_fills_a_store(tmp_path: Path) -> None:
    portal = new_portal(scenario=write(tmp_path, PERSON))

    scenario = seed(portal)

    assert scenario
    assert [person.key for person in scenario.people] == ["mine"]
    assert in_force(portal.tables, "default") == scenario
    assert account(portal, "99100001").issued
    assert user(portal, "MINE0001").last_login_at is None
    assert portal.login.enter({"internet_user_id": "mine0001", "internet_password": "Practice20251"})[0]


def test_a_person_without_an_internet_user_id_is_not_registered(tmp_path: Path) -> None:
    text = "\n".join(line for line in PERSON.splitlines() if not line.startswith("internet_"))
    portal = new_portal(scenario=write(tmp_path, text))

    seed(portal)

    assert portal.tables.users.where() == []
    assert portal.tables.links.where() == []


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("[[people]]", "[[people", "file", "class.toml"),
        ('key = "mine"', 'key = "mine"\nlock = "basic"', "unknown", "people[0].lock"),
        ('key = "mine"', "", "value", "people[0]"),
        ('"personal"', '"joint"', "value", "mine.account_kind"),
        ('"ZZ99"', '"ZZ9"', "value", "mine.identity_prefix"),
        ('"99100002"', '"9910000\uff12"', "value", "mine.basic_user_id"),
        ('"12121212"', '"1212121"', "value", "mine.basic_password"),
        ('"MINE0001"', '"MINE 001"', "value", "mine.internet_user_id"),
        ('"Practice20251"', '"Practicepassw"', "value", "mine.internet_password"),
        ('internet_password = "Practice20251"', "", "value", "mine.internet_password"),
        ('"12121212"', '"12121212"\npast_basic_passwords = ["1212121x"]', "value", "mine.basic_password"),
        ('"99100002"', '"04000001"', "invented", "mine"),
        ('["99100001", "99100002"]', "[]", "value", "mine.basic_user_ids"),
        (
            '"99100002"',
            '"99100002", "99100003", "99100004", "99100005"',
            "value",
            "mine.basic_user_ids",
        ),
        ('"99100002"', '"99100001"', "value", "basic_user_ids"),
        ('en = "practice", ', "", "words", "mine"),
        ('en = "Somebody", ', 'en = "Somebody", fr = "Personne", ', "words", "mine"),
    ],
)
def test_a_fault_is_refused_by_its_code_and_place(tmp_path: Path, old: str, new: str, code: str, where: str) -> None:
    name = write(tmp_path, PERSON.replace(old, new))

    with pytest.raises(ScenarioError) as refused:
        read(name)

    assert (refused.value.code, refused.value.where.removeprefix(f"{tmp_path}/")) == (code, where)


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [(NOTICE, "value", "notices[0]"), (NOTICE + 'colour = "red"', "unknown", "notices[0].colour")],
)
def test_a_notice_must_have_all_its_parts_and_no_other(tmp_path: Path, text: str, code: str, where: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        read(write(tmp_path, PERSON + text))

    assert (refused.value.code, refused.value.where) == (code, where)


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes('key = "caf\xe9"'.encode("latin-1"))

    for name in (str(tmp_path / "missing.toml"), str(tmp_path), str(latin)):
        with pytest.raises(ScenarioError) as refused:
            read(name)
        assert (refused.value.code, refused.value.where) == ("file", name)


def test_two_people_cannot_hold_one_account(tmp_path: Path) -> None:
    other = PERSON.replace('"mine"', '"other"').replace('"99100001", ', "")

    with pytest.raises(ScenarioError) as refused:
        read(write(tmp_path, PERSON + other))

    assert (refused.value.code, refused.value.where) == ("value", "basic_user_ids")


def test_a_linked_account_keeps_its_issued_password_though_the_primary_one_changed(tmp_path: Path) -> None:
    text = PERSON + 'issued = false\npast_basic_passwords = ["13131313"]\nlast_login = "2025-03-28T10:33:31+08:00"\n'
    portal = new_portal(scenario=write(tmp_path, text))

    scenario = seed(portal)

    assert scenario
    assert isinstance(scenario.people[0], Person)
    assert [account(portal, each).issued for each in ("99100001", "99100002")] == [False, True]
    assert [each.basic_user_id for each in portal.tables.past_passwords.where()] == ["99100001"]


def test_a_scenario_that_cannot_be_used_leaves_the_store_as_it_was(portal: Portal) -> None:
    before = {name: table.where() for name, table in tables_of(portal).items()}
    broken = replace(portal, settings=replace(portal.settings, scenario="missing.toml"))

    with pytest.raises(ScenarioError):
        seed(broken, anew=True)

    assert before == {name: table.where() for name, table in tables_of(portal).items()}
