"""The portal: tables, clock and flows in one frozen object. It needs no web server."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .clock import Clock, StoppedClock
from .flows import (
    Account,
    Accounts,
    BasicPassword,
    Cancel,
    Captcha,
    Drafts,
    Faults,
    Journal,
    Login,
    Register,
    Sessions,
    Staff,
    Suspension,
)
from .flows.base import At
from .flows.captcha import CHOICE
from .flows.faults import FAULTS, Fault
from .flows.suspension import SUSPENSION, suspended
from .hours import Calendar, Closure
from .store import CLOCK, StoredClock, Tables, open_store, told_by
from .store.columns import revive
from .store.schema import Fact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from .settings import Settings


MAIN = "main"
SCENARIO = "scenario"  # the fact that tells what the store was filled with


@dataclass(frozen=True)
class Portal:
    """One portal. Its attributes are the things a visitor can do; `stored_clock` moves its time.

    `name` is its workspace, `suspension` an unplanned closure that a tester has ordered.
    """

    settings: Settings
    tables: Tables
    clock: Clock
    name: str = MAIN
    suspension: Closure | None = None

    account = At(Account)
    accounts = At(Accounts)
    basic_password = At(BasicPassword)
    cancel = At(Cancel)
    captcha = At(Captcha)
    drafts = At(Drafts)
    faults = At(Faults)
    journal = At(Journal)
    login = At(Login)
    register = At(Register)
    sessions = At(Sessions)
    staff = At(Staff)
    suspensions = At(Suspension)

    @property
    def stored_clock(self) -> StoredClock:
        """The clock that all processes on this store share."""
        return StoredClock(self.tables)

    def at(self, moment: datetime) -> Portal:
        """Return this portal at one moment: everything it then does is judged by that reading."""
        return replace(self, clock=StoppedClock(moment))

    def closed(self, moment: datetime) -> Closure | None:
        """Return the suspension or maintenance window that holds *moment*, or None.

        A suspension that ends inside a window of the table goes on to that window's end.
        """
        if not self.suspension or not self.suspension.holds(moment):
            return self.calendar.closed(moment)
        following = self.calendar.closed(self.suspension.end)
        return replace(self.suspension, end=following.end) if following else self.suspension

    def standing(self) -> Standing:
        """Return what holds now: one reading of the store and the clock, by which a whole request is judged."""
        facts, stored = _facts(*self.tables.facts.dump(but=SCENARIO)), self.stored_clock
        moment, mode = told_by(facts.get(CLOCK, {}), stored.real.now())
        clock = StoppedClock(moment, stored.slack_of(mode))
        portal = Portal(self.settings, self.tables, clock, self.name, suspended(facts.get(SUSPENSION)))
        chosen = facts.get(CHOICE)
        if chosen and not self.settings.public:  # a public portal draws real ones, whatever its store was told before
            portal = replace(portal, settings=_with_captcha(portal.settings, **chosen))
        armed = tuple(Fault(**each) for each in facts.get(FAULTS, {"armed": []})["armed"])
        return Standing(portal, mode, armed, facts)

    @property
    def calendar(self) -> Calendar:
        """Opening hours as the settings have them."""
        return Calendar(self.settings.holiday_changes, self.settings.sunday_holiday)

    def close(self) -> None:
        """Let go of this thread's connection to the store."""
        self.tables.backend.close()


@dataclass(frozen=True)
class Standing:
    """What holds at one moment: the portal at that reading, the clock's mode, and the faults that are armed.

    `facts` is what the store says of itself, by name, but for its scenario, which may be long; while it says the same,
    it is the same object.
    """

    portal: Portal
    clock_mode: str
    armed: tuple[Fault, ...]
    facts: Mapping[str, Any]


# Most requests find what the one before found.
@lru_cache(maxsize=1024)
def _facts(*rows: tuple[str, str]) -> Mapping[str, Any]:
    """Return by name what the rows of the facts say."""
    return {fact.name: fact.value for fact in (revive(Fact, row) for row in rows)}


def _with_captcha(settings: Settings, mode: str, word: str, seed: str) -> Settings:
    """Return the settings with the CAPTCHA mode that a tester chose; only `fixed` has a word."""
    word = word if mode == "fixed" else ""
    return replace(settings, captcha_mode=mode, captcha_word=word, captcha_seed=seed)


def assemble(settings: Settings) -> Portal:
    """Return the portal on the store that *settings* names; nothing is read or written yet."""
    tables = open_store(settings.store)
    return Portal(settings, tables, StoredClock(tables))
