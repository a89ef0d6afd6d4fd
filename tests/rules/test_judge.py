"""One value is judged on its own, and a whole form is judged at once."""

from __future__ import annotations

from typing import Final

import pytest

from ipportal.rules import CATALOGUE, FIELDS, Chars, Problem, Text, problem, problems

PIN: Final = Text("pin", 4, 6, Chars.DIGITS, "guide: test, step 1")
PIN_AGAIN: Final = Text("pin_again", 4, 6, Chars.DIGITS, "guide: test, step 1", again="pin")
WORD: Final = Text("word", 4, 6, Chars.LETTERS_DIGITS, "guide: test, step 2", mixed=True)
SPARE: Final = Text("spare", 4, 6, Chars.DIGITS, "guide: test, step 3", optional=True, unlike=("pin", "other"))

REGISTRATION: Final = tuple(
    CATALOGUE[name]
    for name in (
        "basic_user_id",
        "linked_basic_user_id_2",
        "linked_basic_user_id_3",
        "linked_basic_user_id_4",
        "identity_prefix",
        "internet_user_id",
        "internet_password",
        "internet_password_again",
        "captcha",
    )
)
GOOD: Final = {
    "basic_user_id": "99000001",
    "linked_basic_user_id_2": "99000002",
    "linked_basic_user_id_3": "",
    "linked_basic_user_id_4": "",
    "identity_prefix": "AC12",
    "internet_user_id": "mary2025",
    "internet_password": "Practice12345",
    "internet_password_again": "Practice12345",
    "captcha": "A1B2C3",
}


def _code(rule: Text, value: str) -> str:
    found = problem(rule, value)
    return found.code if found else "good"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "required"),
        ("123", "length"),
        ("1234", "good"),
        ("123456", "good"),
        ("1234567", "length"),
        ("12a4", "chars"),
        ("\uff11\uff12\uff13\uff14", "chars"),  # full-width digits: length is right, the alphabet is not
        ("1234\n", "chars"),
        ("123456\n", "length"),
        (" 123", "chars"),
        ("12²4", "chars"),  # a digit to str.isdigit()
    ],
)
def test_digits_are_judged_first_by_length_and_then_by_alphabet(value: str, code: str) -> None:
    assert _code(PIN, value) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("abcd", "mixed"),
        ("1234", "mixed"),
        ("abc1", "good"),
        ("1abc", "good"),
        ("a1b2c3", "good"),
        ("ab1\n", "chars"),
        ("abcé", "chars"),
        ("a1", "length"),
    ],
)
def test_a_mixed_word_needs_a_letter_and_a_digit_and_nothing_else(value: str, code: str) -> None:
    assert _code(WORD, value) == code


def test_an_optional_field_may_be_left_empty_but_not_be_wrong() -> None:
    assert problem(SPARE, "") is None
    assert problem(SPARE, "123") == Problem("length", {"min": 4, "max": 6})


def test_a_refused_length_names_both_limits_and_nothing_of_the_value() -> None:
    found = problem(CATALOGUE["identity_prefix"], "AC123456")

    assert found == Problem("length", {"min": 4, "max": 4})


@pytest.mark.parametrize("value", ["", "Corporate", "corporate ", "joint", "corporate\n"])
def test_a_choice_takes_only_its_own_words(value: str) -> None:
    assert problem(CATALOGUE["account_kind"], value) == Problem("required")


def test_each_word_of_a_choice_is_accepted() -> None:
    assert [problem(CATALOGUE["account_kind"], value) for value in ("corporate", "personal")] == [None, None]


def test_a_repetition_is_judged_by_being_equal_not_by_its_own_format() -> None:
    assert problems([PIN, PIN_AGAIN], {"pin": "1x34", "pin_again": "1x34"}) == {"pin": Problem("chars")}


@pytest.mark.parametrize("again", ["1235", "1234 ", "\uff11\uff12\uff13\uff14", "12345", "x"])
def test_a_repetition_that_is_not_the_same_differs(again: str) -> None:
    assert problems([PIN, PIN_AGAIN], {"pin": "1234", "pin_again": again}) == {"pin_again": Problem("differs")}


def test_a_repetition_in_another_case_differs() -> None:
    typed = GOOD | {"internet_password_again": "practice12345"}

    assert problems(REGISTRATION, typed) == {"internet_password_again": Problem("differs")}


def test_a_missing_repetition_is_required_and_does_not_merely_differ() -> None:
    assert problems([PIN, PIN_AGAIN], {"pin": "1234"}) == {"pin_again": Problem("required")}


def test_a_repetition_of_nothing_is_one_fault_and_told_once() -> None:
    assert problems([PIN, PIN_AGAIN], {"pin_again": "1234"}) == {"pin": Problem("required")}


@pytest.mark.parametrize("twin", ["pin", "other"])
def test_a_field_that_must_be_unlike_others_is_a_duplicate_of_any_of_them(twin: str) -> None:
    typed = {"pin": "1111", "other": "2222"}

    assert problems([SPARE], typed | {"spare": typed[twin]}) == {"spare": Problem("duplicate")}


def test_two_empty_optional_fields_are_no_duplicates() -> None:
    assert problems([SPARE], {"pin": "", "spare": ""}) == {}


def test_a_wrong_format_is_told_before_a_duplicate() -> None:
    assert problems([SPARE], {"pin": "12", "spare": "12"}) == {"spare": Problem("length", {"min": 4, "max": 6})}


@pytest.mark.parametrize(
    ("later", "earlier"),
    [(2, 1), (3, 1), (3, 2), (4, 1), (4, 2), (4, 3)],
)
def test_no_two_of_the_four_basic_user_ids_may_be_the_same(later: int, earlier: int) -> None:
    numbers = dict(enumerate(("99000001", "99000002", "99000003", "99000004"), start=1))
    numbers[later] = numbers[earlier]
    names = [f"linked_basic_user_id_{number}" if number > 1 else "basic_user_id" for number in numbers]

    found = problems(REGISTRATION, GOOD | dict(zip(names, numbers.values(), strict=True)))

    assert found == {f"linked_basic_user_id_{later}": Problem("duplicate")}


def test_a_well_filled_registration_has_no_problem() -> None:
    assert problems(REGISTRATION, GOOD) == {}


def test_every_format_problem_of_a_form_is_told_at_once() -> None:
    typed = {
        "basic_user_id": "9900000",
        "linked_basic_user_id_2": "9900000A",
        "linked_basic_user_id_3": "99000003",
        "linked_basic_user_id_4": "99000003",
        "identity_prefix": "AC123456",
        "internet_user_id": "mary-025",
        "internet_password": "onlyletterspw",
        "internet_password_again": "onlyletterspv",
    }

    found = problems(REGISTRATION, typed)

    assert {name: refusal.code for name, refusal in found.items()} == {
        "basic_user_id": "length",
        "linked_basic_user_id_2": "chars",
        "linked_basic_user_id_4": "duplicate",
        "identity_prefix": "length",
        "internet_user_id": "chars",
        "internet_password": "mixed",
        "internet_password_again": "differs",
        "captcha": "required",
    }


def test_an_empty_form_asks_for_everything_but_the_optional_fields() -> None:
    found = problems(FIELDS, {})

    assert {refusal.code for refusal in found.values()} == {"required"}
    assert {rule.name for rule in FIELDS} - set(found) == {f"linked_basic_user_id_{number}" for number in (2, 3, 4)}


def test_fields_that_were_not_asked_for_are_not_judged() -> None:
    assert problems([PIN], {"pin": "1234", "word": "!", "unheard_of": "x"}) == {}
