"""The table of failures is whole, and names tests that are there."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from failures.requests_of_testers import REQUESTS
from failures.table import FAILURES

TESTS = Path(__file__).parents[1]
PACKAGE = TESTS.parent / "ipportal"
ELSEWHERE = {
    "flows.account._repeated": "uses a form up, or nothing: a second press of the change, which is killed",
    "checkpoints._reach": "scenarios.seed and more, dated by the real day; checkpoints/test_shelf.py breaks it off",
    "checkpoints.files.write": "reads only",
    "control.accounts.remove_account": "looks, and then is flows.staff.remove_account",
    "control.operations.changed": "a change of the portal, then a look; failures/test_f06_served.py kills it",
    "control.users.remove_user": "looks, and then is flows.staff.remove_user",
    "control.visits.end_session": "one statement that writes, after a look",
    "flows.drafts.begin": "inside flows.register.terms and flows.cancel.form",
    "scenarios.seed_store": "in memory, only to be copied",
    "web.opening.screen": "one statement that writes: a link is good once, also where its answer is lost",
    "web.safety._too_many_tries": "a count of tries, outside the portal that is practised",
    "workspaces._built": "in memory, before it becomes a file",
}


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_failure_of_the_design_is_rehearsed() -> None:
    assert list(FAILURES) == [f"F{number}" for number in range(1, 23)]
    assert all(what and tests for what, tests in FAILURES.values())


@pytest.mark.parametrize("failure", FAILURES)
def test_the_tests_that_rehearse_a_failure_are_there(failure: str) -> None:
    named = [test.split("::") for test in FAILURES[failure][1]]

    assert [f"{path}::{name}" for path, name in named if name not in names_in(path)] == []


def test_every_test_of_this_folder_rehearses_a_failure() -> None:
    named = {test for _, tests in FAILURES.values() for test in tests}
    here = [f"failures/{path.name}" for path in (TESTS / "failures").glob("test_*.py") if path.name != "test_table.py"]

    assert set(here) <= {test.split("::")[0] for test in named}


def opened_in(path: Path) -> set[str]:
    """Return the functions of a module that open a transaction, by their place in the package."""
    stem = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {f"{stem}.{node.name}" for node in functions if "tables.atomic()" in ast.unparse(node)}


def test_every_transaction_of_the_portal_is_killed_at_every_point_or_said_why_not() -> None:
    opened = {name for path in PACKAGE.rglob("*.py") for name in opened_in(path)}

    assert opened - {name.split()[0] for name in REQUESTS} == set(ELSEWHERE)
