"""Vectors read off the catalogue agree with those worked by hand, and tell every wrong catalogue apart."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import FrozenInstanceError, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from ipportal.hours import Calendar
from ipportal.rules import ASSUMED, CATALOGUE, CODES, FIGURE, WHOLE, Chars, Choice, Text, in_force
from ipportal.rules.reference import judge_vector
from ipportal.rules.shapes import shape
from ipportal.rules.vectors import Vector, vectors

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = Path(__file__).parents[1] / "vectors"
ALL: Final = vectors()
BY_ID: Final = {vector.id: vector for vector in ALL}
OWN: Final = {name: [vector for vector in ALL if vector.rule == name] for name in WHOLE}
ASIDES: Final = {"accepted", "announced", "change_first"}


def alone() -> Iterator[tuple[str, str, str]]:
    """Yield field, value and answer of each vector that gives one field only."""
    for vector in ALL:
        if vector.kind in {"text", "choice"} and len(vector.given) <= 1:
            yield vector.rule, vector.given.get(vector.rule, ""), vector.expected


def by_hand() -> Iterator[tuple[str, str, str]]:
    """Yield field, value and answer of each vector that was worked by hand."""
    for path in FOLDER.glob("*.toml"):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for outcome in set(table) - {"field", "source"}:
            for value in table[outcome]:
                yield str(table["field"]), value, "accepted" if outcome == "good" else outcome


def test_the_reference_answers_every_vector_as_expected() -> None:
    assert [each.id for each in ALL if judge_vector(each.given, each.rule, WHOLE) != each.expected] == []


@pytest.mark.parametrize("value", [1, 2, 7])
@pytest.mark.parametrize("row", ["sunday", "weekdays"])
def test_the_vectors_follow_the_figures_and_the_row_in_force(value: int, row: str) -> None:
    changed = in_force(dict.fromkeys(FIGURE, value), row, {})
    found = vectors(changed)

    assert [each.id for each in found if judge_vector(each.given, each.rule, changed) != each.expected] == []
    assert len({each.id for each in found}) == len(found)
    assert {each.rule for each in found} == set(changed)


def test_a_value_that_was_also_worked_by_hand_has_the_same_answer() -> None:
    worked = {(field, value): answer for field, value, answer in by_hand()}

    shared = [(field, value, answer) for field, value, answer in alone() if (field, value) in worked]

    assert [each for each in shared if worked[each[0], each[1]] != each[2]] == []
    assert len(shared) >= len(list(FOLDER.glob("*.toml")))


def test_a_value_of_the_same_shape_as_one_worked_by_hand_has_the_same_answer() -> None:
    worked = {(field, json.dumps(shape(value), sort_keys=True)): answer for field, value, answer in by_hand()}

    shared = [(worked[key], answer) for key, answer in _shaped() if key in worked]

    assert [pair for pair in shared if pair[0] != pair[1]] == []
    assert len(shared) > 200


def _shaped() -> Iterator[tuple[tuple[str, str], str]]:
    for field, value, answer in alone():
        if isinstance(CATALOGUE[field], Text):
            yield (field, json.dumps(shape(value), sort_keys=True)), answer


@pytest.mark.parametrize("vector", [*OWN["weekdays"], *OWN["sunday"], *OWN["sunday_holiday"]], ids=lambda each: each.id)
def test_the_portals_own_calendar_answers_a_moment_as_expected(vector: Vector) -> None:
    closed = Calendar().closed(datetime.fromisoformat(vector.given["moment"]))

    assert ("closed" if closed else "accepted") == vector.expected


def test_a_holiday_of_a_vector_is_one_in_the_portals_calendar() -> None:
    wrong = [
        vector.id
        for vector in ALL
        if "public_holiday" in vector.given
        and Calendar().holiday(datetime.fromisoformat(vector.given["moment"][:10]).date())
        != vector.given["public_holiday"]
        and vector.check != "offset"
    ]

    assert wrong == []


def test_every_rule_has_vectors_that_accept_and_vectors_that_do_not() -> None:
    assert [name for name, own in OWN.items() if len({each.expected == "accepted" for each in own}) < 2] == []


def test_no_two_vectors_share_an_id_and_each_id_is_plain() -> None:
    assert len(BY_ID) == len(ALL)
    assert [name for name in BY_ID if not re.fullmatch(r"[a-z0-9_]+\.[a-z_]+\.[A-Za-z0-9_:.]+", name)] == []


def test_every_vector_says_what_it_is_about() -> None:
    assert [name for name, vector in BY_ID.items() if not vector.note] == []
    assert BY_ID["basic_user_id.required.empty"].note == BY_ID["agree.required.empty"].note
    assert BY_ID["agree.required.empty"].note != BY_ID["agree.required.other"].note
    assert BY_ID["weekdays.edge.monday.05:00:00"].note != BY_ID["weekdays.edge.monday.06:00:00"].note


def test_every_expected_answer_is_a_code_of_the_catalogue_or_refuses_nothing() -> None:
    assert {vector.expected for vector in ALL} <= {*CODES, *ASIDES}


def test_a_vector_says_whether_its_own_part_of_the_rule_was_assumed() -> None:
    told = {name: BY_ID[name].basis for name in BY_ID}

    assert told["linked_basic_user_id_2.duplicate.basic_user_id"] == "assumed"
    assert told["linked_basic_user_id_2.length.8"] == "stated"
    assert told["identity_prefix.case.lower"] == "assumed"
    assert told["identity_prefix.length.4"] == "stated"
    assert told["captcha.length.5"] == told["captcha.chars.emoji_trailing"] == "assumed"
    assert told["captcha.mixed.letters_6"] == told["captcha.case.lower"] == "assumed"
    assert told["captcha_case.case.lower"] == "stated"
    assert told["captcha.required.empty"] == "stated"
    assert told["login_tries.edge.5"] == "assumed"
    assert told["internet_password.mixed.letters_13"] == "stated"


def test_every_vector_cites_the_source_of_its_rule() -> None:
    assert [vector.id for vector in ALL if vector.source != WHOLE[vector.rule].source] == []
    assert all(vector.basis == "assumed" for vector in ALL if vector.source == ASSUMED)


def test_vectors_follow_the_catalogue_that_they_are_read_off() -> None:
    password = WHOLE["internet_password"]
    assert isinstance(password, Text)

    found = {vector.id: vector for vector in vectors({"internet_password": replace(password, shortest=10)})}

    assert found["internet_password.length.10"].expected == "accepted"
    assert found["internet_password.length.9"].expected == "length"


def test_a_vector_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        ALL[0].expected = "accepted"  # type: ignore[misc]


def test_an_option_that_looks_like_a_wrong_word_is_not_also_given_as_wrong() -> None:
    rule = Choice("sure", ("on", "other"), "assumed")

    found = {vector.given.get("sure"): vector.expected for vector in vectors({"sure": rule})}

    assert (found["on"], found["other"], found["true"]) == ("accepted", "accepted", "required")


def test_a_field_that_is_unlike_another_but_not_optional_may_not_be_empty_twice() -> None:
    rule = Text("pin", 4, 4, Chars.DIGITS, "assumed", unlike=("old_pin",))

    assert {vector.id: vector.expected for vector in vectors({"pin": rule}) if vector.check == "duplicate"} == {
        "pin.duplicate.different": "accepted",
        "pin.duplicate.old_pin": "duplicate",
    }
