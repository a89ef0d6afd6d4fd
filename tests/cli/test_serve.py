"""`ipportal serve` in a process of its own."""

from __future__ import annotations

import json
import re
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

import pytest
from journeys.control import NOON
from journeys.served import Served, Visitor, command
from journeys.ways import login, register
from ports import free_port

from ipportal.cli import system
from ipportal.wording import say

if TYPE_CHECKING:
    from pathlib import Path

SAFE: dict[str, Any] = {
    "IPPORTAL_ACCESS_PASSWORD": "trainees-only",
    "IPPORTAL_CAPTCHA_MODE": "real",
    "IPPORTAL_CAPTCHA_WORD": "",
}
SERVERS = pytest.mark.parametrize("kind", ["gunicorn", "waitress"])


def person(folder: Path, key: str) -> dict[str, object]:
    people = json.loads(command(folder, "accounts", "--json").stdout)
    found: dict[str, object] = next(each for each in people if each["key"] == key)
    return found


@SERVERS
def test_the_greeting_says_where_the_portal_is_what_time_it_has_and_how_safe_it_is(tmp_path: Path, kind: str) -> None:
    with Served(tmp_path, "--server", kind) as portal:
        greeting = "\n".join(portal.lines)
        practice = Visitor(portal.port).get("/practice")

    assert re.search(r"ipportal [0-9.]+: training emulator, not HKEX", greeting)
    assert f"Practice: http://127.0.0.1:{portal.port}/practice" in greeting
    assert re.search(r"Clock: [0-9T:-]+\+08:00 real", greeting)
    assert re.search("journal mode (wal|truncate), SQLite 3", greeting)
    assert "Safety: this machine only" in greeting
    assert "PASS12" in greeting
    assert portal.lines[0] == say("cli.seeded", "en", scenario="default", people=16)
    assert practice.screen == "practice/accounts"


@SERVERS
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_portal_that_is_told_to_stop_stops_cleanly(tmp_path: Path, kind: str, how: signal.Signals) -> None:
    with Served(tmp_path, "--server", kind) as portal:
        Visitor(portal.port).get("/")
        made = command(tmp_path, "workspaces", "--create", "amy").stdout

        code = portal.stop(how)

    assert code == 0
    assert made.split() == ["amy", f"http://127.0.0.1:{portal.port}/w/amy/"]
    assert not (tmp_path / "serving.json").exists()
    assert not [line for line in portal.lines if "Traceback" in line or "Error" in line]
    assert command(tmp_path, "accounts").returncode == 0


def test_a_portal_begun_in_the_background_hears_ctrl_c_although_its_shell_has_it_ignored(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Served(tmp_path, "--server", "waitress") as portal:
            assert portal.stop(signal.SIGINT) == 0
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_portal_that_is_told_to_stop_as_soon_as_it_greets_has_no_worker_killed(tmp_path: Path) -> None:
    with Served(tmp_path, "--server", "gunicorn", "--processes", "2") as portal:
        code = portal.stop()

    assert (code, portal.lines[-1]) == (0, say("cli.stop", "en"))


def test_a_later_start_fills_nothing_anew_and_keeps_what_was_registered(tmp_path: Path) -> None:
    with Served(tmp_path) as portal:
        portal.clock("set", NOON)
        chan = person(tmp_path, "fresh-individual")
        assert register(Visitor(portal.port), chan, "LokShan1").screen == "register/done"

    with Served(tmp_path) as again:
        assert login(Visitor(again.port), "LokShan1").screen == "basic_password/form"
    assert again.lines[0].startswith("ipportal ")


def test_killed_at_once_the_portal_starts_again_on_its_port_with_every_acknowledged_registration(
    tmp_path: Path,
) -> None:
    with Served(tmp_path, port=free_port()) as portal:
        portal.clock("set", NOON)
        assert register(Visitor(portal.port), person(tmp_path, "fresh-four"), "YingYue4").screen == "register/done"
        portal.stop(signal.SIGKILL)

    with Served(tmp_path, port=portal.port) as again:
        assert again.port == portal.port
        assert login(Visitor(again.port), "YingYue4").screen == "basic_password/form"


@SERVERS
def test_the_clock_moved_from_another_process_is_seen_by_every_process_at_once(tmp_path: Path, kind: str) -> None:
    with Served(tmp_path, "--server", kind, "--processes", "2", TZ="America/New_York") as portal:
        portal.clock("set", "2025-03-30T05:30+08:00")
        closed = [Visitor(portal.port).get("/") for _ in range(12)]
        portal.clock("advance", "90m")
        opened = [Visitor(portal.port).get("/") for _ in range(12)]

    assert {(page.status, page.headers["X-Ipportal-Now"]) for page in closed} == {(503, "2025-03-30T05:30:00+08:00")}
    assert {page.headers["Retry-After"] for page in closed} == {"5400"}
    assert {(page.status, page.headers["X-Ipportal-Now"]) for page in opened} == {(200, "2025-03-30T07:00:00+08:00")}


def test_a_start_in_maintenance_hours_says_until_when_and_how_to_practise_at_once(tmp_path: Path) -> None:
    command(tmp_path, "clock", "set", "2025-03-30T05:29:30+08:00")

    with Served(tmp_path) as portal:
        pass

    told = f"In maintenance hours until 2025-03-30T07:00:00+08:00. To practise at once: {sys.executable} -m ipportal "
    assert f"{told}clock advance 91m" in portal.lines
    assert command(tmp_path, "clock", "advance", "91m").stdout.startswith("2025-03-30T07:00:30")


def test_a_port_in_use_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = command(tmp_path, "serve", "--port", str(port))

    assert (done.returncode, done.stderr) == (
        1,
        f"ipportal: {say('cli.port_in_use', 'en', host='127.0.0.1', port=port)}\n",
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "ü..x"])
def test_an_address_that_is_not_this_machines_cannot_be_listened_on(tmp_path: Path, host: str) -> None:
    words = ("--host", host, "--public", "--port", "0")
    done = command(tmp_path, "serve", *words, "--bcrypt-cost", "10", **SAFE)

    assert done.returncode == 1
    assert re.fullmatch(rf"ipportal: Cannot listen on {re.escape(host)}:0 \(.+\)\.[^\n]*\n", done.stderr)


def test_a_public_portal_says_that_others_may_enter_and_asks_them_for_the_password(tmp_path: Path) -> None:
    nobody = tmp_path / "nobody.toml"
    nobody.write_text("people = []\n")
    with Served(tmp_path, "--public", "--bcrypt-cost", "10", "--scenario", str(nobody), **SAFE) as portal:
        page = Visitor(portal.port).get("/")

    assert "Safety: other machines may enter with the access password" in "\n".join(portal.lines)
    assert "trainees-only" not in "\n".join(portal.lines)
    assert page.select("input[name=access_password]")


def test_a_store_filled_from_another_scenario_is_named_at_the_start(tmp_path: Path) -> None:
    assert command(tmp_path, "reset").returncode == 0
    other = tmp_path / "other.toml"
    other.write_text("people = []\n")

    with Served(tmp_path, "--scenario", str(other)) as portal:
        pass

    assert say("cli.other_scenario", "en", kept="default", wanted=str(other)) in portal.lines


@pytest.mark.parametrize(("lang", "words"), [("zh-Hant", "按 Ctrl+C 停止"), ("zh-Hans", "按 Ctrl+C 停止")])
def test_the_greeting_speaks_the_terminals_language(tmp_path: Path, lang: str, words: str) -> None:
    with Served(tmp_path, "--terminal-lang", lang) as portal:
        pass

    assert words in "\n".join(portal.lines)


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_a_worker_dies_with_its_parent(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    calls: list[tuple[int, int]] = []

    class Library:
        def prctl(self, option: int, value: int) -> None:
            calls.append((option, value))

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr("ctypes.CDLL", lambda _: Library())

    system.die_with_parent()

    assert calls == ([(1, signal.SIGKILL)] if platform == "linux" else [])
