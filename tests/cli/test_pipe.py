from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from journeys.served import environment


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
