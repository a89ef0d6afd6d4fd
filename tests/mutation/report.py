"""What the hunt found: against the list of known survivors, and as a section of docs/quality.md."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
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
    return 100 * sum(each.end not in LIVING for each in outcomes) / len(outcomes)


def section(outcomes: Sequence[Outcome], listed: dict[Name, str]) -> str:
    """Return the figures as Markdown."""
    parts: dict[str, list[Outcome]] = {}
    for each in sorted(outcomes, key=lambda each: each.mutant.path):
        parts.setdefault(_part(each.mutant.path), []).append(each)
    rows = [_row(f"`{part}`", each) for part, each in parts.items()]
    kinds = Counter(listed.get(each.mutant.name, "") for each in outcomes if each.end in LIVING)
    reasons = [f"| {kinds[kind]} | {kind} | {meaning} |" for kind, meaning in KINDS.items() if kinds[kind]]
    without = [f"| {kinds['']} | none yet | a test is missing, or a reason |"] if kinds[""] else []
    return "\n".join([*HEAD, *rows, _row("**all**", outcomes), "", *REASONS, *reasons, *without])


HEAD: Final = (
    "## Mutation",
    "",
    "`make mutants` changes the package in every small way that a slip of the hand could: a comparison, `and` for",
    "`or`, a sum, a number, a text, a condition, a returned value; a statement, an argument or a `with` left out. Each",
    "changed package meets the tests that run the changed line, until one fails: the nearest first, then the quickest,",
    "those that start servers or browsers never.",
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


def _part(path: str) -> str:
    return path.split("/")[1] + ("/" if path.count("/") > 1 else "")


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    ends = Counter(each.end for each in outcomes)
    alive = sum(ends[end] for end in LIVING)
    noticed = len(outcomes) - alive
    return f"| {name} | {len(outcomes)} | {noticed} | {ends['endless']} | {alive} | {score(outcomes):.1f} % |"


def write(path: Path, text: str) -> None:
    """Put the section between its marks, at the end if there are none, and leave the rest alone."""
    page = path.read_text(encoding="utf-8") if path.exists() else "# Quality, in figures\n"
    block = f"{BEGIN}\n{text}\n{END}"
    marked = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)
    page = marked.sub(lambda _: block, page) if marked.search(page) else f"{page.rstrip()}\n\n{block}\n"
    path.write_text(page, encoding="utf-8")
