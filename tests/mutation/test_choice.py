"""A mutant meets who noticed others of its file, then the nearest tests, and one of each function before its others."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from mutation import choice
from mutation.choice import Choice
from mutation.sites import Source

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
SECONDS = {
    "tests/flows/test_login.py::test_a[1]": 1.0,
    "tests/flows/test_login.py::test_a[2]": 2.0,
    "tests/flows/test_login.py::test_b": 3.0,
    "tests/flows/test_cancel.py::test_c[1]": 4.0,
    "tests/flows/test_cancel.py::test_c[2]": 4.5,
    "tests/flows/test_cancel.py::test_d": 5.0,
    "tests/web/test_front.py::test_e": 0.5,
}
LOGIN = Source(ROOT, ROOT / "ipportal" / "flows" / "login.py")


def chosen(*killers: str, listed: bool = False) -> list[str]:
    """Return the tests that a change of login.py meets, by their ends."""
    baseline: Any = SimpleNamespace(seconds=SECONDS)
    found = Choice(baseline)
    for test in killers:
        found.killed(LOGIN.path, test)
    return [test.partition("::test_")[2] for test in found.tests(LOGIN, SECONDS, listed=listed)]


def test_the_nearest_come_first_and_one_of_each_function_before_its_other_cases(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(choice, "ENOUGH", 1.0)

    assert chosen() == ["a[1]", "b", "a[2]", "c[1]", "d", "c[2]", "e"]


def test_who_noticed_another_change_of_the_file_comes_before_all() -> None:
    assert chosen("tests/web/test_front.py::test_e")[0] == "e"


def test_of_those_further_off_no_more_are_met_than_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "ENOUGH", 0.3)

    assert chosen() == ["a[1]", "b", "a[2]", "c[1]", "d", "e"]


def test_a_listed_survivor_meets_few() -> None:
    assert chosen(listed=True) == ["a[1]", "c[1]", "e"]
