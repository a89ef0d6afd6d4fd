from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest
from journeys.served import environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Terminal


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "words",
    [
        *(("rules", "--schema"), ("vectors", "export", "--format", "csv", "--rule", "agree")),
        *(("--help",), ("--version",), ("rules", "--help")),
    ],
)
def test_a_reader_that_has_seen_enough_ends_the_command_quietly_but_not_as_if_it_were_done(
    tmp_path: Path, words: tuple[str, ...], unbuffered: str
) -> None:
    command = [sys.executable, "-m", "ipportal", *words]
    env = environment(PYTHONUNBUFFERED=unbuffered)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0, env=env, cwd=tmp_path
    ) as done:
        assert done.stdout
        assert done.stderr
        done.stdout.close()
        said = done.stderr.read()

    assert (done.returncode, said) == (141, b"")


def unread() -> IO[bytes]:
    """Return a pipe that its reader has left."""
    reader, writer = os.pipe()
    os.close(reader)
    return os.fdopen(writer, "wb")


def full() -> IO[bytes]:
    return Path("/dev/full").open("wb")


@pytest.mark.parametrize("words", [(), ("--json",), ("--workspace", "*")], ids=repr)
@pytest.mark.parametrize(("out", "told"), [(unread, (141, "")), (full, (1, "ipportal: The file stdout "))])
def test_a_journal_that_nobody_can_read_on_ends_as_other_commands_do(
    terminal: Terminal, words: tuple[str, ...], out: Callable[[], IO[bytes]], told: tuple[int, str]
) -> None:
    for _ in range(3):
        terminal.run("reset")
    command = [sys.executable, "-m", "ipportal", "journal", *words]
    env = environment(IPPORTAL_INSTANCE=str(terminal.folder), PYTHONUNBUFFERED="")
    with out() as opened:
        done = subprocess.run(command, stdout=opened, stderr=subprocess.PIPE, text=True, check=False, env=env)

    code, begin = told
    assert (done.returncode, done.stderr[: len(begin)], done.stderr.count("\n")) == (code, begin, bool(begin))


def test_help_that_finds_no_room_is_refused_in_words() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ipportal", "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert (done.returncode, done.stderr[:10], done.stderr.count("\n")) == (1, "ipportal: ", 1)


def test_unbuffered_output_of_which_a_pipe_takes_but_a_part_is_waited_for(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ipportal", "vectors", "export", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment(), cwd=tmp_path) as done:
        assert done.stdout
        done.stdout.read(1)
        done.stdout.close()

    assert done.returncode == 141
