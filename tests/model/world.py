"""The world as the model has it: plain dictionaries of whatever a portal remembers, secrets in clear."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any, Final

from ipportal.clock import HONG_KONG

Row = dict[str, Any]
Codes = dict[str, str]

REAL: Final = datetime(2025, 4, 2, 9, 30, tzinfo=HONG_KONG)  # where the machine's own clock stands in these tests
NOON: Final = datetime(2025, 3, 31, 12, 0, tzinfo=HONG_KONG)
WORD: Final = "PASS12"


@dataclass
class World:
    """Everything that a checkpoint may hold, and what it leaves behind."""

    accounts: dict[str, Row] = field(default_factory=dict)
    users: dict[str, Row] = field(default_factory=dict)
    cancelled: dict[str, datetime] = field(default_factory=dict)
    drafts: dict[str, Row] = field(default_factory=dict)
    sessions: dict[str, Row] = field(default_factory=dict)
    notices: dict[str, Row] = field(default_factory=dict)
    journal: list[Row] = field(default_factory=list)
    clock: Row = field(default_factory=lambda: {"mode": "real"})
    captcha: Row = field(default_factory=lambda: {"mode": "fixed", "word": WORD, "seed": "1"})
    draws: int = 0
    suspension: tuple[datetime, datetime] | None = None
    scenario: str = "default"
    challenges: dict[str, Row] = field(default_factory=dict)
    tickets: dict[str, Row] = field(default_factory=dict)
    faults: list[Row] = field(default_factory=list)
    next_fault: int = 1
    checkpoints: dict[str, World] = field(default_factory=dict)
    real: datetime = REAL
    writes: bool = False  # whether the request at hand has to write, even where the rows stay as they are

    def now(self) -> datetime:
        """Return the portal's time."""
        if self.clock["mode"] == "frozen":
            moment: datetime = self.clock["at"]
            return moment
        by: timedelta = self.clock.get("by", timedelta())
        return self.real + by

    def living(self, begun: datetime, life: timedelta) -> bool:
        """Say whether something of that age still counts; what was begun in the future does not.

        The machine's own clock may be set back by up to a minute without anybody meaning it.
        """
        slack = timedelta() if self.clock["mode"] == "frozen" else timedelta(minutes=1)
        return begun - slack <= self.now() < begun + life

    def copied(self, *names: str) -> Row:
        """Return copies of the named parts, or of all."""
        return copy.deepcopy({name: getattr(self, name) for name in names or _NAMES})

    def put(self, parts: Row) -> None:
        """Put parts in place of one's own."""
        for name, value in parts.items():
            setattr(self, name, value)


_NAMES: Final = tuple(each.name for each in fields(World))
KEPT: Final = (
    *("accounts", "users", "cancelled", "drafts", "sessions", "notices", "journal"),
    *("clock", "captcha", "draws", "suspension", "scenario"),
)
"""What a checkpoint takes along."""


def entry(step: str, outcome: str = "done", reason: str = "", account: str = "", codes: Codes | None = None) -> Row:
    """Return an entry of the journal."""
    return {"step": step, "outcome": outcome, "reason": reason, "account": account, "codes": dict(codes or {})}
