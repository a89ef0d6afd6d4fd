"""What a tester pays for a workspace, a test and a control call, each the median of several."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import Finding

from ipportal.checkpoints import Shelf
from ipportal.portal import assemble
from ipportal.scenarios import fill
from ipportal.settings import Settings
from ipportal.testing import Control, Server, create
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Callable

EVENTS, MANY = 1000, 200
EMPTY_TEST = "import pytest\n\n@pytest.mark.parametrize('n', range({count}))\ndef test_one({fixture}n):\n    {body}\n"


def milliseconds(deed: Callable[[], object], times: int = 15) -> float:
    """Return the median time of *deed*."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def resident() -> float:
    """Return this process's memory in MB, where the system tells it."""
    status = Path("/proc/self/status")
    found = re.search("VmRSS:\\s+([0-9]+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def house(folder: Path, kind: str) -> Workspaces:
    main = assemble(Settings(instance=folder, bcrypt_cost=4, workspaces=kind))
    fill(main)
    return Workspaces(main)


def workspaces(finding: Finding, folder: Path, kind: str) -> None:
    """Measure creation, and what many of them weigh."""
    many = house(folder, kind)
    many.create("first")
    before = resident()
    finding.row(f"create a workspace, {kind}", f"{milliseconds(many.create, MANY):.2f} ms", "≤ 5 ms")
    for name in many.names():
        many.get(name).standing()
    finding.row(f"memory of {MANY} workspaces, {kind}", f"{resident() - before:.1f} MB", f"≤ {MANY * 0.25:.0f} MB")
    if kind == "files":
        size = max(path.stat().st_size for path in (folder / "workspaces").glob("*.sqlite"))
        finding.row("size of a workspace's file", f"{size / 2**20:.3f} MB", "≤ 0.25 MB")


def state(finding: Finding, folder: Path) -> None:
    """Measure the journal and the checkpoints of a workspace with many events."""
    portal = house(folder, "files").create("state")

    def note() -> None:
        with portal.tables.atomic():
            portal.journal.note("register/details", "length")

    one = milliseconds(note, 200)
    with portal.tables.atomic():
        inside = milliseconds(lambda: portal.journal.note("register/details", "length"), EVENTS - 200)
    finding.row("append to the journal, within the submit's own commit", f"{inside:.3f} ms", "≤ 0.3 ms")
    finding.row("append to the journal with a commit of its own", f"{one:.3f} ms")
    shelf = Shelf(portal)
    text = shelf.snapshot()
    finding.row(f"snapshot with {EVENTS} events", f"{milliseconds(shelf.snapshot):.2f} ms", "≤ 10 ms")
    finding.row(f"restore with {EVENTS} events", f"{milliseconds(lambda: shelf.restore(text)):.2f} ms", "≤ 10 ms")


def control(finding: Finding) -> None:
    """Measure calls over HTTP."""
    with Server() as server:
        api = Control(server.url, server.token)
        workspace = create(api)
        moved = milliseconds(lambda: workspace.clock.set("2025-03-31T05:00+08:00"))
        finding.row("set a clock over HTTP", f"{moved:.2f} ms", "≤ 5 ms")
        finding.row(
            "create and remove a workspace over HTTP", f"{milliseconds(lambda: create(api).remove(), 50):.2f} ms"
        )
        api.close()


def suite(folder: Path, fixture: str, body: str, count: int, *words: str) -> float:
    """Return how long a suite of so many tests takes, in seconds."""
    (folder / "test_it.py").write_text(EMPTY_TEST.format(count=count, fixture=fixture, body=body))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *words]
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def plugin(finding: Finding, folder: Path) -> None:
    """Measure what the plugin adds to a test."""
    few, many = (suite(folder, "ipportal, ", "pass", count) for count in (1, 301))
    plain = suite(folder, "", "pass", 301) - suite(folder, "", "pass", 1)
    finding.row("plugin, a test, after the server fixture", f"{(many - few - plain) / 300 * 1000:.2f} ms", "≤ 5 ms")
    body = "assert ipportal.clock.advance('1h') and ipportal.accounts.lock('99000101').locked"
    taken = suite(folder, "ipportal, ", body, 1000, "-n", "2")
    finding.row("1,000 tests with three calls each, two processes", f"{taken:.1f} s", "≤ 30 s")


LATE = "{'pydantic', 'pytest', 'ipportal.control', 'ipportal.testing'}"


def run(code: str) -> str:
    """Run a piece of code in a new interpreter and return what it printed."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def imports(finding: Finding) -> None:
    """Show that serving loads neither the control API's models nor the plugin."""
    found = run(f"import sys, ipportal.app, ipportal.cli.server; print(sorted({LATE} & set(sys.modules)))")
    finding.row("loaded by `ipportal serve` of control API and test kit", found, "[]")
    served = milliseconds(lambda: run("import ipportal.app"), 7)
    whole = milliseconds(lambda: run("import ipportal.app, ipportal.control"), 7)
    finding.row("import of the application; with the control API", f"{served:.0f}; {whole:.0f} ms")


def testers(folder: Path) -> Finding:
    """What does a tester pay?"""
    finding = Finding(
        "What does a tester pay for a workspace, a call and a test?",
        "Wall-clock time; cost 4. The control API's models and the test kit are loaded by those who use them only.",
    )
    for kind in ("files", "memory"):
        (folder / kind).mkdir(parents=True)
        workspaces(finding, folder / kind, kind)
    for part in (state, plugin):
        (folder / part.__name__).mkdir()
        part(finding, folder / part.__name__)
    control(finding)
    imports(finding)
    return finding
