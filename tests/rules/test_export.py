"""The catalogue is read alike as HTML attributes, as JSON Schema and as a table."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Final

import jsonschema
import pytest

from ipportal.rules import (
    ASSUMED,
    BEHAVIOURS,
    CATALOGUE,
    FIELDS,
    FIGURES,
    WHOLE,
    WINDOWS,
    Chars,
    Choice,
    Field,
    Rule,
    Text,
    in_force,
)
from ipportal.rules.export import Row, form_schema, html, json_schema, table

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final = tuple(rule for rule in FIELDS if isinstance(rule, Text))

every_text = pytest.mark.parametrize("rule", TEXTS, ids=lambda rule: rule.name)
every_field = pytest.mark.parametrize("rule", FIELDS, ids=lambda rule: rule.name)

GOOD: Final = {
    "agree": "yes",
    "account_kind": "personal",
    "identity_prefix": "AC12",
    "internet_user_id": "mary2025",
    "internet_password": "Practice12345",
    "internet_password_again": "Practice12345",
    "current_internet_password": "Practice12345",
    "captcha": "A1B2C3",
}
DIGITS: Final = "99000001"


def _valid(rule: Field, value: object) -> bool:
    return jsonschema.Draft202012Validator(json_schema(rule)).is_valid(value)


def _row(name: str, catalogue: Mapping[str, Rule] = WHOLE) -> Row:
    return next(row for row in table(catalogue) if row["name"] == name)


def _text(name: str) -> Text:
    rule = CATALOGUE[name]
    assert isinstance(rule, Text)
    return rule


def test_a_digit_field_asks_for_the_number_pad() -> None:
    assert html(_text("basic_user_id")) == {
        "minlength": "8",
        "pattern": "[0-9]{8}",
        "inputmode": "numeric",
        "required": "",
    }


def test_a_password_field_carries_its_range_and_its_mixture() -> None:
    assert html(_text("internet_password")) == {
        "minlength": "13",
        "pattern": "(?=[0-9]*[A-Za-z])(?=[A-Za-z]*[0-9])[A-Za-z0-9]{13,15}",
        "required": "",
    }


def test_an_optional_field_is_not_required_and_its_pattern_lets_nothing_pass() -> None:
    attributes = html(_text("linked_basic_user_id_2"))

    assert "required" not in attributes
    assert re.fullmatch(attributes["pattern"], "")


@every_text
def test_no_browser_is_told_to_cut_a_long_value(rule: Text) -> None:
    assert "maxlength" not in html(rule)


@every_text
def test_the_pattern_of_a_page_accepts_a_good_value_and_refuses_one_character_more(rule: Text) -> None:
    good = GOOD.get(rule.name, DIGITS)

    assert re.fullmatch(html(rule)["pattern"], good)
    assert not re.fullmatch(html(rule)["pattern"], good + "1" * 8)


@every_field
def test_the_schema_of_a_field_accepts_a_good_value_and_no_other_type(rule: Field) -> None:
    assert _valid(rule, GOOD.get(rule.name, DIGITS))
    assert not _valid(rule, 99000001)
    assert not _valid(rule, None)


@pytest.mark.parametrize(
    "rule", [rule for rule in FIELDS if not getattr(rule, "again", "")], ids=lambda rule: rule.name
)
def test_a_newline_at_the_end_does_not_slip_past_the_schema(rule: Field) -> None:
    assert not _valid(rule, GOOD.get(rule.name, DIGITS) + "\n")


def test_a_newline_alone_does_not_pass_for_an_empty_optional_field() -> None:
    assert _valid(CATALOGUE["linked_basic_user_id_2"], "")
    assert not _valid(CATALOGUE["linked_basic_user_id_2"], "\n")


def test_a_required_field_says_its_limits_in_the_schema() -> None:
    schema = json_schema(CATALOGUE["internet_password"])

    assert (schema["minLength"], schema["maxLength"]) == (13, 15)


def test_a_schema_can_only_ask_that_a_repetition_is_there() -> None:
    assert json_schema(CATALOGUE["internet_password_again"]) == {"type": "string", "minLength": 1}


def test_a_schema_lists_the_words_of_a_choice() -> None:
    assert json_schema(CATALOGUE["account_kind"]) == {"type": "string", "enum": ["corporate", "personal"]}


@every_field
def test_a_definition_in_the_document_is_the_schema_of_its_field(rule: Field) -> None:
    assert form_schema()["$defs"][rule.name] == json_schema(rule)


def test_the_table_has_one_row_a_rule_in_the_catalogues_order() -> None:
    named = [(row["name"], row["source"]) for row in table()]

    assert named == [(rule.name, rule.source) for rule in (*FIELDS, *FIGURES, *WINDOWS, *BEHAVIOURS)]


def test_a_row_says_stated_exactly_where_the_source_is_not_assumed() -> None:
    assert all(row["stated"] is (row["source"] != ASSUMED) for row in table())


def test_the_row_of_a_typed_field_tells_all_of_its_rule() -> None:
    assert _row("linked_basic_user_id_3") == {
        "name": "linked_basic_user_id_3",
        "kind": "text",
        "source": "guide: register, step 10",
        "min": 8,
        "max": 8,
        "chars": Chars.DIGITS.name.lower(),
        "mixed": False,
        "secret": False,
        "optional": True,
        "again": "",
        "unlike": ["basic_user_id", "linked_basic_user_id_2"],
        "assumed": "unlike",
        "stated": True,
    }


def test_the_rows_of_the_other_kinds_tell_what_they_hold() -> None:
    assert _row("account_kind")["options"] == ["corporate", "personal"]
    assert (_row("login_tries")["value"], _row("login_tries")["unit"]) == (5, "tries")
    assert (_row("sunday")["start_hour"], _row("sunday")["end_hour"]) == (0, 7)
    assert _row("one_message") == {"name": "one_message", "kind": "behaviour", "source": ASSUMED, "stated": False}


def test_a_figure_in_force_stands_in_the_table_in_place_of_its_default() -> None:
    changed = in_force({"login_tries": 2}, "weekdays", {date(2025, 12, 24): True, date(2025, 7, 1): False})

    assert _row("login_tries", changed)["value"] == 2
    assert _row("session_hours", changed)["value"] == 8
    assert (_row("sunday_holiday", changed)["value"], _row("sunday_holiday")["value"]) == ("weekdays", "sunday")
    assert _row("sunday_holiday", changed)["holidays"] == ["-2025-07-01", "+2025-12-24"]
    assert _row("sunday_holiday")["holidays"] == []


def test_the_kinds_of_the_table_are_five() -> None:
    assert {row["kind"] for row in table()} == {"text", "choice", "figure", "window", "behaviour"}
    assert sum(row["kind"] == "choice" for row in table()) == sum(isinstance(rule, Choice) for rule in FIELDS)


def test_the_table_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(table())) == table()
