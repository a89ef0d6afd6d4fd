from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from props import PEOPLE

from ipportal.wording import say

if TYPE_CHECKING:
    from cli.conftest import Terminal

SHAPE: dict[str, Any] = {
    "key": str,
    "situation": str,
    "account_kind": str,
    "basic_user_ids": list,
    "identity_prefix": str,
    "basic_password": str,
    "internet_user_id": (str, type(None)),
    "internet_password": (str, type(None)),
    "past_basic_passwords": list,
    "names": dict,
}


def test_the_json_has_the_shape_of_the_specs_last_section(terminal: Terminal) -> None:
    people = json.loads(terminal.run("accounts", "--json").out)

    assert [person["key"] for person in people] == list(PEOPLE)
    for person in people:
        assert list(person) == list(SHAPE)
        assert all(isinstance(person[name], kind) for name, kind in SHAPE.items())
        assert set(person["names"]) == {"zh-Hant", "en", "zh-Hans"}
        assert all(isinstance(each, str) for each in (*person["basic_user_ids"], *person["past_basic_passwords"]))
        assert (person["internet_user_id"] is None) == (person["internet_password"] is None)


def test_the_json_gives_what_a_tester_types(terminal: Terminal) -> None:
    people = {person["key"]: person for person in json.loads(terminal.run("accounts", "--json").out)}

    assert people["fresh-four"]["basic_user_ids"] == ["99000401", "99000402", "99000403", "99000404"]
    assert people["fresh-individual"]["internet_user_id"] is None
    assert people["registered"]["internet_password"] == "Practice20257"
    assert people["history-13"]["past_basic_passwords"][0] == "43330001"
    assert people["history-13"]["past_basic_passwords"][-1] == "43330013"


@pytest.mark.parametrize("lang", ["zh-Hant", "en", "zh-Hans"])
def test_the_situations_are_told_in_the_terminals_language(terminal: Terminal, lang: str) -> None:
    said = terminal.run("accounts", "--json", "--terminal-lang", lang)

    assert json.loads(said.out)[0]["situation"] == PEOPLE["fresh-individual"].situation[lang]


@pytest.mark.parametrize(("lang", "head"), [("zh-Hant", "身份號碼頭四位"), ("en", "identity_prefix")])
def test_the_table_lists_everybody_in_columns_that_line_up(terminal: Terminal, lang: str, head: str) -> None:
    lines = terminal.run("accounts", "--terminal-lang", lang).out.splitlines()

    assert len(lines) == len(PEOPLE) + 1
    before, found, _ = lines[0].partition(head)
    assert found
    column = sum(1 if character.isascii() else 2 for character in before)
    assert [line[column : column + 4] for line in lines[1:]] == [each.identity_prefix for each in PEOPLE.values()]
    assert "99000401,99000402,99000403,99000404" in lines[4]


def test_a_new_store_is_filled_first_and_says_so_beside_the_json(bare: Terminal) -> None:
    said = bare.run("accounts", "--json")

    assert len(json.loads(said.out)) == 16
    assert said.err == say("cli.seeded", "en", scenario="default", people=16) + "\n"


def test_reset_puts_all_practice_data_back(terminal: Terminal) -> None:
    terminal.run("clock", "set", "2025-03-30T05:30+08:00")

    said = terminal.run("reset")

    assert said.code == 0
    assert said.out == say("cli.reset", "en", scenario="default", people=16) + "\n"
    assert terminal.run("clock").out.endswith(" real\n")
    assert [json.loads(line)["step"] for line in terminal.run("journal", "--json").out.splitlines()] == ["reset"]


def test_reset_changes_the_scenario_that_the_accounts_are_of(terminal: Terminal) -> None:
    other = terminal.folder / "other.toml"
    other.write_text("people = []\n", encoding="utf-8")
    assert len(json.loads(terminal.run("accounts", "--json", "--scenario", str(other)).out)) == 16
    terminal.run("reset", "--scenario", str(other))

    assert json.loads(terminal.run("accounts", "--json").out) == []
