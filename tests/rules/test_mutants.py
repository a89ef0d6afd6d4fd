"""The vectors tell every wrong catalogue from the right one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest
from rules.mutants import MUTANTS, Mutant

from ipportal.rules import FIELDS, WHOLE, Chars, Text
from ipportal.rules.reference import judge_vector
from ipportal.rules.vectors import vectors

OWN: Final = {name: [vector for vector in vectors() if vector.rule == name] for name in WHOLE}


def told_apart(mutant: Mutant) -> list[str]:
    """Return the ids of the vectors that a mutant answers wrongly."""
    return [
        vector.id
        for vector in OWN[mutant.rule]
        if judge_vector(vector.given, mutant.rule, mutant.catalogue) != vector.expected
    ]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.rule}-{mutant.how}")
def test_every_mutant_of_every_rule_is_told_apart(mutant: Mutant) -> None:
    assert told_apart(mutant) != []


def test_there_is_a_mutant_of_every_rule() -> None:
    assert {mutant.rule for mutant in MUTANTS} == set(WHOLE)


@pytest.mark.parametrize("rule", [rule for rule in FIELDS if isinstance(rule, Text) and rule.again])
def test_what_a_repetition_leaves_to_the_first_field_changes_no_answer(rule: Text) -> None:
    # Such mutants cannot be told apart by anybody: a repetition is judged by being equal, not by its own format.
    same = replace(rule, shortest=1, longest=99, chars=Chars.LETTERS_DIGITS, mixed=not rule.mixed)

    assert told_apart(Mutant(rule.name, "own format", {**WHOLE, rule.name: same})) == []
