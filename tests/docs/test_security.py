"""The page on security names tests that exist, and a deviation wherever it names none."""

from __future__ import annotations

import ast
import re

import pytest

from .blocks import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| V")]
DEVIATIONS = dict(re.findall(r"^\| (D[0-9]+) \| (.*)$", PAGE, re.MULTILINE))
PROOF = r"`(tests/[a-z_/]+\.py)::(test_[a-z0-9_]+)`"


@pytest.mark.parametrize("path", sorted({path for path, _ in re.findall(PROOF, PAGE)}))
def test_every_proof_that_the_page_names_is_a_test(path: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}

    assert {name for where, name in re.findall(PROOF, PAGE) if where == path} <= there


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split(" ")[1])
def test_every_requirement_has_a_proof_or_a_deviation(row: str) -> None:
    deviations = re.findall(r"\[(D[0-9]+)\]\(#deviations\)", row)

    assert re.findall(PROOF, row) or deviations
    assert set(deviations) <= set(DEVIATIONS)


def test_each_requirement_stands_once_with_its_level() -> None:
    found = [each for row in ROWS for each in re.findall(r"(V[0-9]+\.[0-9]+\.[0-9]+) \([123]\)", row.split("|")[1])]

    assert len(found) == len(set(found)) == 159


def test_every_deviation_names_its_requirement() -> None:
    known = set(re.findall(r"V[0-9]+\.[0-9]+\.[0-9]+", "".join(ROWS))) | {"V6.3.3"}

    for name, told in DEVIATIONS.items():
        named = re.findall(r"V[0-9]+\.[0-9]+\.[0-9]+", told)
        assert named, name
        assert set(named) <= known, name
