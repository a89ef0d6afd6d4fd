"""Output that the terminal, a file or nobody at all can take."""

from __future__ import annotations

import sys
from io import BufferedWriter, BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import pytest

from ipportal.cli import streams

if TYPE_CHECKING:
    from cli.conftest import Terminal


class Screen(TextIOWrapper):
    """A terminal that knows Latin letters only."""

    def __init__(self) -> None:
        self.bytes = BytesIO()
        super().__init__(self.bytes, encoding="latin-1")

    def isatty(self) -> bool:
        return True


def test_what_a_terminal_has_no_character_for_is_shown_as_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)

    streams.prepare()
    sys.stdout.write("é 陳")
    sys.stdout.flush()

    assert screen.bytes.getvalue() == "é \\u9673".encode("latin-1")


def test_a_file_gets_utf_8_whatever_the_terminal_has(monkeypatch: pytest.MonkeyPatch) -> None:
    found = BytesIO()
    monkeypatch.setattr(sys, "stderr", TextIOWrapper(found, encoding="ascii"))

    streams.prepare()
    sys.stderr.write("陳\udcff")
    sys.stderr.flush()

    assert found.getvalue() == "陳\\udcff".encode()


def test_an_unbuffered_stream_takes_lines_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "said"
    own = TextIOWrapper(cast("BinaryIO", file.open("wb", buffering=0)), write_through=True)
    monkeypatch.setattr(sys, "stdout", own)
    monkeypatch.setattr(sys, "__stdout__", own)

    streams.prepare()
    sys.stdout.write("陳\n")

    assert file.read_text(encoding="utf-8") == "陳\n"
    assert isinstance(sys.stdout.buffer, BufferedWriter)
    sys.stdout.close()


def test_output_that_finds_no_room_is_let_go_of() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", full)
        full.write("words")

        streams.abandon()


def test_what_somebody_put_in_place_of_a_file_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    own = StringIO()
    monkeypatch.setattr(sys, "stdout", own)

    streams.prepare()

    assert sys.stdout is own


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_command_whose_output_was_closed_runs_all_the_same(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    assert (terminal.run("accounts").code, terminal.run("accounts", "--nonsense").code) == (0, 2)
