"""Workspaces in the memory of one process."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ..clock import RealClock
from ..store import Tables
from .kinds import WorkspaceError

if TYPE_CHECKING:
    from datetime import datetime

    from ..store import Sqlite


class Memory:
    """Stores in memory: the quickest, gone with the process, and known to no other."""

    def __init__(self) -> None:
        self._stores: dict[str, Tables] = {}
        self._used: dict[str, datetime] = {}
        self._turn = threading.Lock()

    def names(self) -> list[str]:
        """Return the names of those that are kept."""
        return sorted(self._stores)

    def has(self, name: str) -> bool:
        """Say whether there is a store of that name."""
        return name in self._stores

    def open(self, name: str) -> Tables | None:
        """Return the store of that name, or None."""
        return self._stores.get(name)

    def add(self, name: str, built: Sqlite) -> bool:
        """Keep a store that was built in memory; return False where the name is taken."""
        tables = Tables(built)
        with self._turn:
            self.touch(name)
            return self._stores.setdefault(name, tables) is tables

    def remove(self, name: str) -> bool:
        """Forget a store; say whether it was there."""
        self._used.pop(name, None)
        return self._stores.pop(name, None) is not None

    def used_at(self, name: str) -> datetime:
        """Return when the workspace was last used."""
        if name not in self._used:
            raise WorkspaceError("unknown", name)
        return self._used[name]

    def touch(self, name: str) -> None:
        """Remember that the workspace is used now."""
        self._used[name] = RealClock().now()
