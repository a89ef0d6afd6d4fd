"""What a process does while its calls to the system are written down; what it was told, it notes in a diary."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from failures.life import Diary, live

from ipportal.people import EMPTY, read
from ipportal.scenarios import open_portal
from ipportal.settings import Settings
from ipportal.tokens import server_token
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Callable

DIARY = "diary"


def settings_at(folder: Path) -> Settings:
    """Return the settings of a portal whose instance folder that is."""
    return Settings(instance=folder, bcrypt_cost=4)


def start(folder: Path) -> None:
    """Start for the first time."""
    settings, diary = settings_at(folder), Diary(folder / DIARY)
    open_portal(settings)
    diary.note(token=server_token(settings))


def teach(folder: Path) -> None:
    """Make and remove workspaces."""
    house, diary = Workspaces(open_portal(settings_at(folder))), Diary(folder / DIARY)
    for deed, name in (("create", "x"), ("create", "y"), ("remove", "x"), ("create", "x"), ("remove", "y")):
        diary.note(begun=deed, name=name)
        house.create(name, read(EMPTY)) if deed == "create" else house.remove(name)
        diary.note(done=deed, name=name)


def practise(folder: Path) -> None:
    """Live one life."""
    told = json.loads(sys.argv[3])
    live(told | {"store": str(folder / "portal.sqlite"), "diary": str(folder / DIARY)})


DEEDS: dict[str, Callable[[Path], None]] = {"practise": practise, "start": start, "teach": teach}

if __name__ == "__main__":
    DEEDS[sys.argv[1]](Path(sys.argv[2]))
