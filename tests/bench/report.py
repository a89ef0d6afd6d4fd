"""What was measured, as a table and a chart a question; written into docs/quality.md between its marks."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ipportal import __version__
from ipportal.clock import RealClock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"
BEGIN, END = "<!-- bench: written by `make bench` -->", "<!-- bench: end -->"
_WIDTH = 40


@dataclass
class Finding:
    """The answer to one question: rows of a table, and bars whose lengths can be compared."""

    question: str
    method: str
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    bars: list[tuple[str, float, str]] = field(default_factory=list)

    def row(self, what: str, found: str, wanted: str = "") -> None:
        """Add a line of the table; `wanted` is what it must reach, where it must."""
        self.rows.append((what, found, wanted))

    def bar(self, what: str, size: float, label: str) -> None:
        self.bars.append((what, size, label))

    def markdown(self) -> str:
        """Return the answer as a part of the page."""
        lines = [f"### {self.question}", "", self.method, "", "| Measured | Found | Wanted |", "|---|---:|---:|"]
        lines += [f"| {what} | {found} | {wanted} |" for what, found, wanted in self.rows]
        most = max((size for _, size, _ in self.bars), default=0.0)
        if most:
            wide = max(len(what) for what, _, _ in self.bars)
            lines += ["", "```chart"]
            lines += [
                f"{what:<{wide}}  {'█' * max(round(size / most * _WIDTH), 1)} {label}"
                for what, size, label in self.bars
            ]
            lines += ["```"]
        return "\n".join(lines) + "\n"


def write(findings: Sequence[Finding], *, whole: bool) -> None:
    """Put the answers into the page: in place of all that are there, or each in place of its own last one."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    kept, _, after = rest.partition(END)
    machine = (
        f"Version {__version__}, {RealClock().now():%Y-%m-%d}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}. "
        "Each figure is the median of at least five rounds of one run, the client on the same cores."
    )
    parts = {} if whole else {each.partition("\n")[0]: each for each in kept.split("\n### ")[1:]}
    parts |= {each.question: each.markdown().removeprefix("### ") for each in findings}
    answers = "".join(f"\n### {each.strip()}\n" for each in parts.values())
    PAGE.write_text(f"{before}{BEGIN}\n{machine}\n{answers}{END}{after}", encoding="utf-8")


def medians(rounds: int, *deeds: Callable[[], float]) -> list[float]:
    """Return the median of each deed's figure; they take turns, so that a machine that drifts moves all alike."""
    found = [[deed() for deed in deeds] for _ in range(rounds)]
    return [statistics.median(each) for each in zip(*found, strict=True)]


def ratio(rounds: int, one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float, float]:
    """Return the medians of both figures and of their ratio, round by round."""
    pairs = [(one(), other()) for _ in range(rounds)]
    ratios = statistics.median(first / second for first, second in pairs)
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), ratios
