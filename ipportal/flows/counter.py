"""A counter: a desk with the smaller flows at hand that every larger one uses."""

from __future__ import annotations

from dataclasses import dataclass

from .accounts import Accounts
from .base import Desk
from .captcha import Captcha
from .drafts import Drafts
from .journal import Journal
from .sessions import Sessions


@dataclass(frozen=True)
class Counter(Desk):
    """Where a visitor is served."""

    @property
    def accounts(self) -> Accounts:
        """Accounts, users, wrong tries and locks."""
        return Accounts(self.tables, self.clock, self.settings)

    @property
    def captcha(self) -> Captcha:
        """CAPTCHA challenges."""
        return Captcha(self.tables, self.clock, self.settings)

    @property
    def drafts(self) -> Drafts:
        """Registrations and cancellations on their way."""
        return Drafts(self.tables, self.clock, self.settings)

    @property
    def journal(self) -> Journal:
        """What happened, and why."""
        return Journal(self.tables, self.clock)

    @property
    def sessions(self) -> Sessions:
        """Sessions of signed-in users."""
        return Sessions(self.tables, self.clock, self.settings)
