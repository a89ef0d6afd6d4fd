"""The server that runs on the same instance folder: what a command beside it has to know, whatever its options were."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from ..settings import WILDCARDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..settings import Settings


@contextmanager
def told(settings: Settings, port: int) -> Iterator[None]:
    """Leave word of this server in the instance folder for as long as it runs, where that takes any."""
    path, process = _path(settings), os.getpid()
    word = json.dumps({"address": address_at(settings, port), "public": settings.public, "process": process})
    with suppress(OSError):
        path.write_text(word, encoding="utf-8")
    try:
        yield
    finally:
        with suppress(OSError):  # a process that was forked comes by here too, and another server may have begun
            if os.getpid() == process and path.read_text(encoding="utf-8") == word:
                path.unlink()


def address(settings: Settings) -> str:
    """Return where the portal is, without a slash in the end: as the server has it, unless an option says otherwise."""
    chosen = "option" in {settings.origins.get(name) for name in ("host", "port")}
    found = "" if chosen else _word(settings).get("address")
    return found if found and isinstance(found, str) else address_at(settings, settings.port)


def address_at(settings: Settings, port: int) -> str:
    """Return where others reach a server that listens on that port, without a slash in the end."""
    host = settings.trusted_hosts[0] if settings.host in WILDCARDS and settings.trusted_hosts else settings.host
    return f"http://{host}:{port}"


def is_public(settings: Settings) -> bool:
    """Say whether the server lets other machines in, as these settings or its own have it."""
    return settings.public or _word(settings).get("public") is True


def _path(settings: Settings) -> Path:
    return settings.instance / "serving.json"


def _word(settings: Settings) -> dict[str, Any]:
    try:
        found = json.loads(_path(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
