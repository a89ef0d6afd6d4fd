"""The portal: tables, clock and flows in one frozen object. It needs no web server."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .clock import Clock, StoppedClock
from .flows import Account, BasicPassword, Cancel, Captcha, Journal, Login, Register, Sessions
from .hours import Calendar, Closure
from .store import StoredClock, Tables, open_store

if TYPE_CHECKING:
    from datetime import datetime

    from .settings import Settings


@dataclass(frozen=True)
class Portal:
    """One portal. Its attributes are the things a visitor can do; `stored_clock` moves its time."""

    settings: Settings
    tables: Tables
    clock: Clock

    @property
    def stored_clock(self) -> StoredClock:
        """The clock that all processes on this store share."""
        return StoredClock(self.tables)

    def at(self, moment: datetime) -> Portal:
        """Return this portal at one moment: everything it then does is judged by that reading."""
        return replace(self, clock=StoppedClock(moment))

    def closed(self, moment: datetime) -> Closure | None:
        """Return the maintenance window that holds *moment*, or None."""
        return self.calendar.closed(moment)

    @property
    def calendar(self) -> Calendar:
        """Opening hours as the settings have them."""
        return Calendar(self.settings.holiday_changes, self.settings.sunday_holiday)

    @property
    def register(self) -> Register:
        """Registering an Internet user ID."""
        return Register(self.tables, self.clock, self.settings)

    @property
    def login(self) -> Login:
        """Logging on."""
        return Login(self.tables, self.clock, self.settings)

    @property
    def basic_password(self) -> BasicPassword:
        """Changing a basic password."""
        return BasicPassword(self.tables, self.clock, self.settings)

    @property
    def account(self) -> Account:
        """What a signed-in user finds."""
        return Account(self.tables, self.clock, self.settings)

    @property
    def cancel(self) -> Cancel:
        """Cancelling an Internet user ID."""
        return Cancel(self.tables, self.clock, self.settings)

    @property
    def captcha(self) -> Captcha:
        """CAPTCHA challenges."""
        return Captcha(self.tables, self.clock, self.settings)

    @property
    def sessions(self) -> Sessions:
        """Sessions of signed-in users."""
        return Sessions(self.tables, self.clock, self.settings)

    @property
    def journal(self) -> Journal:
        """What happened, and why."""
        return Journal(self.tables, self.clock)

    def close(self) -> None:
        """Let go of this thread's connection to the store."""
        self.tables.backend.close()


def assemble(settings: Settings) -> Portal:
    """Return the portal on the store that *settings* names; nothing is read or written yet."""
    tables = open_store(settings.store)
    return Portal(settings, tables, StoredClock(tables))
