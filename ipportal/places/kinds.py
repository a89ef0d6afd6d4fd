"""What keeps workspaces, whatever it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from ..store import Tables, Unavailable

if TYPE_CHECKING:
    from datetime import datetime

    from ..store import Backend, Sqlite

NAME = "[a-z0-9-]{1,40}"
IDENTITY = "workspace"  # the fact that says which workspace a store is
TOUCH = timedelta(minutes=1)  # how exactly the last use is kept


class WorkspaceError(Exception):
    """Why a workspace is not there or cannot be made: `code` is unknown, name, taken, full or main."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(code, name)
        self.code, self.name = code, name


def birth(tables: Tables) -> str:
    """Return what tells a workspace from another of the same name, before it or after; "" for `main`."""
    return str(tables.recall(IDENTITY).get("birth", ""))


class Place(Protocol):
    """What keeps the stores of workspaces by name."""

    def names(self) -> list[str]:
        """Return the names of those that are kept."""
        ...

    def has(self, name: str) -> bool:
        """Say whether there is a store of that name."""
        ...

    def open(self, name: str) -> Tables | None:
        """Return the store of that name, or None."""
        ...

    def add(self, name: str, built: Sqlite) -> bool:
        """Keep a store that was built in memory; return False where the name is taken."""
        ...

    def remove(self, name: str) -> bool:
        """Forget a store; say whether it was there."""
        ...

    def used_at(self, name: str) -> datetime:
        """Return when the workspace was last used, in real time, to the minute; raise `WorkspaceError` if none."""
        ...

    def touch(self, name: str) -> None:
        """Remember that the workspace is used now."""
        ...


class Opening(ABC):
    """What a place does whose stores other processes use too: each is opened once, and never made by looking at it."""

    def __init__(self) -> None:
        self._open: dict[str, Tables] = {}

    def names(self) -> list[str]:
        """Return the names of those that are kept, and let go of those that others have removed."""
        found = self._names()
        for gone in {*self._open} - {*found}:
            self._open.pop(gone, None)
        return found

    @abstractmethod
    def _names(self) -> list[str]:
        """Return the names of those that are kept."""

    @abstractmethod
    def has(self, name: str) -> bool:
        """Say whether there is a store of that name."""

    @abstractmethod
    def _backend(self, name: str) -> Backend:
        """Return what holds the store of that name."""

    def open(self, name: str) -> Tables | None:
        """Return the store of that name, or None; the first time in a process its schema is brought up to date."""
        if not self.has(name):
            self._open.pop(name, None)
            return None
        if name not in self._open:
            tables = Tables(self._backend(name))
            try:
                tables.backend.prepare(make=False)
            except Unavailable:
                if self.has(name):
                    raise
                return None  # another process has removed it just now
            self._open[name] = tables
        return self._open[name]
