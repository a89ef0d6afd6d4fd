"""The catalogue holds what the guide and the specification say, and where each rule comes from."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError

import pytest

from ipportal.rules import (
    ASSUMED,
    BEHAVIOURS,
    CATALOGUE,
    CODES,
    FIELDS,
    FIGURE,
    FIGURES,
    WINDOW,
    WINDOWS,
    Chars,
    Choice,
    Problem,
    Rule,
    Text,
)

EVERY_RULE: tuple[Rule, ...] = (*FIELDS, *FIGURES, *WINDOWS, *BEHAVIOURS)


def _text(name: str) -> Text:
    rule = CATALOGUE[name]
    assert isinstance(rule, Text)
    return rule


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.name)
def test_every_rule_names_its_step_of_the_guide_or_says_assumed(rule: Rule) -> None:
    stated = r"guide: (register|login), step [0-9]+(; (register|login), step [0-9]+)?( \(table\))?"

    assert rule.source == ASSUMED or re.fullmatch(stated, rule.source)


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.name)
def test_no_rule_cites_a_step_that_the_guide_does_not_have(rule: Rule) -> None:
    last = {"register": 13, "login": 10}

    steps = re.findall("(register|login), step ([0-9]+)", rule.source)

    assert all(1 <= int(number) <= last[part] for part, number in steps)


def test_the_codes_are_those_of_the_specification_in_its_order() -> None:
    assert CODES == (
        "required",
        "length",
        "chars",
        "mixed",
        "differs",
        "duplicate",
        "captcha_wrong",
        "captcha_expired",
        "taken",
        "not_recognised",
        "wrong_credentials",
        "wrong_basic_password",
        "reused",
        "locked",
        "suspended",
        "stale",
        "closed",
    )


@pytest.mark.parametrize(
    ("name", "shortest", "longest", "chars"),
    [
        ("basic_user_id", 8, 8, Chars.DIGITS),
        ("linked_basic_user_id_2", 8, 8, Chars.DIGITS),
        ("linked_basic_user_id_3", 8, 8, Chars.DIGITS),
        ("linked_basic_user_id_4", 8, 8, Chars.DIGITS),
        ("identity_prefix", 4, 4, Chars.LETTERS_DIGITS),
        ("internet_user_id", 8, 8, Chars.LETTERS_DIGITS),
        ("internet_password", 13, 15, Chars.LETTERS_DIGITS),
        ("internet_password_again", 13, 15, Chars.LETTERS_DIGITS),
        ("current_internet_password", 13, 15, Chars.LETTERS_DIGITS),
        ("captcha", 6, 6, Chars.LETTERS_DIGITS),
        ("basic_password", 8, 8, Chars.DIGITS),
        ("new_basic_password", 8, 8, Chars.DIGITS),
        ("new_basic_password_again", 8, 8, Chars.DIGITS),
    ],
)
def test_a_typed_field_has_the_length_and_alphabet_of_the_guide(
    name: str, shortest: int, longest: int, chars: Chars
) -> None:
    rule = _text(name)

    assert (rule.shortest, rule.longest, rule.chars) == (shortest, longest, chars)


def test_the_list_of_typed_fields_and_choices_is_complete() -> None:
    choices = {rule.name: rule.options for rule in FIELDS if isinstance(rule, Choice)}

    assert choices == {"agree": ("yes", "no"), "account_kind": ("corporate", "personal")}
    assert len(FIELDS) == 13 + len(choices)


def test_only_the_linked_accounts_are_optional() -> None:
    optional = [rule.name for rule in FIELDS if isinstance(rule, Text) and rule.optional]

    assert optional == ["linked_basic_user_id_2", "linked_basic_user_id_3", "linked_basic_user_id_4"]


def test_every_linked_account_is_unlike_all_that_come_before_it() -> None:
    assert _text("linked_basic_user_id_4").unlike == (
        "basic_user_id",
        "linked_basic_user_id_2",
        "linked_basic_user_id_3",
    )


def test_passwords_and_nothing_else_are_secret() -> None:
    secret = {rule.name for rule in FIELDS if isinstance(rule, Text) and rule.secret}

    assert secret == {rule.name for rule in FIELDS if "password" in rule.name}


def test_only_internet_passwords_need_a_letter_and_a_digit() -> None:
    mixed = {rule.name for rule in FIELDS if isinstance(rule, Text) and rule.mixed}

    assert mixed == {"internet_password", "current_internet_password"}


@pytest.mark.parametrize("rule", FIELDS, ids=lambda rule: rule.name)
def test_a_field_refers_only_to_fields_that_exist(rule: Text | Choice) -> None:
    others = {rule.again, *rule.unlike} - {""} if isinstance(rule, Text) else set()

    assert others <= set(CATALOGUE) - {rule.name}


def test_the_figures_are_those_of_the_specification() -> None:
    assert {figure.name: (figure.value, figure.unit) for figure in FIGURES} == {
        "linked_accounts": (4, "accounts"),
        "password_history": (12, "passwords"),
        "login_tries": (5, "tries"),
        "basic_password_tries": (3, "tries"),
        "captcha_minutes": (5, "minutes"),
        "draft_minutes": (30, "minutes"),
        "session_idle_minutes": (15, "minutes"),
        "session_hours": (8, "hours"),
        "cancelled_id_days": (30, "days"),
        "warning_minutes": (15, "minutes"),
    }


def test_only_two_figures_are_stated_by_the_guide() -> None:
    assert [figure.name for figure in FIGURES if figure.source != ASSUMED] == ["linked_accounts", "password_history"]


def test_the_windows_are_those_of_the_guides_table() -> None:
    assert [(each.name, each.start_hour, each.end_hour) for each in WINDOWS] == [("weekdays", 5, 6), ("sunday", 0, 7)]


def test_no_name_stands_twice_and_each_finds_its_rule() -> None:
    assert len({rule.name for rule in EVERY_RULE}) == len(EVERY_RULE)
    assert [*CATALOGUE.values()] == [*FIELDS]
    assert [*FIGURE.values()] == [*FIGURES]
    assert [*WINDOW.values()] == [*WINDOWS]


@pytest.mark.parametrize("rule", [*EVERY_RULE, Problem("length")], ids=repr)
def test_a_rule_or_a_problem_cannot_be_changed(rule: Rule | Problem) -> None:
    with pytest.raises(FrozenInstanceError):
        rule.source = "hearsay"  # type: ignore[misc, union-attr]
