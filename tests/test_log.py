"""A line of the log that nobody could take is counted, and said no more of."""

from __future__ import annotations

import errno
import io
import logging
from typing import TYPE_CHECKING

from ipportal import log

if TYPE_CHECKING:
    import pytest


class FullAfter(io.StringIO):
    """A disk with room for so many lines."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, text: str) -> int:
        self.room -= 1
        if self.room < 0:
            raise OSError(errno.ENOSPC, "full")
        return super().write(text)


def test_lines_that_do_not_fit_are_counted_and_the_others_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    disk = FullAfter(1)
    monkeypatch.setattr(logging.getLogger(), "handlers", [log.Lines(disk), logging.NullHandler()])

    for word in ("first", "second", "third"):
        logging.getLogger("ipportal").error(word)

    assert disk.getvalue() == "first\n"
    assert log.lost() == 2
    assert capsys.readouterr().err == ""
