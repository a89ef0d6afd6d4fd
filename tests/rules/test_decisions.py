"""The checks of a rule, in the order in which a value met them, up to the one that refused it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from ipportal.rules import CATALOGUE, Chars, Choice, Text
from ipportal.rules.shapes import decisions

if TYPE_CHECKING:
    from ipportal.rules import Field

PIN: Final = Text("pin", 4, 6, Chars.DIGITS, "guide: test, step 1")
WORD: Final = Text("word", 4, 6, Chars.LETTERS_DIGITS, "guide: test, step 2", mixed=True)
AGAIN: Final = Text("again", 4, 6, Chars.DIGITS, "guide: test, step 3", again="pin")
SPARE: Final = Text("spare", 4, 6, Chars.DIGITS, "guide: test, step 4", optional=True, unlike=("pin",))
ALL: Final = Text("all", 4, 6, Chars.LETTERS_DIGITS, "guide: test, step 5", mixed=True, unlike=("pin",))
PICK: Final = Choice("pick", ("yes", "no"), "guide: test, step 6")


@pytest.mark.parametrize(
    ("rule", "taken", "checks"),
    [
        (PIN, "accepted", [("required", True), ("length", True), ("chars", True)]),
        (PIN, "required", [("required", False)]),
        (PIN, "length_short", [("required", True), ("length", False)]),
        (PIN, "length_long", [("required", True), ("length", False)]),
        (PIN, "chars", [("required", True), ("length", True), ("chars", False)]),
        (WORD, "mixed", [("required", True), ("length", True), ("chars", True), ("mixed", False)]),
        (AGAIN, "accepted", [("required", True), ("differs", True)]),
        (AGAIN, "differs", [("required", True), ("differs", False)]),
        (SPARE, "empty", [("required", True)]),
        (SPARE, "duplicate", [("required", True), ("length", True), ("chars", True), ("duplicate", False)]),
        (ALL, "accepted", [(each, True) for each in ("required", "length", "chars", "mixed", "duplicate")]),
        (PICK, "yes", [("required", True)]),
        (PICK, "required", [("required", False)]),
    ],
)
def test_the_checks_stand_in_the_order_judged_up_to_the_one_that_refused(
    rule: Field, taken: str, checks: list[tuple[str, bool]]
) -> None:
    assert decisions(rule, taken) == checks


@pytest.mark.parametrize("name", [*CATALOGUE])
def test_every_rule_of_the_catalogue_lets_an_accepted_value_pass_all_its_checks(name: str) -> None:
    checks = decisions(CATALOGUE[name], "accepted")

    assert checks[0] == ("required", True)
    assert all(passed for _, passed in checks)
