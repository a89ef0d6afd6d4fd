"""Which branches of the rules were reached: counted from journals, and kept when a journal goes."""

from __future__ import annotations

import json
import logging
import threading
from collections import Counter
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from .flows.branches import reached

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .portal import Portal

FILE = "coverage.jsonl"

_log = logging.getLogger("ipportal")


class Kept:
    """The counts of journals that are gone: a line each in the instance folder, or in memory where there is none."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder else None
        self._counts: Counter[str] = Counter()
        self._turn = threading.Lock()

    @contextmanager
    def going(self, portal: Portal) -> Iterator[None]:
        """Keep what goes from the journal of a portal in the block, if it ends well."""
        before = portal.journal.entries()
        yield
        left = {(entry.sequence, entry.real_time) for entry in portal.journal.entries()}
        self.keep(reached(entry for entry in before if (entry.sequence, entry.real_time) not in left))

    def keep(self, found: Counter[str]) -> None:
        """Keep counts of a journal that has gone."""
        if self._path is None:
            with self._turn:
                self._counts += found
        elif found:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with self._path.open("a+b") as file:
                    file.seek(max(0, file.seek(0, 2) - 1))
                    begun = file.read() not in {b"", b"\n"}  # a line cut short, which shall spoil no other
                    file.write(b"\n" * begun + json.dumps(found).encode() + b"\n")
            except OSError as fault:  # which is no reason to keep a workspace that shall go or begin anew
                _log.error("The coverage of a journal could not be kept: %s", fault.strerror)

    def read(self) -> Counter[str]:
        """Return the sum of all that was kept."""
        with self._turn:
            total = Counter(self._counts)
        if self._path and self._path.exists():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError):  # a line cut short by a full disk
                    total.update(json.loads(line))
        return total
