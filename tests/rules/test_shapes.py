"""What is told of a value: its length, its classes, its branch, and the fewest edits that make it fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from ipportal.rules import FIELDS, Chars, Choice, Problem, Text, problem
from ipportal.rules.shapes import branch, character_class, nearest, shape

if TYPE_CHECKING:
    from ipportal.rules import Field

PIN: Final = Text("pin", 4, 6, Chars.DIGITS, "guide: test, step 1")
WORD: Final = Text("word", 4, 6, Chars.LETTERS_DIGITS, "guide: test, step 2", mixed=True)
PLAIN: Final = Text("plain", 4, 6, Chars.LETTERS_DIGITS, "guide: test, step 3")
AGAIN: Final = Text("again", 4, 6, Chars.DIGITS, "guide: test, step 4", again="pin")
SPARE: Final = Text("spare", 4, 6, Chars.DIGITS, "guide: test, step 5", optional=True, unlike=("pin",))
PICK: Final = Choice("pick", ("yes", "no"), "guide: test, step 7")


@pytest.mark.parametrize(
    ("characters", "name"),
    [
        ("0189", "digit"),
        ("azm", "lower"),
        ("AZM", "upper"),
        ("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "symbol"),
        ("\uff01\uff10\uff21\uff41\uff5e", "full_width"),
        (" \u00a0\u2003\u3000\u2028\u2029", "space"),
        ("\u200b\u200d\u202e\u2060\ufeff\u00ad", "invisible"),
        ("\0\t\n\r\x7f\x85\ud800\ue000\U0010ffff\u0378", "control"),
        ("éß\u0391\u0430中ｱªǅ", "foreign_letter"),
        ("\u0661\u0967²½Ⅷ", "foreign_digit"),
        ("\u0301\u20dd\u0903", "mark"),
        ("€©±“—\U0001f424\uff5f", "symbol"),
    ],
)
def test_every_character_has_its_class(characters: str, name: str) -> None:
    assert {each: character_class(each) for each in characters} == dict.fromkeys(characters, name)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("", {"length": 0, "classes": {}}),
        ("Ab1 ", {"length": 4, "classes": {"upper": 1, "lower": 1, "digit": 1, "space": 1}}),
        ("1a1a", {"length": 4, "classes": {"digit": 2, "lower": 2}}),
        ("\uff112", {"length": 2, "classes": {"full_width": 1, "digit": 1}}),
        ("\U0001f424", {"length": 1, "classes": {"symbol": 1}}),
        ("1" * 256 + "a" * 9000, {"length": 9256, "classes": {"digit": 256}}),
    ],
)
def test_a_shape_is_the_length_and_the_number_of_each_class(value: str, told: dict[str, Any]) -> None:
    assert shape(value) == told


def test_classes_stand_in_the_order_in_which_they_appear() -> None:
    assert list(shape("-A1a-A")["classes"]) == ["symbol", "upper", "digit", "lower"]


@pytest.mark.parametrize(
    ("rule", "value", "taken"),
    [
        (PIN, "1234", "accepted"),
        (PIN, "", "required"),
        (PIN, "123", "length_short"),
        (PIN, "1234567", "length_long"),
        (PIN, "12a4", "chars"),
        (WORD, "abcd", "mixed"),
        (SPARE, "", "empty"),
        (SPARE, "123", "length_short"),
        (PICK, "yes", "yes"),
        (PICK, "no", "no"),
        (PICK, "", "required"),
        (PICK, "Yes", "required"),
    ],
)
def test_a_branch_is_the_way_that_a_value_took(rule: Field, value: str, taken: str) -> None:
    assert branch(rule, value, problem(rule, value)) == taken


@pytest.mark.parametrize("code", ["differs", "duplicate"])
def test_what_only_the_whole_form_shows_is_a_branch_of_its_own(code: str) -> None:
    assert branch(AGAIN, "1234", Problem(code)) == code


def edits(*wanted: tuple[str, int, str]) -> list[dict[str, Any]]:
    return [{"edit": edit, "count": count, "what": what} for edit, count, what in wanted]


@pytest.mark.parametrize(
    ("rule", "value", "wanted", "length"),
    [
        (PIN, "1234", [], 4),
        (PIN, "", [("add", 4, "digit")], 4),
        (PIN, "12", [("add", 2, "digit")], 4),
        (PIN, "12345678", [("remove", 2, "digit")], 6),
        (PIN, "12 34", [("remove", 1, "space")], 4),
        (PIN, "1a2b", [("remove", 2, "lower"), ("add", 2, "digit")], 4),
        (PIN, "\uff11\uff12\uff13\uff14", [("replace", 4, "half_width")], 4),
        (PIN, "\uff11\uff123", [("replace", 2, "half_width"), ("add", 1, "digit")], 4),
        (PIN, "\uff21123", [("remove", 1, "full_width"), ("add", 1, "digit")], 4),
        (PIN, "\uff11\uff12\uff13\uff14\uff15\uff16\uff17", [("replace", 7, "half_width"), ("remove", 1, "digit")], 6),
        (PIN, "-1é\u0661", [("remove", 1, "symbol"), ("remove", 1, "foreign_letter"), ("remove", 1, "foreign_digit"),
                            ("add", 3, "digit")], 4),
        (PIN, "\u200b1234\n", [("remove", 1, "invisible"), ("remove", 1, "control")], 4),
        (PLAIN, "ab", [("add", 2, "letter_or_digit")], 4),
        (PLAIN, "abcdefgh", [("remove", 2, "letter_or_digit")], 6),
        (WORD, "abc1", [], 4),
        (WORD, "", [("add", 1, "letter"), ("add", 1, "digit"), ("add", 2, "letter_or_digit")], 4),
        (WORD, "abc", [("add", 1, "digit")], 4),
        (WORD, "12", [("add", 1, "letter"), ("add", 1, "letter_or_digit")], 4),
        (WORD, "abcd", [("replace", 1, "digit")], 4),
        (WORD, "1234", [("replace", 1, "letter")], 4),
        (WORD, "12345678", [("remove", 2, "letter_or_digit"), ("replace", 1, "letter")], 6),
        (WORD, "\uff41\uff42\uff43\uff11", [("replace", 4, "half_width")], 4),
        (WORD, "é" * 4, [("remove", 4, "foreign_letter"), ("add", 1, "letter"), ("add", 1, "digit"),
                         ("add", 2, "letter_or_digit")], 4),
        (SPARE, "1", [("add", 3, "digit")], 4),
    ],
)  # fmt: skip
def test_the_nearest_form_is_the_fewest_edits_worked_by_hand(
    rule: Text, value: str, wanted: list[tuple[str, int, str]], length: int
) -> None:
    assert nearest(rule, value) == {"edits": edits(*wanted), "length": length}


@pytest.mark.parametrize(("rule", "value"), [(PICK, "perhaps"), (AGAIN, "123"), (PIN, "1" * 257)])
def test_what_has_no_form_of_its_own_has_no_nearest(rule: Field, value: str) -> None:
    assert nearest(rule, value) is None


def test_the_longest_value_that_is_looked_at_still_has_a_nearest_form() -> None:
    assert nearest(PIN, "1" * 256) == {"edits": edits(("remove", 250, "digit")), "length": 6}


SAMPLES = [
    "",
    "1",
    "a",
    "é",
    "\uff11\uff12",
    "a b",
    "12345678901234567890",
    "abcdefghijklmnop",
    "\uff21b\uff11\u200b",
    "----",
    "1-a-" * 9,
]
TEXTS = [rule for rule in FIELDS if isinstance(rule, Text) and not rule.again]


def mended(value: str, rule: Text, told: dict[str, Any]) -> str:
    """Do the edits to the value, as a person would."""
    halves = [chr(ord(each) - 0xFEE0) if 0xFF01 <= ord(each) <= 0xFF5E else each for each in value]
    spare = "1" if rule.chars is Chars.DIGITS else "a"
    kept = [each for each in halves if re.fullmatch(f"[{rule.chars.value}]", each)]
    for each in told["edits"]:
        new = {"letter": "a", "digit": "1"}.get(each["what"], spare)
        if each["edit"] == "add":
            kept += [new] * each["count"]
        if each["edit"] == "replace" and each["what"] != "half_width":
            kept[-1] = new
        if each["edit"] == "remove" and each["what"] in {"digit", "letter_or_digit"}:
            del kept[rule.longest :]
    return "".join(kept)


@pytest.mark.parametrize("value", SAMPLES)
@pytest.mark.parametrize("rule", TEXTS, ids=lambda rule: rule.name)
def test_a_value_that_is_mended_as_told_is_accepted(rule: Text, value: str) -> None:
    told = nearest(rule, value)

    assert told
    fixed = mended(value, rule, told)
    assert (problem(rule, fixed), len(fixed)) == (None, told["length"])
