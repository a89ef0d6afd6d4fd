"""What the hunt found stands on the page, and against the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from . import report
from .hunt import Outcome
from .sites import Source

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def outcomes(tmp_path: Path) -> list[Outcome]:
    """What became of the three mutants of `a < b` and `7` in a file of the flows."""
    (file := tmp_path / "ipportal" / "flows" / "it.py").parent.mkdir(parents=True)
    file.write_text("x = a < b\ny = 7\n", encoding="utf-8")
    mutants = Source(tmp_path, file).mutants()
    return [Outcome(mutant, end) for mutant, end in zip(mutants, ("killed", "endless", "alive"), strict=True)]


def test_a_part_writes_its_row_and_leaves_the_rest_of_the_page(tmp_path: Path, outcomes: list[Outcome]) -> None:
    (page := tmp_path / "quality.md").write_text("# Before\n", encoding="utf-8")
    listed = {("ipportal/flows/it.py", "", "7 -> 8"): "words"}

    report.write(page, {"rules/": report.Figures(3, 10, 0, 1), "flows/": report.Figures(3, 9, 9, 9)}, listed)
    page.write_text(page.read_text("utf-8") + "\n# After\n", encoding="utf-8")
    report.write(page, report.parted(outcomes, 1), listed)

    lines = page.read_text("utf-8").splitlines()
    assert [lines[0], lines[-1]] == ["# Before", "# After"]
    assert [line for line in lines if "%" in line] == [
        "| `flows/` | one of 1 | 3 | 2 | 1 | 1 | 66.7 % |",
        "| `rules/` | one of 3 | 10 | 9 | 0 | 1 | 90.0 % |",
        "| **all** | one of 3 | 13 | 11 | 1 | 2 | 84.6 % |",
    ]
    assert [line for line in lines if "| words |" in line] == [f"| 1 | words | {report.KINDS['words']} |"]


def test_the_list_is_exact(outcomes: list[Outcome]) -> None:
    flows = "ipportal/flows/it.py"
    names = {each.mutant.name for each in outcomes}
    lives, fell, gone = (flows, "", "7 -> 8"), (flows, "", "a < b -> a <= b"), (flows, "", "?")

    assert report.wrongs(outcomes, [lives, ("ipportal/hours.py", "", "?")], names) == []
    assert report.wrongs(outcomes, [fell, gone], names) == [
        f"lives without a reason: {flows} |  | 7 -> 8",
        f"is listed, but no longer lives: {flows} |  | a < b -> a <= b",
        f"is listed, but is no change: {flows} |  | ?",
    ]


def test_a_survivor_without_a_reason_is_no_entry(tmp_path: Path) -> None:
    (path := tmp_path / "survivors.toml").write_text(
        '[["ipportal/hours.py"]]\nchange = "7 -> 8"\nkind = "words"\nwhy = " "\n', encoding="utf-8"
    )

    with pytest.raises(ValueError, match="lacks a kind or a reason"):
        report.known(path)
