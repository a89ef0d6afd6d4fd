"""Files that somebody names: a device or pipe is none, and neither is one that is too long."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ipportal.wording import say

if TYPE_CHECKING:
    from cli.conftest import Terminal


def test_a_file_without_an_end_or_of_too_much_is_no_scenario(bare: Terminal) -> None:
    os.mkfifo(pipe := bare.folder / "pipe.toml")
    (long := bare.folder / "long.toml").write_text("#" * 1_500_001)

    for file in ("/dev/zero", pipe, long, bare.folder):
        said = bare.run("accounts", "--scenario", str(file))

        assert (said.code, said.err) == (1, f"ipportal: {say('cli.scenario.file', 'en', where=str(file))}\n")


def test_a_scenario_of_as_much_as_may_be_is_read(bare: Terminal) -> None:
    (file := bare.folder / "long.toml").write_text("#" * 1_500_000)

    assert bare.run("accounts", "--scenario", str(file)).code == 0


def test_a_file_without_an_end_is_no_checkpoint(terminal: Terminal) -> None:
    os.mkfifo(pipe := terminal.folder / "pipe")
    files = ["/dev/zero", str(pipe), str(terminal.folder)]

    told = [terminal.run("checkpoint", "restore", each) for each in files]

    assert {said.code for said in told} == {1}
    assert [said.err for said in told] == [
        f"ipportal: The file {each} cannot be used: Invalid argument\n" for each in files
    ]
