"""`make mutants`: change the package in every small way, and see whether the tests notice."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from mutation.hunt import Hunt  # noqa: E402
from mutation.sites import Source  # noqa: E402

PARTS = ("rules", "hours.py", "clock.py", "flows", "store", "control")
# Tests that run the package in this process, and soon; the others start servers, browsers or whole suites.
TESTS = (
    *("rules", "flows", "store", "control", "web", "checkpoints", "wording", "cli", "docs"),
    *(f"test_{name}.py" for name in ("app", "clock", "coverage", "hours", "people", "places", "portal", "scenarios")),
    *(f"test_{name}.py" for name in ("scenarios_faults", "seeds", "settings", "staging", "tokens", "vetting")),
    *(f"test_{name}.py" for name in ("workspaces", "workspaces_apart", "workspaces_expiry")),
)
SLOW = ("control/test_schemathesis.py", "cli/test_exec.py", "cli/test_serve.py", "cli/test_serve_wire.py", "cli/test_pipe.py")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS, help="of ipportal/; without any, all that are judged")
    parser.add_argument("--tests", nargs="*", default=TESTS, help="of tests/")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--among", type=Path, help="only the mutants that this file of an earlier run names")
    parser.add_argument("--to", type=Path, help="write the survivors there")
    given = parser.parse_args()
    os.chdir(ROOT)
    paths = [ROOT / "ipportal" / part for part in given.parts]
    files = sorted(file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py")))
    sources = [Source(ROOT, file) for file in files]
    mutants = [mutant for source in sources for mutant in source.mutants()]
    if given.among:
        wanted = {tuple(each[:3]) for each in json.loads(given.among.read_text())}
        mutants = [mutant for mutant in mutants if mutant.name in wanted]
    hunt = Hunt(ROOT, sources, mutants, given.jobs)
    if not hunt.run([*(f"tests/{test}" for test in given.tests), *(f"--ignore=tests/{test}" for test in SLOW)]):
        return 1
    survivors = sorted([*each.mutant.name, each.end, each.mutant.where.lines[0]] for each in hunt.outcomes if each.end in {"alive", "untested"})
    if given.to:
        given.to.write_text(json.dumps(survivors, indent=0, ensure_ascii=False))
    for s in survivors: print(*s, sep=" | ")
    from collections import Counter
    print(Counter(each.end for each in hunt.outcomes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
