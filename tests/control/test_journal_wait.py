from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest
from control.api import Api
from control.cases_requests import W
from props import new_portal

from ipportal.app import create_app
from ipportal.control import journal
from ipportal.scenarios import seed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

J = f"{W}/journal"


class Leaping:
    """A clock and a sleep in which waiting takes no time."""

    def __init__(self) -> None:
        self.at, self.slept = 0.0, 0

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at, self.slept = self.at + seconds, self.slept + 1


class Watched:
    """The real clock and sleep, which say when somebody waits."""

    def __init__(self) -> None:
        self.waiting = threading.Event()
        self.monotonic = time.monotonic

    def sleep(self, seconds: float) -> None:
        self.waiting.set()
        time.sleep(seconds)


@pytest.fixture
def leaping(monkeypatch: pytest.MonkeyPatch) -> Leaping:
    monkeypatch.setattr(journal, "time", found := Leaping())
    return found


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setattr(journal, "time", found := Watched())
    return found


def meanwhile(api: Api, watched: Watched, deed: Callable[[], object], **query: str) -> Any:
    """Do something while another thread waits for the journal of `w`; return what that one is told."""
    last = api.get(J)["last"]
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(api.get, J, after=str(last), wait="30s", **query)
        watched.waiting.wait()
        deed()
        return asked.result()


def test_who_waits_is_woken_by_what_another_thread_writes(api: Api, watched: Watched) -> None:
    api.create("w")

    told = meanwhile(api, watched, lambda: api.portal("w").journal.note("register/terms"))

    assert [each["step"] for each in told["entries"]] == ["register/terms"]


def test_who_waits_for_one_thing_is_not_woken_by_another(api: Api, watched: Watched) -> None:
    api.create("w")

    def deed() -> None:
        api.portal().journal.note("register/kind")
        api.portal("w").journal.note("register/terms")
        api.portal("w").journal.note("register/kind")

    told = meanwhile(api, watched, deed, step="register/kind")

    assert [each["step"] for each in told["entries"]] == ["register/kind"]


@pytest.mark.parametrize("workspaces", ["files", "memory"])
def test_who_waits_is_told_when_the_workspace_goes(tmp_path: Path, watched: Watched, workspaces: str) -> None:
    portal = new_portal(instance=tmp_path, workspaces=workspaces)
    seed(portal)
    api = Api(create_app(portal=portal))
    api.create("w")
    last = api.get(J)["last"]
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(api.ask, "GET", J, query_string={"after": str(last), "wait": "30s"})
        watched.waiting.wait()
        api.done("DELETE", W)
        found = asked.result()
    portal.close()

    assert (found.status, found.code) == (404, "workspace_unknown")


def test_nothing_comes_of_waiting_when_nothing_happens(api: Api, leaping: Leaping) -> None:
    api.create("w")
    last = api.get(J)["last"]

    assert api.get(J, after=str(last), wait="5s") == {"entries": [], "last": last}
    assert 5 <= leaping.at < 5.1


def test_nobody_waits_for_what_is_there_already(api: Api, leaping: Leaping) -> None:
    api.create("w")

    assert api.get(J, wait="30s")["entries"]
    assert api.get(J, after="99999", wait="0s")["entries"] == []
    assert api.get(J, after="99999")["entries"] == []
    assert leaping.slept == 0


def test_who_waits_for_long_looks_less_often(api: Api, leaping: Leaping) -> None:
    api.create("w")
    api.get(J, after="99999", wait="2s")
    often, leaping.slept = leaping.slept, 0

    api.get(J, after="99999", wait="30s")

    assert 80 <= often <= 90
    assert leaping.slept < 3 * often


def test_where_too_many_wait_nobody_else_may(
    api: Api, leaping: Leaping, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    api.create("w")
    monkeypatch.setattr(journal, "away", lambda: nullcontext(False))

    found = api.refused("GET", J, query_string={"after": "99999", "wait": "30s"})

    assert (found.status, found.code, found.json["where"]) == (503, "store", "busy")
    assert "requests wait already" in caplog.text
    assert leaping.slept == 0
    assert api.get(J, wait="30s")["entries"]


@pytest.mark.parametrize(("wait", "seconds"), [("30s", 30), ("0m1s", 1), ("1s", 1)])
def test_a_wait_may_be_up_to_thirty_seconds_long(api: Api, leaping: Leaping, wait: str, seconds: int) -> None:
    api.create("w")
    api.get(J, after="99999", wait=wait)

    assert seconds <= leaping.at < seconds + 0.1


@pytest.mark.parametrize("wait", ["31s", "1m", "30m", "99999d", "-1s"])
def test_a_wait_beyond_thirty_seconds_is_refused_at_once(api: Api, leaping: Leaping, wait: str) -> None:
    api.create("w")

    found = api.refused("GET", J, query_string={"wait": wait})

    assert (found.code, found.json["where"], found.accepted) == ("value", "/wait", ["0s to 30s"])
    assert leaping.slept == 0


@pytest.mark.parametrize("wait", ["", "5", "soon", "5 s", "inf", "nan", "1e1s"])
def test_a_wait_that_cannot_be_read_is_refused_at_once(api: Api, leaping: Leaping, wait: str) -> None:
    api.create("w")

    found = api.refused("GET", J, query_string={"wait": wait})

    assert (found.code, found.accepted) == ("time_span", ["0s to 30s"])
    assert leaping.slept == 0
