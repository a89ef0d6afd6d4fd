"""`make mutants`: change the package in every small way, and see whether the tests notice."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from mutation import report  # noqa: E402
from mutation.hunt import Hunt, Outcome  # noqa: E402
from mutation.sites import Source  # noqa: E402

PARTS = ("rules", "hours", "clock", "flows", "store", "control")
# Tests of these parts and of what stands on them; those that start servers or browsers, or ask every page, take long.
TESTS = (
    *("rules", "flows", "store", "control", "checkpoints/test_round_trip.py", "checkpoints/test_shelf.py"),
    *(f"cli/test_{name}.py" for name in ("clock_and_rules", "journal", "rules_parts", "vectors_command")),
    *("docs/test_reference.py", "test_values.py", "web/test_captcha_pages.py", "web/test_journalled.py"),
    *(f"test_{name}.py" for name in ("app", "clock", "clock_told", "coverage", "hours", "people", "places", "portal")),
    *(f"test_{name}.py" for name in ("places_postgres", "scenarios", "scenarios_faults", "seeds", "settings")),
    *(f"test_{name}.py" for name in ("staging", "tokens", "vetting", "workspaces", "workspaces_apart")),
    "test_workspaces_begin_and_end.py",
)
SLOW = ("control/test_every_operation.py", "control/test_schemathesis.py", "store/test_postgres_stopped.py")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", type=part, help="of ipportal/; without any, all that are judged")
    parser.add_argument("--tests", nargs="*", default=TESTS, help="of tests/; without any, all that are quick")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--every", type=int, default=6, help="only one mutant of so many; 1 for all")
    parser.add_argument("--to", type=Path, help="write what became of each mutant there")
    parser.add_argument("--again", type=Path, help="where only tests are new since --to wrote this: meet the survivors")
    return parser.parse_args()


def part(name: str) -> Path:
    """Return a folder or file of the package; a file may be named without its ending."""
    for path in (ROOT / "ipportal" / name, ROOT / "ipportal" / f"{name}.py"):
        if path.exists():
            return path
    raise argparse.ArgumentTypeError(f"there is no ipportal/{name}")


def main() -> int:
    given = arguments()
    os.chdir(ROOT)
    judged = [part(name) for name in PARTS]
    paths = given.parts or judged
    files = sorted(file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py")))
    sources = [Source(ROOT, file) for file in files]
    every_one = [mutant for source in sources for mutant in source.mutants()]
    mutants = [mutant for mutant in every_one if mutant.number % given.every == 0]
    ends = _ends(given.again) if given.again else {}
    over = [Outcome(mutant, end) for mutant in mutants if (end := ends.get(mutant.name, "alive")) not in report.LIVING]
    done = {each.mutant.name for each in over}
    listed = report.known(Path(__file__).with_name("survivors.toml"))
    hunt = Hunt(ROOT, sources, [mutant for mutant in mutants if mutant.name not in done], given.jobs, listed)
    tests = [*(f"tests/{test}" for test in given.tests), *(f"--ignore=tests/{test}" for test in SLOW)]
    try:
        passed = hunt.run(tests)
    finally:  # hours of work, even if somebody ends it
        outcomes = [*over, *hunt.outcomes]
        if given.to:
            told = sorted((*each.mutant.name, each.end) for each in outcomes)
            given.to.write_text(json.dumps(told, indent=0, ensure_ascii=False), encoding="utf-8")
    if not passed:
        return 1
    if given.tests == TESTS and set(paths) <= set(judged) and not hunt.left_out:
        report.write(ROOT / "docs" / "quality.md", report.parted(outcomes, given.every), listed)
    wrong = report.wrongs(outcomes, listed, {mutant.name for mutant in every_one})
    print(*wrong, f"{len(outcomes)} mutants, {report.score(outcomes):.1f} % noticed", sep="\n")
    return int(bool(wrong) or report.score(outcomes) < report.SCORE)


def _ends(path: Path) -> dict[tuple[str, ...], str]:
    """Return what became of each mutant."""
    return {tuple(name): end for *name, end in json.loads(path.read_text(encoding="utf-8"))}


if __name__ == "__main__":
    sys.exit(main())
