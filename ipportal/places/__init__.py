"""Where workspaces live: in the memory of one process, as files in the instance folder, or as schemas on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..store import is_server
from .files import Files
from .kinds import IDENTITY, NAME, TOUCH, Place, WorkspaceError, birth
from .memory import Memory

if TYPE_CHECKING:
    from ..settings import Settings

__all__ = ["IDENTITY", "NAME", "TOUCH", "Files", "Memory", "Place", "WorkspaceError", "birth", "place_of"]


def place_of(settings: Settings) -> Place:
    """Return where a portal of these settings keeps its workspaces."""
    if settings.workspaces == "memory":
        return Memory()
    if is_server(settings.store):
        from .schemas import Schemas  # noqa: PLC0415 - psycopg is needed for such a store only

        return Schemas(settings.store)
    return Files(settings.instance / "workspaces")
