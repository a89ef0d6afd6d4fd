"""Workspaces as files in the instance folder."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from .. import durable
from ..clock import HONG_KONG, RealClock
from ..store import Sqlite, Tables, Unavailable
from ..store.troubles import unusable
from .kinds import NAME, Opening, WorkspaceError

if TYPE_CHECKING:
    from pathlib import Path

_LEFT = timedelta(minutes=10)  # no workspace takes as long to make
_BESIDE = ("-journal", "-wal", "-shm")


class Files(Opening):
    """A database file for each: known to every process, and there after a restart."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def _names(self) -> list[str]:
        found = (path.stem for path in self._folder.glob("*.sqlite"))
        return sorted(name for name in found if re.fullmatch(NAME, name))

    def has(self, name: str) -> bool:
        """Say whether there is a store of that name."""
        return self._path(name).exists()

    def add(self, name: str, built: Sqlite) -> bool:
        """Keep a store that was built in memory, as a file; return False where the name is taken."""
        if not self._folder.parent.is_dir():  # the instance folder has gone: what is kept in another is lost with it
            raise Unavailable("missing", str(self._folder))
        self._sweep()
        try:
            added = durable.add(self._path(name), built.image())
        except OSError as fault:
            raise unusable(fault, str(self._folder)) from fault
        if not added:
            return False
        self._open[name] = Tables(Sqlite(str(self._path(name)), ours=True))
        return True

    def remove(self, name: str) -> bool:
        """Forget a store; say whether it was there."""
        kept = self._open.pop(name, None)
        backend = cast("Sqlite", kept.backend) if kept else self._backend(name)
        try:
            with backend.atomic():  # so that nobody writes meanwhile, and leaves a journal to the next of that name
                return backend.is_there() and self._unlink(name)  # not another's of that name, made meanwhile
        except Unavailable as fault:
            if fault.code == "busy":
                raise
            return self._unlink(name)  # of what is damaged, or no store at all
        finally:
            backend.close()

    def _unlink(self, name: str) -> bool:
        try:
            for ending in _BESIDE:  # first, or the next workspace of that name might find them
                self._path(name).with_name(f"{name}.sqlite{ending}").unlink(missing_ok=True)
            return durable.remove(self._path(name))
        except OSError as fault:
            raise unusable(fault, str(self._folder)) from fault

    def used_at(self, name: str) -> datetime:
        """Return when the workspace was last used."""
        try:
            return _written(self._path(name))
        except FileNotFoundError as fault:
            raise WorkspaceError("unknown", name) from fault

    def touch(self, name: str) -> None:
        """Remember that the workspace is used now, where that can be: another process may have removed it meanwhile."""
        with suppress(OSError):
            os.utime(self._path(name))

    def _sweep(self) -> None:
        """Remove what processes that were killed in the middle have left."""
        for left in self._folder.glob(durable.UNFINISHED):
            with suppress(OSError):
                if RealClock().now() - _written(left) > _LEFT:
                    left.unlink()

    def _backend(self, name: str) -> Sqlite:
        return Sqlite(str(self._path(name)))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.sqlite"


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, HONG_KONG)
