"""Where hashes run: no more at once than there are cores, and dear ones behind everything else."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import bcrypt
import pytest

from ipportal.flows.passwords import Gate
from ipportal.turns import cores

SALT = "$2b$04$abcdefghijklmnopqrstuu"
DEAR_SALT = "$2b$08$abcdefghijklmnopqrstuu"
FORKED = f"""
import os
from ipportal.flows.passwords import gate

hashed = gate.run("31415926", "{DEAR_SALT}")
if child := os.fork():
    raise SystemExit(os.waitpid(child, 0)[1])
os._exit(gate.run("31415926", "{DEAR_SALT}") != hashed)
"""


@pytest.mark.parametrize(
    ("secret", "salt"),
    [
        ("31415926", "no salt"),
        ("31415926", ""),
        ("x" * 73, SALT),
        ("x" * 73, DEAR_SALT),
        ("é" * 37, SALT),
        ("\ud800", SALT),
        ("\ud800", DEAR_SALT),
    ],
)
def test_what_bcrypt_refuses_has_no_hash(secret: str, salt: str) -> None:
    assert Gate().run(secret, salt) == ""


def test_no_more_runs_go_on_at_once_than_the_gate_is_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most, counting = [], [], threading.Lock()
    begun = threading.Event()

    def slow(*_: bytes) -> bytes:
        with counting:
            inside.append(1)
            most.append(len(inside))
        begun.wait(0.02)
        with counting:
            inside.pop()
        return b"hash"

    monkeypatch.setattr(bcrypt, "hashpw", slow)
    narrow = Gate(2)
    threads = [threading.Thread(target=narrow.run, args=("31415926", DEAR_SALT)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(most) == 8
    assert max(most) == 2


@pytest.mark.parametrize(("platform", "told"), [("linux", {0, 2, 5}), ("darwin", {0, 1, 2, 3})])
def test_cores_are_those_that_the_process_may_use_where_the_system_tells(
    monkeypatch: pytest.MonkeyPatch, platform: str, told: set[int]
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 2, 5}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)

    assert cores() == told


@pytest.mark.parametrize("salt", [SALT, DEAR_SALT])
def test_a_gate_lets_one_through_where_nobody_knows_the_cores(monkeypatch: pytest.MonkeyPatch, salt: str) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(os, "cpu_count", lambda: None)

    assert Gate().run("31415926", salt) == bcrypt.hashpw(b"31415926", salt.encode()).decode()


@pytest.mark.parametrize(
    ("platform", "refused", "more"), [("linux", False, 10), ("linux", True, 0), ("darwin", False, 0)]
)
def test_a_dear_run_gives_way_to_everything_else_where_it_can(
    monkeypatch: pytest.MonkeyPatch, platform: str, *, refused: bool, more: int
) -> None:
    niceness: list[int] = []

    def hashpw(*_: bytes) -> bytes:
        niceness.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return b"hash"

    def refuse(*_: int) -> None:
        raise PermissionError

    monkeypatch.setattr(bcrypt, "hashpw", hashpw)
    monkeypatch.setattr(sys, "platform", platform)
    if refused:
        monkeypatch.setattr(os, "setpriority", refuse)
    own = os.getpriority(os.PRIO_PROCESS, 0)

    Gate().run("31415926", DEAR_SALT)

    assert niceness == [min(own + more, 19)]  # the system knows no more
    assert os.getpriority(os.PRIO_PROCESS, 0) == own


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has processes keep to a core")
def test_a_dear_run_may_use_every_core_though_its_process_keeps_to_one(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[set[int]] = []

    def hashpw(*_: bytes) -> bytes:
        used.append(os.sched_getaffinity(threading.get_native_id()))
        return b"hash"

    monkeypatch.setattr(bcrypt, "hashpw", hashpw)
    own = os.sched_getaffinity(0)
    wide = Gate()
    os.sched_setaffinity(0, {min(own)})  # this thread; those that it begins follow it
    try:
        wide.run("31415926", DEAR_SALT)
    finally:
        os.sched_setaffinity(0, own)

    assert used == [own]


def test_a_process_that_was_forked_hashes_on_threads_of_its_own() -> None:
    subprocess.run([sys.executable, "-c", FORKED], check=True, timeout=60)
