"""The people and notices that a portal starts with: the default ones, and how one's own are judged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from props import MINE, PEOPLE, scenario_file

from ipportal.people import DEFAULT, read
from ipportal.rules import CATALOGUE, problem
from ipportal.settings import LANGUAGES
from ipportal.vetting import ScenarioError

if TYPE_CHECKING:
    from pathlib import Path

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
        "situation": PEOPLE["registered"].situation["en"],
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


def with_line(line: str) -> str:
    """Return the scenario of one's own with one field set to something else."""
    name, _, _ = line.partition(" = ")
    return re.sub(f"(?m)^{name} = .*\n", "", MINE) + line + "\n"


def test_everything_that_a_person_may_have_is_read(tmp_path: Path) -> None:
    more = (
        'past_basic_passwords = ["13131313", "14141414"]\nlast_login = "2025-03-28T02:33:31Z"\nlocked = "basic"\n'
        "issued = false\ncancelled = false\n"
    )

    (person,) = read(scenario_file(tmp_path, MINE + more)).people

    assert person.basic_user_ids == ("99100001", "99100002")
    assert person.past_basic_passwords == ("13131313", "14141414")
    assert (person.issued, person.cancelled, person.locked) == (False, False, "basic")
    assert person.last_login == "2025-03-28T02:33:31Z"


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_person_has_one_to_four_accounts(tmp_path: Path, number: int) -> None:
    held = [f"9910000{each}" for each in range(number)]

    (person,) = read(scenario_file(tmp_path, with_line(f"basic_user_ids = {held}"))).people

    assert person.basic_user_ids == tuple(held)


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ('account_kind = "joint"', "account_kind"),
        ('account_kind = ""', "account_kind"),
        ('identity_prefix = "ZZ9"', "identity_prefix"),
        ('identity_prefix = "ZZ990"', "identity_prefix"),
        ('identity_prefix = "zz99"', "identity_prefix"),
        ('identity_prefix = "Zz99"', "identity_prefix"),
        ('basic_user_ids = ["99100001", "9910000\uff12"]', "basic_user_id"),
        ('basic_user_ids = ["9910000"]', "basic_user_id"),
        ('basic_user_ids = [""]', "basic_user_id"),
        ("basic_user_ids = []", "basic_user_ids"),
        (f"basic_user_ids = {[f'9910000{each}' for each in range(5)]}", "basic_user_ids"),
        ('basic_password = "1212121"', "basic_password"),
        ('basic_password = "1212121x"', "basic_password"),
        ('past_basic_passwords = ["13131313", "1212121x"]', "basic_password"),
        ('past_basic_passwords = ["13131313", "12121212"]', "past_basic_passwords"),
        ('internet_user_id = "MINE 001"', "internet_user_id"),
        ('internet_user_id = ""', "internet_user_id"),
        ('internet_password = "Practicepassw"', "internet_password"),
        ('internet_password = ""', "internet_password"),
        ('locked = "both"', "locked"),
        ('locked = "Basic"', "locked"),
        ('last_login = "yesterday"', "last_login"),
        ('last_login = "2025-03-28"', "last_login"),
        ('last_login = "2025-03-28T10:33:31"', "last_login"),
        ('last_login = "2025-02-30T10:33:31+08:00"', "last_login"),
        ('last_login = "1999-12-31T00:00:00+08:00"', "last_login"),
        ('last_login = "0001-01-01T00:00:00+23:59"', "last_login"),
    ],
)
def test_what_no_visitor_could_type_or_be_is_refused(tmp_path: Path, line: str, where: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        read(scenario_file(tmp_path, with_line(line)))

    assert (refused.value.code, refused.value.where) == ("value", f"mine.{where}")


@pytest.mark.parametrize("name", ["internet_user_id", "internet_password"])
def test_an_internet_user_id_and_its_password_come_together(tmp_path: Path, name: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        read(scenario_file(tmp_path, re.sub(f"(?m)^{name} = .*\n", "", MINE)))

    assert (refused.value.code, refused.value.where) == ("value", f"mine.{name}")


@pytest.mark.parametrize("held", ['["04000001"]', '["99100001", "04000001"]'])
def test_an_account_that_could_be_real_is_refused(tmp_path: Path, held: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        read(scenario_file(tmp_path, with_line(f"basic_user_ids = {held}")))

    assert (refused.value.code, refused.value.where) == ("invented", "mine")


@pytest.mark.parametrize("name", ["situation", "names"])
@pytest.mark.parametrize("langs", [(), LANGUAGES[1:], LANGUAGES[:2], LANGUAGES[::2], (*LANGUAGES, "fr")])
def test_a_persons_words_are_in_the_three_languages_and_no_other(
    tmp_path: Path, name: str, langs: tuple[str, ...]
) -> None:
    words = ", ".join(f'"{lang}" = "X"' for lang in langs)

    with pytest.raises(ScenarioError) as refused:
        read(scenario_file(tmp_path, with_line(f"{name} = {{ {words} }}")))

    assert (refused.value.code, refused.value.where) == ("words", "mine")
