"""What commands print to: whatever it can show, no word of ours ends in an error."""

from __future__ import annotations

import os
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path


def abandon() -> None:
    """Let go of output that cannot be written, lest it fail once more as the process ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def prepare() -> None:
    """Have files and pipes take UTF-8, and terminals show as a code what they have no character for."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the shell: the next file that is opened, maybe a store, would take its place
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as the process
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
            if isinstance(stream.buffer, FileIO) and stream is getattr(sys, f"__{name}__"):
                # PYTHONUNBUFFERED: what a pipe does not take at once would be lost.
                whole = BufferedWriter(stream.buffer)
                setattr(sys, name, TextIOWrapper(whole, stream.encoding, stream.errors, line_buffering=True))
