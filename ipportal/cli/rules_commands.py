"""What the commands about rules do: vectors, conform, messages, rules diff and rules coverage."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..conform import Unusable
from ..wording import say
from .chosen import filled, heading, tell
from .commands import print_json, print_table
from .narrow import narrow

if TYPE_CHECKING:
    from argparse import Namespace
    from collections import Counter

    from ..rules.diff import Difference, Rows
    from ..settings import Settings

__all__ = ["conform", "coverage", "diff", "export", "messages"]


def export(settings: Settings, given: Namespace) -> int:
    """Write the vectors of the rules in one of the formats; refuse to write over a file that holds anything else."""
    from ..conform.choose import chosen  # noqa: PLC0415 - only these commands need the vectors
    from ..conform.export import FORMATS  # noqa: PLC0415 - as above

    text = FORMATS[given.format](chosen(given.rule, settings.rules))
    if given.output is None:
        sys.stdout.write(text)
        sys.stdout.flush()  # while a reader that has gone is still noticed
    else:
        path = Path(given.output)
        if not given.force and path.is_file() and _read(given.output, errors="replace") not in {"", text}:
            raise Unusable("holds_other", path=given.output)
        _write(given.output, text)
    return 0


def conform(settings: Settings, given: Namespace) -> int:
    """Judge somebody's own validator by the vectors; return 1 where it is wrong; refuse one that answers nothing."""
    from ..conform import report  # noqa: PLC0415 - only this command needs it, and a client for HTTP
    from ..conform.adapter import from_module, from_url  # noqa: PLC0415 - as above
    from ..conform.choose import chosen  # noqa: PLC0415 - as above
    from ..conform.run import UNSUPPORTED, reachable, run  # noqa: PLC0415 - as above

    if given.json is not None and given.junit is not None and _one_file(given.json, given.junit):
        raise Unusable("one_file", path=given.junit)
    vectors = chosen(given.rule, settings.rules)
    ask = from_url(given.url, given.timeout) if given.url is not None else from_module(given.adapter)
    if given.url is not None:
        reachable(run(vectors[:1], ask, given.timeout), given.url)
    results = run(vectors, ask, given.timeout)
    for path, written in ((given.json, report.as_json), (given.junit, report.as_junit)):
        if path is not None:
            _write(path, written(results))
    wrong, lang = report.wrong_rules(results), settings.terminal_lang
    if wrong:
        _print_wrong(report.rows(results), lang)
        tell("")
        names, *counted = report.by_rule(results)
        print_table([heading(names, lang), *counted])
    tell(say("conform.total", lang, total=len(results), **report.counts(results)))
    if all(result.outcome == UNSUPPORTED for result in results):
        raise Unusable("nothing_judged")
    tell(say("conform.wrong_rules", lang, rules=", ".join(wrong)) if wrong else say("conform.none_wrong", lang))
    return 1 if wrong else 0


def _print_wrong(rows: list[list[str]], lang: str) -> None:
    """Print all that is wrong; in a terminal what has room there, and which columns have none."""
    said, left_out = heading(rows[0], lang), list[str]()
    if sys.stdout.isatty():
        shown, left_out = narrow(rows, said, shutil.get_terminal_size().columns)
    else:
        shown = [said, *rows[1:]]
    print_table(shown)
    if left_out:
        tell(say("conform.left_out", lang, columns=", ".join(left_out)))


def diff(settings: Settings, given: Namespace) -> int:
    """Compare two exported catalogues; return 1 where they differ."""
    from ..rules.diff import difference  # noqa: PLC0415 - only this command needs it

    found = difference(_catalogue(given.old), _catalogue(given.new))
    if given.json:
        print_json(found._asdict())
    elif found.none:
        tell(say("conform.same", settings.terminal_lang))
    else:
        print_table([heading(["change", "rule", "attribute", "old", "new"], settings.terminal_lang), *_changes(found)])
    return 0 if found.none else 1


def coverage(settings: Settings, given: Namespace) -> int:
    """Tell which branches were reached, by files of counts or in all workspaces that are and were here."""
    from ..flows.branches import BRANCHES, summary  # noqa: PLC0415 - only this command needs it
    from ..workspaces import Workspaces  # noqa: PLC0415 - as above

    counts = _counts(given.file) if given.file else Workspaces(filled(settings)).reached()
    parts, missed = summary(counts), [branch for branch in BRANCHES if not counts[branch]]
    total, done = len(BRANCHES), len(BRANCHES) - len(missed)
    percent = 100 * done / total
    if given.json:
        rules = {name: {"reached": some, "total": every} for name, (some, every) in parts.items()}
        told = {"reached": done, "total": total, "percent": round(percent, 1), "rules": rules}
        print_json(told | {"not_reached": missed, "counts": {name: counts[name] for name in BRANCHES if counts[name]}})
    else:
        lang = settings.terminal_lang
        rows = [[name, f"{one}/{every}"] for name, (one, every) in parts.items()]
        print_table([heading(["rule or step", "reached"], lang), *rows])
        tell(say("conform.branches", lang, reached=done, total=total, percent=f"{percent:.1f}"))
        if missed:
            tell("\n  ".join([say("conform.not_reached", lang), *missed]))
    return 1 if percent < given.fail_under else 0


def messages(settings: Settings, given: Namespace) -> int:
    """List every refusal and notice, as a table in the terminal's language, or as JSON in all of them."""
    from ..web import phrasebook  # noqa: PLC0415 - only this command needs it, and Flask

    found = list(phrasebook.messages(settings.figures))
    if given.json:
        print_json([{"screen": each.screen, "field": each.field, "code": each.code, **each.said} for each in found])
        return 0
    rows = [[each.screen, each.field, each.code, each.said[settings.terminal_lang]] for each in found]
    print_table([heading(["screen", "field", "code", "message"], settings.terminal_lang), *rows])
    return 0


def _changes(found: Difference) -> list[list[str]]:
    rows = [["added", name, "", "", ""] for name in found.added]
    rows += [["removed", name, "", "", ""] for name in found.removed]
    for name, attributes in found.changed.items():
        for attribute, (old, new) in attributes.items():
            rows.append(["changed", name, attribute, json.dumps(old), json.dumps(new)])
    return rows


def _catalogue(path: str) -> Rows:
    from ..rules.diff import catalogue  # noqa: PLC0415 - as above

    try:
        rows = catalogue(json.loads(_read(path)))
    except (ValueError, RecursionError):
        rows = None
    if rows is None:
        raise Unusable("catalogue", path=path)
    return rows


def _counts(paths: list[str]) -> Counter[str]:
    from ..conform.counts import total  # noqa: PLC0415 - only `rules coverage` with files needs it

    return total((path, _read(path)) for path in paths)


def _read(path: str, errors: str = "strict") -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig", errors=errors)  # as editors of Windows write it
    except UnicodeDecodeError as fault:
        raise Unusable("read", path=path, why=fault.reason) from fault
    except (OSError, ValueError) as fault:  # a path with a NUL in it is a wrong value
        raise Unusable("read", path=path, why=_why(fault)) from fault


def _one_file(path: str, other: str) -> bool:
    return Path(path).absolute() == Path(other).absolute()


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as fault:
        raise Unusable("write", path=path, why=_why(fault)) from fault


def _why(fault: Any) -> str:  # noqa: ANN401 - a fault with or without the system's words
    return getattr(fault, "strerror", None) or type(fault).__name__
