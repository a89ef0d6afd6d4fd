"""What the hunt found: against the list of known survivors, and as a section of docs/quality.md."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
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


def wrongs(outcomes: Iterable[Outcome], listed: Iterable[Name], files: Iterable[str]) -> list[str]:
    """Return what differs from the list: survivors without a reason, and reasons without a survivor."""
    alive = {each.mutant.name for each in outcomes if each.end in LIVING}
    wanted = {name for name in listed if name[0] in set(files)}
    return [
        *(f"lives without a reason: {' | '.join(name)}" for name in sorted(alive - wanted)),
        *(f"is listed, but no longer lives: {' | '.join(name)}" for name in sorted(wanted - alive)),
    ]


def score(outcomes: Sequence[Outcome]) -> float:
    """Return the share of all mutants that a test notices, in per cent."""
    return Figures.of(outcomes).score


class Figures(NamedTuple):
    """What became of the mutants of a part."""

    mutants: int = 0
    endless: int = 0
    alive: int = 0

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Figures:
        """Count them."""
        ends = Counter(each.end for each in outcomes)
        return cls(ends.total(), ends["endless"], sum(ends[end] for end in LIVING))

    @property
    def score(self) -> float:
        """The share that a test notices, in per cent."""
        return 100 * (self.mutants - self.alive) / self.mutants

    def row(self, name: str) -> str:
        """Return a row of the table."""
        noticed = self.mutants - self.alive
        return f"| {name} | {self.mutants} | {noticed} | {self.endless} | {self.alive} | {self.score:.1f} % |"


def parted(outcomes: Iterable[Outcome]) -> dict[str, Figures]:
    """Return the figures of each part of the package."""
    parts: dict[str, list[Outcome]] = {}
    for each in outcomes:
        parts.setdefault(part(each.mutant.path), []).append(each)
    return {name: Figures.of(each) for name, each in parts.items()}


def part(path: str) -> str:
    """Return what part of the package a file is of: its folder, or itself."""
    return path.split("/")[1] + ("/" if path.count("/") > 1 else "")


def section(parts: Mapping[str, Figures], listed: Mapping[Name, str]) -> str:
    """Return the figures as Markdown."""
    rows = [figures.row(f"`{name}`") for name, figures in sorted(parts.items())]
    together = Figures(*map(sum, zip(*parts.values(), strict=True)))
    kinds = Counter(kind for (path, _, _), kind in listed.items() if part(path) in parts)
    reasons = [f"| {kinds[kind]} | {kind} | {meaning} |" for kind, meaning in KINDS.items() if kinds[kind]]
    missing = together.alive - kinds.total()
    without = [f"| {missing} | none yet | a test is missing, or a reason |"] if missing else []
    return "\n".join([*HEAD, *rows, together.row("**all**"), "", *REASONS, *reasons, *without])


HEAD: Final = (
    "## Mutation",
    "",
    "`make mutants` changes the package in every small way that a slip of the hand could: a comparison, `and` for",
    "`or`, a sum, a number, a text, a condition, a returned value; a statement, an argument or a `with` left out. Each",
    "changed package meets the tests that run the changed line, until one fails: the nearest first, then the quickest,",
    "those that start servers or browsers never. `make mutants ARGS=flows` hunts one part and writes its row anew.",
    "",
    "Score = noticed / **all** mutants. None is taken out of the count, neither those that change nothing that anybody",
    "could observe nor those that no test reaches. A loop that becomes endless counts as noticed.",
    "",
    "| Part of `ipportal/` | Mutants | Noticed | of these endless | Alive | Score |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
)
REASONS: Final = (
    "Every survivor stands with its reason in `tests/mutation/survivors.toml`; the command fails if one lives without,",
    "or if one that is listed no longer does.",
    "",
    "| Alive | Kind | What that means |",
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
    rows = re.findall(r"^\| `(\S+)` \| (\d+) \| \d+ \| (\d+) \| (\d+) \|", text, re.MULTILINE)
    return {name: Figures(*map(int, figures)) for name, *figures in rows}
