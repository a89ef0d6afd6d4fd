"""What the scenes of workspaces share: a server's house of workspaces, and what stands in one of them."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from props import new_portal

from ipportal.clock import RealClock
from ipportal.places import WorkspaceError
from ipportal.store import Unavailable
from ipportal.web import blank
from ipportal.web.visit import EXTENSION
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask

    from ipportal.portal import Portal

HOUR = timedelta(hours=1)


def house_at(folder: Path, workspaces: str = "files", **settings: Any) -> Workspaces:
    """Return a house on an instance folder, its `main` empty and in memory unless a store is named."""
    return Workspaces(new_portal(instance=folder, workspaces=workspaces, **settings))


def lend(app: Flask, portal: Portal) -> Flask:
    """Return an application that stands already, as if it had been made for this portal."""
    app.extensions[EXTENSION] = Workspaces(portal)
    app.extensions.pop(blank.EXTENSION, None)
    app.wsgi_app._pages._kept.clear()  # type: ignore[attr-defined]
    return app


def file_of(folder: Path, name: str) -> Path:
    """Return the database file of a workspace."""
    return folder / "workspaces" / f"{name}.sqlite"


def handles() -> int:
    """Return how many files this process has open."""
    return len([*Path("/proc/self/fd").iterdir()])


def rows(portal: Portal) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of a portal as its database keeps it."""
    return {name: table.dump() for name, table in portal.tables.by_name.items()}


def refused(deed: Callable[[], object]) -> tuple[str, str]:
    """Return the code and the name with which a house refuses."""
    with pytest.raises(WorkspaceError) as refusal:
        deed()
    return refusal.value.code, refusal.value.name


def unavailable(deed: Callable[[], object]) -> str:
    """Return the code with which a store says that it cannot be used."""
    with pytest.raises(Unavailable) as refusal:
        deed()
    return refusal.value.code


def let_pass(monkeypatch: pytest.MonkeyPatch, span: timedelta) -> datetime:
    """Have the machine's own clock stand at *span* from now; return that moment."""
    later = RealClock().now() + span
    monkeypatch.setattr(RealClock, "now", lambda _: later)
    return later


def unused_for(path: Path, span: timedelta) -> None:
    """Have a workspace's file look as if nobody had used it for that long."""
    last = (RealClock().now() - span).timestamp()
    os.utime(path, (last, last))


def overtake(monkeypatch: pytest.MonkeyPatch, looking: Workspaces, removing: Workspaces) -> None:
    """Have one process remove a workspace just when the other has found it there."""
    place = looking._place
    has = place.has

    def overtaken(name: str) -> bool:
        found = has(name)
        if found:
            removing.remove(name)
        return found

    monkeypatch.setattr(place, "has", overtaken)
