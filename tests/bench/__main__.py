"""`make bench`: every claim of speed, measured; printed as it comes, and written into docs/quality.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench import alone, load, report, rival, servers, start, testers

QUESTIONS = {
    "unavoidable": alone.unavoidable,
    "pages": alone.pages,
    "beyond": rival.beyond,
    "throughput": load.throughput,
    "processes": load.processes,
    "postgres": servers.stores_beside,
    "crowd": load.many,
    "beside-logins": load.beside_logins,
    "history": alone.history,
    "growth": alone.growth,
    "start": start.start,
    "testers": testers.testers,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=...", description=__doc__)
    parser.add_argument("questions", nargs="*", help=f"only these: {', '.join(QUESTIONS)}")
    chosen = parser.parse_args().questions
    if unknown := set(chosen) - set(QUESTIONS):
        parser.error(f"no such question: {', '.join(sorted(unknown))}")
    findings = []
    for name in chosen or QUESTIONS:
        with tempfile.TemporaryDirectory() as folder:
            findings.append(QUESTIONS[name](Path(folder)))
        sys.stdout.write(findings[-1].markdown() + "\n")
        sys.stdout.flush()
    report.write(findings, whole=not chosen)


if __name__ == "__main__":
    main()
