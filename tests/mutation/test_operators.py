"""The hunt makes the mutants it says it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .sites import Source

if TYPE_CHECKING:
    from pathlib import Path


def source(folder: Path, text: str) -> Source:
    (folder / "it.py").write_text(text, encoding="utf-8")
    return Source(folder, folder / "it.py")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a < b", ["a < b -> a <= b", "a < b -> a >= b"]),
        ("a is None", ["a is None -> a is not None"]),
        ("a and b", ["a and b -> a or b"]),
        ("not a", ["not a -> a"]),
        ("a + b", ["a + b -> a - b"]),
        ("7", ["7 -> 8"]),
        ("True", ["True -> False"]),
        ("'word'", ["'word' -> 'XXword'"]),
        ("any(a)", ["any(a) -> all(a)"]),
        ("f(a, k=b)", ["f(...) without k=b"]),
        ("a if b else c", ["b -> not (b)"]),
        ("a if b == c else d", ["b == c -> b != c"]),
        ("[a for a in b if c]", ["c -> not (c)"]),
    ],
)
def test_an_expression_is_changed_in_every_small_way(tmp_path: Path, text: str, told: list[str]) -> None:
    assert [mutant.change for mutant in source(tmp_path, f"x = {text}").mutants()] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("return a", ["return a -> return None"]),
        ("return None", []),
        ("a()", ["without a()"]),
        ("a += b", ["without a += b", "a += b -> a -= b"]),
        ("a.b = c", ["without a.b = c"]),
        ("raise a", ["without raise a"]),
        ("while a: break", ["a -> not (a)", "break -> continue"]),
        ("with a: pass", ["without with a"]),
        ("with a as b: pass", []),
        ("if TYPE_CHECKING: a()", []),
        ("'the docstring'", []),
        ("a: 'int' = b", []),
    ],
)
def test_a_statement_is_left_out_or_turned_round(tmp_path: Path, text: str, told: list[str]) -> None:
    assert [mutant.change for mutant in source(tmp_path, f"def f():\n    {text}").mutants()] == told


def test_a_mutant_is_that_one_change_and_the_source_stays(tmp_path: Path) -> None:
    found = source(tmp_path, "def f(a):\n    return a + 1 > 1\n")
    results = []

    for mutant in found.mutants():
        changed: dict[str, Any] = {}
        exec(found.code(mutant), changed)
        results.append((mutant.change, changed["f"](1)))
    plain: dict[str, Any] = {}
    exec(found.code(), plain)

    assert plain["f"](1) is True
    assert results == [
        ("return a + 1 > 1 -> return None", None),
        ("a + 1 > 1 -> a + 1 >= 1", True),
        ("a + 1 > 1 -> a + 1 <= 1", False),
        ("a + 1 -> a - 1", False),
        ("1 -> 2", True),
        ("1 -> 2 (#2)", False),
    ]


def test_a_mutant_knows_its_function_its_lines_and_whether_importing_runs_it(tmp_path: Path) -> None:
    text = "A = 1\nclass B:\n    def c(self, d=2):\n        if (\n            d\n        ):\n            d()\n"

    places = {mutant.change: mutant.where for mutant in source(tmp_path, text).mutants()}

    assert [(each.function, each.lines, each.at_import) for each in places.values()] == [
        ("", (1, 1), True),
        ("B.c", (3, 7), True),
        ("B.c", (4, 5), False),
        ("B.c", (7, 7), False),
    ]
