"""How soon a portal is there, and what it weighs."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from bench.alone import MANY_ACCOUNTS
from bench.crowd import crowd
from bench.load import repeat, sound
from bench.report import Finding, medians
from bench.walk import Ask, stock

from ipportal.scenarios import open_portal
from ipportal.settings import Settings
from ipportal.testing import Server

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 7


def start(folder: Path) -> Finding:
    """How soon is the first page there?"""
    finding = Finding(
        "How soon is the first page there?",
        "From `ipportal serve` on an existing store to the whole home page, beside `python -c 'import flask'`.",
    )
    stores = {"cost 4": (4, 0), "cost 12": (12, 0), f"cost 4, {MANY_ACCOUNTS:,} accounts": (4, MANY_ACCOUNTS)}
    for what, (cost, accounts) in stores.items():
        portal = open_portal(Settings(instance=folder / what, bcrypt_cost=cost))
        stock(portal, accounts)
        portal.close()
    deeds = [partial(first_page, folder / what, cost) for what, (cost, _) in stores.items()]
    flask, *found = medians(ROUNDS, _import_flask, *deeds)
    finding.row("`import flask`", f"{flask * 1000:.0f} ms")
    finding.bar("import flask", flask, f"{flask * 1000:.0f} ms")
    for what, taken in zip(stores, found, strict=True):
        finding.row(f"first page, {what}", f"{taken * 1000:.0f} ms", "≤ 500 ms")
        finding.bar(what, taken, f"{taken * 1000:.0f} ms")
    finding.row("first page ÷ `import flask`", f"{found[0] / flask:.2f}", "≤ 2")
    finding.row("cost 12 ÷ cost 4", f"{found[1] / found[0]:.2f}", "≤ 1.15")
    finding.row(f"{MANY_ACCOUNTS:,} accounts ÷ the scenario alone", f"{found[2] / found[0]:.2f}", "≤ 1.15")
    return finding


def first_page(folder: Path, cost: int) -> float:
    """Return the seconds from the start of a server to its first page."""
    began = time.perf_counter()
    with Server({"bcrypt-cost": str(cost)}, instance=folder) as server:
        sound(crowd(int(server.url.rpartition(":")[2]), [repeat(Ask("/"), 1)], 1))
        return time.perf_counter() - began


def _import_flask() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import flask"], check=True)
    return time.perf_counter() - began
