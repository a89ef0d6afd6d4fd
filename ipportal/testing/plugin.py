"""The pytest plugin: a server for the session, a workspace of its own for each test."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest

from .marker import wanted
from .trouble import Refusal, Trouble

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from .client import Workspace
    from .server import Server

__tracebackhide__ = True  # a failing test shows its own line, not one in here

NOW = "2025-03-31T09:00:00+08:00"
"""Where a workspace's clock stands, a Monday morning, unless marker or scenario say otherwise."""

_MOST_LINES, _LONGEST_NAME = 20, 100  # the second is of a test, in a file's name
_COUNTS = pytest.StashKey[Counter[str]]()
_LOST = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's options."""
    group = parser.getgroup("ipportal")
    group.addoption(
        "--ipportal-coverage",
        metavar="FILE",
        help="append which branches of the rules the tests reached, for `ipportal rules coverage FILE`",
    )
    group.addoption(
        "--ipportal-checkpoints",
        metavar="FOLDER",
        help="keep the portal of each test that fails in a file there, for `ipportal checkpoint restore FILE`",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Say what the marker is."""
    config.addinivalue_line(
        "markers",
        "ipportal(scenario, now, captcha, captcha_word, captcha_seed): how the test's workspace begins",
    )
    config.stash[_COUNTS], config.stash[_LOST] = Counter(), []


def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse a file for the counts that cannot be written, before a test has run."""
    if path := session.config.getoption("--ipportal-coverage"):
        try:
            Path(path).open("a", encoding="utf-8").close()
        except (OSError, ValueError) as fault:  # a path with a NUL in it is a wrong value
            raise pytest.UsageError(f"--ipportal-coverage cannot write its file: {fault}.") from fault


class Outside:
    """A server that runs already, as `ipportal exec` exports it."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url.rstrip("/"), token


@pytest.fixture(scope="session")
def ipportal_server() -> Iterator[Server | Outside]:
    """Serve the portal: at `IPPORTAL_URL` with `IPPORTAL_TOKEN`, else by a server of this session's own."""
    from .server import Server  # noqa: PLC0415 - nobody else pays for it
    from .wire import parted  # noqa: PLC0415 - as above

    url, token = os.environ.get("IPPORTAL_URL"), os.environ.get("IPPORTAL_TOKEN")
    if bool(url) != bool(token):
        missing, given = ("IPPORTAL_TOKEN", "IPPORTAL_URL") if url else ("IPPORTAL_URL", "IPPORTAL_TOKEN")
        raise pytest.UsageError(
            f"{given} is set without {missing}: set both, or neither for a server of the suite's own."
        )
    if url and token:
        try:
            parted(url)
        except ValueError as fault:
            raise pytest.UsageError(f"IPPORTAL_URL: {fault}.") from fault
        yield Outside(url, token)
        return
    with Server() as server:
        yield server


@pytest.fixture(scope="session")
def _ipportal_control(ipportal_server: Server | Outside) -> Iterator[Any]:
    from .control import Control  # noqa: PLC0415 - as above

    control = Control(ipportal_server.url, ipportal_server.token)
    yield control
    control.close()


@pytest.fixture
def ipportal(request: pytest.FixtureRequest, _ipportal_control: Any) -> Iterator[Workspace]:  # noqa: ANN401 - as above
    """Give the test a fresh workspace with its client; it is removed after the test."""
    from .client import create  # noqa: PLC0415 - as above

    workspace = create(_ipportal_control, default_now=NOW, **wanted(request.node.get_closest_marker("ipportal")))
    yield workspace
    try:
        if request.config.getoption("--ipportal-coverage"):
            request.config.stash[_COUNTS].update(workspace.coverage())
        workspace.remove()
    except Refusal as refusal:
        if refusal.code != "workspace_unknown":  # the test may have removed it
            raise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the journal of a test that failed: it says why each submit was refused; keep its portal if asked to."""
    report = yield
    workspace = getattr(item, "funcargs", {}).get("ipportal")
    if report.when == "call" and report.failed and workspace is not None:
        try:
            lines = [entry.line() for entry in workspace.journal.entries(newest=_MOST_LINES)]
        except Trouble as trouble:  # the workspace was removed, or the server has gone
            lines = [str(trouble)]
        report.sections.append((f"ipportal journal of {workspace.url}", "\n".join(lines)))
        if folder := item.config.getoption("--ipportal-checkpoints"):
            report.sections.append(("ipportal checkpoint", _kept(workspace, Path(folder), item.nodeid)))
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the counts of branches, a line for each process that ran tests."""
    config = session.config
    path, counts = config.getoption("--ipportal-coverage"), config.stash[_COUNTS]
    if path and counts:
        try:
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(json.dumps(counts) + "\n")
        except OSError as fault:
            config.stash[_LOST].append(f"{path}: {fault.strerror}")
    getattr(config, "workeroutput", {})["ipportal_lost"] = config.stash[_LOST]  # what a process of xdist sends home


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - as above
    """Take over from a process of pytest-xdist why its counts are lost."""
    node.config.stash[_LOST] += getattr(node, "workeroutput", {}).get("ipportal_lost", [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell which counts of branches could not be written."""
    for why in config.stash[_LOST]:
        terminalreporter.write_line(f"ipportal: counts of branches are lost: --ipportal-coverage {why}")


def _kept(workspace: Workspace, folder: Path, test: str) -> str:
    """Write down how a failed test left its portal; return the command that opens it, or why there is none."""
    from ..durable import put  # noqa: PLC0415 - nobody else pays for it

    # The number keeps apart what differs in characters that no file name should have.
    plain = re.sub(r"[^a-zA-Z0-9_.]+", "-", test)[-_LONGEST_NAME:].strip("-")
    file = folder / f"{plain}-{crc32(test.encode()):08x}.json"
    try:
        put(file, json.dumps(workspace.snapshot(), ensure_ascii=False).encode())
    except (Trouble, OSError) as trouble:
        return str(trouble)
    return f"ipportal checkpoint restore {shlex.quote(str(file))}"
