"""Workspaces: whole portals side by side, each with its own store, clock, CAPTCHA, faults and journal."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from . import coverage
from .clock import RealClock, iso
from .flows.branches import reached
from .places import IDENTITY, NAME, TOUCH, WorkspaceError, place_of
from .portal import MAIN, Portal
from .scenarios import INLINE, Scenario, again, give_key, in_force, named, seed, seed_store
from .staging import set_up
from .store import StoredClock, Tables, Unavailable
from .store.schema import Fact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .store import Sqlite

MOST = 1000  # workspaces on one server


class Workspaces:
    """The unprefixed portal `main`, and the others by name. Every process that serves them sees the same ones."""

    def __init__(self, main: Portal) -> None:
        self.main = main
        settings = main.settings
        self._place = place_of(settings)
        self.coverage = coverage.Kept(None if settings.workspaces == "memory" else settings.instance)

    def names(self) -> list[str]:
        """Return the names of all workspaces, `main` first; those that nobody has used for long are removed."""
        for name in self._place.names():
            self._expire(name)
        return [MAIN, *self._place.names()]

    def has(self, name: str) -> bool:
        """Say whether there is a workspace of that name beside `main`; its store is not opened for it."""
        return self._place.has(name)

    def find(self, name: str, *, use: bool = True) -> Portal | None:
        """Return the workspace of that name, or None; unless *use* is False, being found counts as being used."""
        if name == MAIN:
            return self.main
        if not re.fullmatch(NAME, name):
            return None
        try:
            idle = self._idle(name)
        except WorkspaceError:
            return None
        if idle > self._longest and self._expire(name):
            return None
        tables = self._place.open(name)
        if use and idle > TOUCH:
            self._place.touch(name)
        return self._portal(name, tables) if tables else None

    def get(self, name: str) -> Portal:
        """Return the workspace of that name; raise `WorkspaceError` where there is none."""
        portal = self.find(name)
        if portal is None:
            raise WorkspaceError("unknown", name)
        return portal

    def create(
        self,
        name: str = "",
        scenario: Scenario | None = None,
        now: datetime | None = None,
        captcha: Mapping[str, str] | None = None,
    ) -> Portal:
        """Return a new workspace, as `make` fills it."""
        return self.get(self.make(name, scenario, now, captcha).name)

    def make(
        self,
        name: str = "",
        scenario: Scenario | None = None,
        now: datetime | None = None,
        captcha: Mapping[str, str] | None = None,
    ) -> Portal:
        """Keep a new workspace, filled; without a name it is given one, with *now* its clock is frozen there.

        Without *scenario* it has the people that the settings name. *captcha*, what `Captcha.choose` takes, goes before
        what the scenario says. Return what was made, only to be read: what is kept may be gone by then.
        """
        name = name or f"w-{secrets.token_hex(6)}"
        if not re.fullmatch(NAME, name) or name == MAIN:
            raise WorkspaceError("name", name)
        if len(self.names()) > MOST:
            raise WorkspaceError("full", name)
        scenario = scenario or named(self.main.settings.scenario, self.main.settings)
        built = self._built(name, scenario, now, captcha)
        if not self._place.add(name, built):
            raise WorkspaceError("taken", name)
        return self._portal(name, Tables(built))

    def reset(
        self,
        portal: Portal,
        scenario: Scenario | None = None,
        now: datetime | None = None,
        default_now: datetime | None = None,
    ) -> Scenario:
        """Put a workspace back to where a scenario begins, clock, CAPTCHA and faults too; saved checkpoints stay.

        Without another *scenario* it is its own, read anew, with the time and CAPTCHA that the workspace was made with.
        The clock is frozen at *now*, else there, else at *default_now*. Return the scenario.
        """
        scenario = again(portal) if not scenario or INLINE != scenario.name == in_force(portal).name else scenario
        with self.coverage.going(portal):
            seed(portal, scenario, anew=True, now=now or (None if scenario.stage.now else default_now))
        return scenario

    def remove(self, name: str) -> None:
        """Remove a workspace and all that is in it; raise `WorkspaceError` for `main` and for one that is not there."""
        if name == MAIN:
            raise WorkspaceError("main", name)
        if not re.fullmatch(NAME, name) or not self._place.has(name):
            raise WorkspaceError("unknown", name)
        shown: Counter[str] = Counter()
        with suppress(Unavailable):  # a damaged store can at least be removed
            shown = self._shown(name)
        if not self._place.remove(name):  # another was quicker
            raise WorkspaceError("unknown", name)
        self.coverage.keep(shown)

    def expires_at(self, portal: Portal) -> datetime | None:
        """Return when a workspace that nobody uses is removed, in real time; None for `main`, which never is."""
        if portal.name == MAIN:
            return None
        try:
            used = self._place.used_at(portal.name)
        except WorkspaceError:  # another was quick to remove it
            used = RealClock().now()
        return used + self._longest

    def reached(self) -> Counter[str]:
        """Return how often each branch of the rules was reached, in all workspaces that are and were here."""
        names = self.names()
        # After the names, whose asking may have moved a journal there.
        found = self.coverage.read() + self._shown(MAIN)
        for name in names[1:]:
            with suppress(Unavailable):  # of one that cannot be read the others are no worse
                found += self._shown(name)
        return found

    def _shown(self, name: str) -> Counter[str]:
        """Return what the journal of a workspace shows; to be counted is not to be used."""
        tables = self.main.tables if name == MAIN else self._place.open(name)
        return reached(tables.journal.where() if tables else ())

    def _built(self, name: str, scenario: Scenario, now: datetime | None, captcha: Mapping[str, str] | None) -> Sqlite:
        """Return the store of a new workspace: a copy of one that was filled once, with what is its own."""
        built = seed_store(scenario, self.main.settings).twin()
        tables = Tables(built)
        portal = self._portal(name, tables)
        identity: dict[str, Any] = {"name": name, "birth": secrets.token_hex(16), "made_at": iso(RealClock().now())}
        identity |= {"scenario": scenario.name, "now": iso(now) if now else "", "captcha": dict(captcha or {})}
        with tables.atomic():
            tables.facts.insert(Fact(IDENTITY, identity))
            give_key(tables)
            set_up(portal, scenario.stage, now)
            if captcha:
                portal.captcha.choose(**captcha)
            portal.journal.note("seed", scenario.title)
        return built

    def _portal(self, name: str, tables: Tables) -> Portal:
        return replace(self.main, tables=tables, clock=StoredClock(tables), name=name)

    @property
    def _longest(self) -> timedelta:
        return timedelta(hours=self.main.settings.workspace_hours)

    def _idle(self, name: str) -> timedelta:
        return RealClock().now() - self._place.used_at(name)

    def _expire(self, name: str) -> bool:
        """Remove a workspace that nobody has used for the hours that the settings give; say whether it was."""
        try:
            if self._idle(name) <= self._longest:
                return False
            shown = self._shown(name)
            if self._place.remove(name):
                self.coverage.keep(shown)
        except WorkspaceError:  # another process was quicker
            return True
        except Unavailable:  # busy, or no store of ours: it is left for later, or for whoever put it there
            return False
        return True
