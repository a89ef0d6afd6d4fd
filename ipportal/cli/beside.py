"""The server that runs on the same instance folder: what a command beside it has to know, whatever its options were."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from ..hosts import WILDCARDS
from ..store import MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

    from ..settings import Settings


@contextmanager
def told(settings: Settings, port: int) -> Iterator[None]:
    """Leave word of this server in the instance folder for as long as it runs, where that takes any.

    The word of another server that runs on the same folder stays. One whose store is its memory leaves none: no command
    can do anything to it.
    """
    path, process = _path(settings), os.getpid()
    word = json.dumps({"address": address_at(settings, port), "public": settings.public, "process": process})
    held = None if settings.store == MEMORY else _leave(path, word)
    try:
        yield
    finally:
        if held:
            with held, suppress(OSError, ValueError):  # a process that was forked comes by here too
                if os.getpid() == process and path.read_text(encoding="utf-8") == word:
                    if sys.platform == "win32":  # where a file that is open cannot be removed
                        held.close()
                    path.unlink()


def address(settings: Settings) -> str:
    """Return where the portal is, without a slash in the end: as the server has it, unless an option says otherwise."""
    chosen = "option" in {settings.origins.get(name) for name in ("host", "port")}
    found = "" if chosen else _word(settings).get("address")
    return found if found and isinstance(found, str) else address_at(settings, settings.port)


def address_at(settings: Settings, port: int) -> str:
    """Return where others reach a server that listens on that port, without a slash in the end."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    host = settings.trusted_hosts[0] if settings.host in WILDCARDS and settings.trusted_hosts else settings.host
    return f"http://{host}:{port}"


def is_public(settings: Settings) -> bool:
    """Say whether the server lets other machines in, as these settings or its own have it."""
    return settings.public or _word(settings).get("public") is True


def _path(settings: Settings) -> Path:
    return settings.instance / "serving.json"


def _leave(path: Path, word: str) -> TextIO | None:
    """Write a word, and return the file that is to be held; None where it takes none or another's is there."""
    with suppress(OSError):
        file = path.open("a+", encoding="utf-8")
        if not _held(file, take=True):
            file.truncate(0)
            file.write(word)
            file.flush()
            return file
        file.close()
    return None


def _held(file: TextIO, *, take: bool = False) -> bool:
    """Say whether a server that runs holds the file of its word; with *take*, hold it from now on if none does."""
    if sys.platform == "win32":  # where that cannot be told, a word is believed
        return not take
    import fcntl  # noqa: PLC0415 - not there on Windows

    try:
        fcntl.flock(file, (fcntl.LOCK_EX if take else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:  # only the end of a process lets go of it, whatever ends it
        return True
    return False


def _word(settings: Settings) -> dict[str, Any]:
    try:
        with _path(settings).open(encoding="utf-8") as file:
            found = json.load(file) if _held(file) else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
