"""Each code has the status that was agreed."""

from __future__ import annotations

from control.cases_answers import ANSWERS

from ipportal.control.problems import STATUS


def test_each_code_has_the_status_that_was_agreed() -> None:
    assert {code: status for code, (status, _, _) in ANSWERS.items()} == STATUS
