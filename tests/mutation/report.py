"""What the hunt found: against the list of known survivors, and as a section of docs/quality.md."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from pathlib import Path

    from .hunt import Outcome

Name = tuple[str, str, str]

LIVING: Final = {"alive", "untested"}
KINDS: Final = {
    "equivalent": "nothing that anybody could observe changes",
    "speed": "the result is the same, only sooner or later, or with more or less memory",
    "words": "only a developer reads it: a name, or the words of a bug's report",
    "machine": "it shows only where the machine fails, or in the tests with processes of their own",
    "typing": "only the type checker reads it",
}
BEGIN, END = "<!-- mutation:begin -->", "<!-- mutation:end -->"
SCORE: Final = 95.0


def known(path: Path) -> dict[Name, str]:
    """Return the listed survivors, each with its kind; refuse one without a reason."""
    found: dict[Name, str] = {}
    for file, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for entry in entries:
            if entry["kind"] not in KINDS or not entry["why"].strip():
                raise ValueError(f"{file}: {entry['change']!r} lacks a kind or a reason")
            for change in entry["changes"] if "changes" in entry else [entry["change"]]:
                found[file, entry.get("in", ""), change] = entry["kind"]
    return found


def wrongs(outcomes: Sequence[Outcome], listed: Iterable[Name], mutants: Container[Name]) -> list[str]:
    """Return what differs from the list: survivors without a reason, reasons without a survivor or even a mutant."""
    alive = {each.mutant.name for each in outcomes if each.end in LIVING}
    killed = {each.mutant.name for each in outcomes if each.end == "killed"}  # the clock alone proves nothing
    wanted, files = set(listed), {each.mutant.path for each in outcomes}
    return [
        *(f"lives without a reason: {' | '.join(name)}" for name in sorted(alive - wanted)),
        *(f"is listed, but no longer lives: {' | '.join(name)}" for name in sorted(wanted & killed)),
        *(
            f"is listed, but is no change: {' | '.join(name)}"
            for name in sorted(wanted)
            if name[0] in files and name not in mutants
        ),
    ]


def score(outcomes: Sequence[Outcome]) -> float:
    """Return the share of all mutants that a test notices, in per cent."""
    return Figures.of(outcomes).score


class Figures(NamedTuple):
    """What became of the mutants of a part, or of one of so many of them."""

    every: int
    mutants: int
    endless: int
    alive: int

    @classmethod
    def of(cls, outcomes: Iterable[Outcome], every: int = 1) -> Figures:
        """Count them."""
        ends = Counter(each.end for each in outcomes)
        return cls(every, ends.total(), ends["endless"], sum(ends[end] for end in LIVING))

    @property
    def score(self) -> float:
        """The share that a test notices, in per cent."""
        return 100 * (self.mutants - self.alive) / self.mutants

    def row(self, name: str) -> str:
        """Return a row of the table."""
        tried = f"{self.mutants} | {self.mutants - self.alive} | {self.endless} | {self.alive}"
        return f"| {name} | one of {self.every} | {tried} | {self.score:.1f} % |"


def parted(outcomes: Iterable[Outcome], every: int) -> dict[str, Figures]:
    """Return the figures of each part of the package."""
    parts: dict[str, list[Outcome]] = {}
    for each in outcomes:
        parts.setdefault(part(each.mutant.path), []).append(each)
    return {name: Figures.of(each, every) for name, each in parts.items()}


def part(path: str) -> str:
    """Return what part of the package a file is of: its folder, or itself."""
    return path.split("/")[1] + ("/" if path.count("/") > 1 else "")


def section(parts: Mapping[str, Figures], listed: Mapping[Name, str]) -> str:
    """Return the figures as Markdown."""
    rows = [figures.row(f"`{name}`") for name, figures in sorted(parts.items())]
    every = max(figures.every for figures in parts.values())
    together = Figures(every, *(sum(each[at] for each in parts.values()) for at in (1, 2, 3)))
    kinds = Counter(listed.values())
    reasons = [f"| {kinds[kind]} | {kind} | {meaning} |" for kind, meaning in KINDS.items() if kinds[kind]]
    return "\n".join([*HEAD, *rows, together.row("**all**"), "", *REASONS, *reasons])


HEAD: Final = (
    "## Mutation",
    "",
    "`make mutants` changes the package in every small way that a slip of the hand could: a comparison, `and` for",
    "`or`, a sum, a number, a text, a condition, a returned value; a statement, an argument or a `with` left out. Each",
    "changed package meets the tests that run the changed line, until one fails: those that noticed other changes of",
    "the file first, then the nearest, of each function one before its other cases; those that start servers or",
    "browsers never.",
    "",
    "Score = noticed / **all** mutants that were tried. None is taken out of the count, neither those that change",
    "nothing that anybody could observe nor those that no test reaches. An endless loop counts as noticed.",
    "",
    "`make mutants` tries one mutant of six, the same ones each time, chosen by their names alone;",
    '`make mutants ARGS="--every 1"` tries all, in six times the time, `make mutants ARGS="flows --every 1"` all of',
    "one part. Each writes the rows of what it tried.",
    "",
    "| Part of `ipportal/` | Tried | Mutants | Noticed | of these endless | Alive | Score |",
    "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
)
REASONS: Final = (
    "A survivor must have its reason in `tests/mutation/survivors.toml`; the command fails if one lives without,",
    "or if one that is listed no longer does.",
    "",
    "| Listed | Kind | What that means |",
    "| ---: | --- | --- |",
)


def write(path: Path, parts: Mapping[str, Figures], listed: Mapping[Name, str]) -> None:
    """Put the section between its marks, with the rows there of other parts; leave the rest of the page alone."""
    page = path.read_text(encoding="utf-8")
    marked = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)
    found = marked.search(page)
    block = f"{BEGIN}\n{section({**_rows(found[0] if found else ''), **parts}, listed)}\n{END}"
    page = marked.sub(lambda _: block, page) if found else f"{page.rstrip()}\n\n{block}\n"
    path.write_text(page, encoding="utf-8")


def _rows(text: str) -> dict[str, Figures]:
    """Return the figures that a section holds."""
    rows = re.findall(r"^\| `(\S+)` \| one of (\d+) \| (\d+) \| \d+ \| (\d+) \| (\d+) \|", text, re.MULTILINE)
    return {name: Figures(*map(int, figures)) for name, *figures in rows}
