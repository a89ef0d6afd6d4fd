"""The two stores beside each other: SQLite in a file, and a PostgreSQL server of the benchmark's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import stores
from bench.load import LONG, ROUNDS, Walks, rate
from bench.machine import Served
from bench.report import Finding, medians

if TYPE_CHECKING:
    from pathlib import Path

SAFE = ("fsync=on", "full_page_writes=on", "synchronous_commit=on")


def stores_beside(folder: Path) -> Finding:
    """What does the server's store cost?"""
    finding = Finding(
        "What does the store on a PostgreSQL server cost?",
        "Full journeys a second over HTTP, two processes, cost 4, sixteen visitors without pauses; the server, as it "
        "comes, on the same cores.",
    )
    if stores.programs() is None:
        finding.row("There is no PostgreSQL on this machine.", "")
        return finding
    kinds = {"SQLite": "", "PostgreSQL": stores.Server(*SAFE).address("bench")}
    served = [Served(folder / kind, LONG, store=store, processes=2) for kind, store in kinds.items()]
    rates = medians(ROUNDS, *(partial(rate, Walks(each), 60) for each in served))
    for each in served:
        each.stop()
    for kind, found in zip(kinds, rates, strict=True):
        finding.row(kind, f"{found:.1f} journeys/s")
        finding.bar(kind, found, f"{found:.1f}/s")
    finding.row("PostgreSQL ÷ SQLite", f"{rates[1] / rates[0]:.2f}", "≥ 0.8")
    return finding
