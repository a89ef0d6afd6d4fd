"""F20: nobody can take the log: its disk is full or its reader gone; lines are counted, requests still answered."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from journeys.served import PATIENCE, Visitor, environment
from web.acts import EACH_SUBMIT

from ipportal import log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from web.client import Browser

    from ipportal.portal import Portal

SERVERS = [("--server", "waitress"), ("--server", "gunicorn", "--processes", "1")]


class Deaf:
    """A stream that takes nothing."""

    def write(self, _: str) -> int:
        raise OSError(28, "no space left")

    flush = write


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The portal's log goes to a stream that takes nothing, and so does the report of that."""
    handler, logger = logging.StreamHandler(Deaf()), logging.getLogger("ipportal")
    logger.addHandler(handler)
    monkeypatch.setattr(sys, "stderr", Deaf())
    yield
    monkeypatch.undo()
    logger.removeHandler(handler)


@pytest.mark.sqlite
@pytest.mark.usefixtures("deaf")
def test_a_fault_that_cannot_be_logged_still_has_its_page(browser: Browser, filed: Portal) -> None:
    act = next(each for each in EACH_SUBMIT.args[1] if each.step == "login/form")
    act.before(browser)
    shown = browser.page
    filed.faults.arm(kind="disk_full", step="login/form", moment="submit")

    assert act.do(browser).status == 503
    browser.page = shown
    assert act.do(browser).screen == "account/home"


def test_lines_that_nobody_could_take_are_counted_and_the_others_written(monkeypatch: pytest.MonkeyPatch) -> None:
    root, portals = logging.getLogger(), logging.getLogger("ipportal")
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(sys, "stderr", Deaf())
    log.keep()
    portals.error("one")
    portals.error("two")
    deaf = log.lost()

    (kept,) = root.handlers
    monkeypatch.setattr(kept, "stream", heard := io.StringIO())
    portals.error("three")
    log.keep()

    assert (deaf, log.lost(), root.handlers) == (2, 2, [kept])
    assert re.fullmatch("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[+-][0-9]{4} three\n", heard.getvalue())


@pytest.mark.parametrize("server", SERVERS, ids=str)
@pytest.mark.parametrize("sink", ["full", "gone"])
def test_a_served_portal_whose_log_is_full_or_gone_answers_on(folder: Path, server: tuple[str, ...], sink: str) -> None:
    read, write = os.pipe()
    stderr = os.open("/dev/full", os.O_WRONLY) if sink == "full" else write
    words = ["serve", "--instance", str(folder), "--port", "0", *server]
    process = subprocess.Popen(
        [sys.executable, "-m", "ipportal", *words],
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        env=environment(),
        cwd=folder,
    )
    os.close(read)  # nobody listens to the pipe
    for end in {write, stderr}:
        os.close(end)
    try:
        assert process.stdout
        greeting = ""
        while "Ctrl+C" not in greeting:
            greeting += process.stdout.readline()
        found = re.search(r"127\.0\.0\.1:([0-9]+)/", greeting)
        assert found
        visitor = Visitor(int(found[1]))
        path = folder / "portal.sqlite"
        seen = [visitor.get("/practice").status]
        path.rename(folder / "away")
        seen += [visitor.get("/practice").status for _ in range(3)]
        (folder / "away").rename(path)
        seen.append(visitor.get("/practice").status)
        lost = json.loads(visitor.get("/_control/v1/health").body)["lost_log_lines"]
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)

    assert seen == [200, 503, 503, 503, 200]
    assert lost == seen.count(503)
