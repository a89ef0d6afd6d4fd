"""Workspaces as schemas on the server that keeps `main`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ..clock import HONG_KONG, RealClock, utc
from ..store import Tables
from ..store.postgres import MAIN, Postgres
from .kinds import Opening, WorkspaceError

if TYPE_CHECKING:
    from ..store import Sqlite


class Schemas(Opening):
    """A schema for each, entered in the server's table of portals: known to every process on every machine."""

    def __init__(self, store: str) -> None:
        super().__init__()
        self._store, self._main = store, Postgres(store)

    def _names(self) -> list[str]:
        found = self._main.rows(
            f"SELECT name FROM {self._main.portals} WHERE name <> :main ORDER BY name", {"main": MAIN}
        )
        return [name for (name,) in found]

    def has(self, name: str) -> bool:
        """Say whether there is a store of that name."""
        return bool(self._entries(name))

    def add(self, name: str, built: Sqlite) -> bool:
        """Keep a store that was built in memory, as a schema; return False where the name is taken."""
        new = self._backend(name)
        tables = Tables(new)
        with new.making() as free:
            if free:
                for each, table in Tables(built).by_name.items():
                    if rows := table.dump():
                        tables.by_name[each].load(rows)
        if free:
            self._open[name] = tables
        return free

    def remove(self, name: str) -> bool:
        """Forget a store; say whether it was there."""
        self._open.pop(name, None)
        return self._backend(name).drop()

    def used_at(self, name: str) -> datetime:
        """Return when the workspace was last used."""
        if not (found := self._entries(name)):
            raise WorkspaceError("unknown", name)
        return datetime.fromisoformat(found[0][0]).astimezone(HONG_KONG)

    def touch(self, name: str) -> None:
        """Remember that the workspace is used now; another process may have removed it meanwhile."""
        if self.has(name):
            changed = f"UPDATE {self._main.portals} SET used_at = :now WHERE name = :name"
            self._backend(name).run(changed, {"now": utc(RealClock().now()), "name": name})

    def _backend(self, name: str) -> Postgres:
        return Postgres(self._store, name)

    def _entries(self, name: str) -> list[tuple[str]]:
        asked = f"SELECT used_at FROM {self._main.portals} WHERE name = :name AND name <> :main"
        return self._main.rows(asked, {"name": name, "main": MAIN})
