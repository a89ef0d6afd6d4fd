"""A scenario file of another shape, or at odds with itself: each fault by its code and place, and nothing else."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from props import MINE, scenario_file

from ipportal.people import Person, Scenario, read
from ipportal.store.schema import Notice
from ipportal.vetting import ScenarioError

if TYPE_CHECKING:
    from pathlib import Path

NOTICE = """[[notices]]
reference = "TRN20250101-01"
published_on = "2025-01-01"
topic = "training"
subject = { "zh-Hant" = "某", en = "X", "zh-Hans" = "某" }
body = { "zh-Hant" = "某", en = "X", "zh-Hans" = "某" }
"""
YOURS = MINE.replace('"mine"', '"yours"').replace('"9910', '"9920').replace("MINE", "YOUR")
ROWS = {"people": MINE, "notices": NOTICE}
VALUES = ("7", "1.5", "nan", "true", '""', '"x"', '"\\u0000"', "[]", "[1]", '["x"]', "[[]]", "{}", "{ en = 1 }")
TABLES_AND_TIMES = ('{ en = "x" }', "2025-01-01", "10:33:31", "2025-03-28T10:33:31", "2025-03-28T10:33:31+08:00")


def fault(tmp_path: Path, text: str) -> tuple[str, str]:
    """Return the code and the place with which a file is refused."""
    with pytest.raises(ScenarioError) as refused:
        read(scenario_file(tmp_path, text))
    return refused.value.code, refused.value.where.removeprefix(f"{tmp_path}/")


def with_line(row: str, line: str) -> str:
    name, _, _ = line.partition(" = ")
    return re.sub(f"(?m)^{name} = .*\n", "", row) + line + "\n"


def test_what_the_faults_are_made_from_is_without_one(tmp_path: Path) -> None:
    scenario = read(scenario_file(tmp_path, MINE + YOURS + NOTICE))

    assert [person.key for person in scenario.people] == ["mine", "yours"]
    assert [notice.reference for notice in scenario.notices] == ["TRN20250101-01"]


@pytest.mark.parametrize("name", ["missing.toml", "", "latin.toml", "nul\0.toml"])
def test_a_missing_or_unreadable_file_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "latin.toml").write_bytes('key = "caf\xe9"'.encode("latin-1"))
    path = str(tmp_path / name)

    with pytest.raises(ScenarioError) as refused:
        read(path)

    assert (refused.value.code, refused.value.where) == ("file", path.replace("\0", "\\x00"))


@pytest.mark.parametrize("text", ["[[people", "people", "= 7", "a = 1\na = 2", f"a = {'9' * 5000}", "a = 2025-02-30"])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, text: str) -> None:
    assert fault(tmp_path, text) == ("file", "class.toml")


def test_a_file_that_is_nested_too_deep_is_named(tmp_path: Path) -> None:
    assert fault(tmp_path, f"people = {'[' * 5000}") == ("file", "class.toml")


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("person = []", "unknown", "person"),
        ('title = "My class"\npeople = 7', "unknown", "title"),
        ("[settings]\nport = 80", "unknown", "settings"),
        *((f"{name} = {value}", "value", name) for name in ROWS for value in ("7", '"mine"', "true", "{}")),
        *((f"{name} = [{value}]", "value", f"{name}[0]") for name in ROWS for value in ("7", '"mine"', "true", "[]")),
        ('[people]\nkey = "mine"', "value", "people"),
        (MINE + 'lock = "basic"', "unknown", "people[0].lock"),
        (MINE + YOURS + 'lock = "basic"', "unknown", "people[1].lock"),
        (MINE + 'published = "x"', "unknown", "people[0].published"),
        (MINE + '__class__ = "x"', "unknown", "people[0].__class__"),
        (NOTICE + 'colour = "red"', "unknown", "notices[0].colour"),
    ],
)
def test_what_is_no_row_or_no_field_is_refused(tmp_path: Path, text: str, code: str, where: str) -> None:
    assert fault(tmp_path, text) == (code, where)


@pytest.mark.parametrize("name", ["key", "indexes"])
def test_what_a_record_knows_of_its_table_is_no_field_of_a_notice(tmp_path: Path, name: str) -> None:
    assert fault(tmp_path, NOTICE + f'{name} = ["x"]') == ("unknown", f"notices[0].{name}")


@pytest.mark.parametrize(
    ("table", "name"),
    [
        *(("people", name) for name in ("key", "situation", "names", "account_kind", "identity_prefix")),
        *(("people", name) for name in ("basic_user_ids", "basic_password")),
        *(("notices", name) for name in ("reference", "published_on", "topic", "subject", "body")),
    ],
)
def test_every_field_that_has_no_default_must_be_there(tmp_path: Path, table: str, name: str) -> None:
    text = re.sub(f"(?m)^{name} = .*\n", "", ROWS[table])

    assert fault(tmp_path, text) == ("value", f"{table}[0].{name}")


@pytest.mark.parametrize(
    "line",
    [
        *("key = 7", "key = []", 'situation = "practice"', "situation = { en = 1 }", 'names = ["Somebody"]'),
        *('account_kind = ["personal"]', "identity_prefix = 5090", "basic_user_ids = 99100001"),
        *('basic_user_ids = "99100001"', "basic_user_ids = [99100001]", "basic_user_ids = { one = 1 }"),
        *("basic_password = 12121212", 'basic_password = ["12121212"]', "internet_user_id = 10000001"),
        *("internet_user_id = false", "internet_password = 1.5", 'issued = "no"', "issued = 0", "issued = []"),
        *('past_basic_passwords = "13131313"', "past_basic_passwords = [13131313]", "last_login = false"),
        *("last_login = 2025-03-28T10:33:31+08:00", "locked = true", "locked = []", 'cancelled = "yes"'),
    ],
)
def test_a_persons_field_of_another_type_is_refused(tmp_path: Path, line: str) -> None:
    name, _, _ = line.partition(" = ")

    assert fault(tmp_path, with_line(MINE, line)) == ("value", f"people[0].{name}")


@pytest.mark.parametrize(
    "line",
    [
        *("reference = 7", "published_on = 2025-01-01", "published_on = 20250101", 'topic = ["training"]'),
        *('subject = "X"', 'subject = ["X"]', "body = { en = 1 }", "body = true"),
    ],
)
def test_a_notices_field_of_another_type_is_refused(tmp_path: Path, line: str) -> None:
    name, _, _ = line.partition(" = ")

    assert fault(tmp_path, with_line(NOTICE, line)) == ("value", f"notices[0].{name}")


@pytest.mark.parametrize(
    ("line", "code", "where"),
    [
        ('topic = "gossip"', "value", "TRN20250101-01.topic"),
        *(
            (f'published_on = "{day}"', "value", "TRN20250101-01.published_on")
            for day in ("", "today", "2025-1-1", "2025-13-45")
        ),
        ('published_on = "2025-01-01\\n"', "value", "TRN20250101-01.published_on"),
        *((f'reference = "{name}"', "value", f"{name}.reference") for name in ("", "a b", "a/b", "../x", "\uff21")),
        (f'reference = "{"X" * 41}"', "value", f"{'X' * 40}.reference"),
        *((f'{name} = {{ en = "X" }}', "words", "TRN20250101-01") for name in ("subject", "body")),
        ('body = { "zh-Hant" = "某", en = "X", "zh-Hans" = "某", fr = "X" }', "words", "TRN20250101-01"),
    ],
)
def test_a_notice_that_the_board_could_not_show_is_refused(tmp_path: Path, line: str, code: str, where: str) -> None:
    assert fault(tmp_path, with_line(NOTICE, line)) == (code, where)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (MINE + with_line(YOURS, 'key = "mine"'), "key"),
        (MINE + with_line(YOURS, 'basic_user_ids = ["99200001", "99100002"]'), "basic_user_ids"),
        (with_line(MINE, 'basic_user_ids = ["99100001", "99100001"]'), "basic_user_ids"),
        (MINE + with_line(YOURS, 'internet_user_id = "mInE0001"'), "internet_user_id"),
        (MINE + with_line(YOURS, 'internet_user_id = "mine0001"') + "cancelled = true\n", "internet_user_id"),
        (NOTICE + NOTICE, "reference"),
    ],
)
def test_what_may_be_there_only_once_is_refused_twice(tmp_path: Path, text: str, where: str) -> None:
    assert fault(tmp_path, text) == ("value", where)


@pytest.mark.parametrize(
    ("table", "name"),
    [("people", each.name) for each in fields(Person)] + [("notices", each.name) for each in fields(Notice)],
)
def test_whatever_a_field_holds_it_is_read_or_refused_and_nothing_else_happens(
    tmp_path: Path, table: str, name: str
) -> None:
    answers: list[Scenario | str] = []

    for value in VALUES + TABLES_AND_TIMES:
        try:
            answers.append(read(scenario_file(tmp_path, with_line(ROWS[table], f"{name} = {value}"))))
        except ScenarioError as refused:
            answers.append(refused.code)

    assert {each for each in answers if isinstance(each, str)} <= {"value", "words", "invented"}
    assert "value" in answers
