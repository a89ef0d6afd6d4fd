"""Sessions of signed-in users: rows that can be ended, with an idle and a whole life in portal time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from ..store.schema import Session
from .base import Desk, alive, new_id

if TYPE_CHECKING:
    from ..store.schema import User

INTERNET = "internet_password"  # what a session that ended with that change says that it was changed with
_MOST = 50  # that are over and can say why, of one user
_A_SECOND = timedelta(seconds=1)


class Sessions(Desk):
    """Begins, finds, renews and ends sessions; the latest login ends the earlier ones (assumed)."""

    def begin(self, user: User) -> str:
        """Begin a session and return its id; the user's others end as `elsewhere`."""
        session_id, now = new_id(), self.clock.now()
        self.tables.sessions.delete(folded_id=user.folded_id, begun_at__before=now - self._life)
        self._end_all(user.folded_id, "elsewhere")
        self.tables.sessions.insert(Session(session_id, user.folded_id, now, now, user.last_login_at))
        return session_id

    def find(self, session_id: str | None) -> tuple[Session | None, str]:
        """Return the session while it lives, else None and why not: `elsewhere`, `changed`, `expired` or `""`."""
        session = self.tables.sessions.get(session_id) if session_id else None
        if session is None:
            return None, "expired" if session_id else ""
        if session.ended:
            return None, session.ended
        idle = timedelta(minutes=self.settings.session_idle_minutes)
        lives = alive(session.begun_at, self._life, self.clock) and alive(session.seen_at, idle, self.clock)
        return (session, "") if lives else (None, "expired")

    def touch(self, session: Session) -> None:
        """Remember that the visitor was here; at most one write a second of portal time."""
        now = self.clock.now()
        if now - session.seen_at >= _A_SECOND:
            self.tables.sessions.update(session.session_id, seen_at=now)

    def renew(self, session: Session, changed_with: str = "") -> str:
        """Replace the session by one with a new id, end the user's others, and return the new id."""
        successor, now = new_id(), self.clock.now()
        self._end_all(session.folded_id, "changed")
        self.tables.sessions.update(session.session_id, changed_with=changed_with, successor=successor)
        self.tables.sessions.insert(replace(session, session_id=successor, changed_with=changed_with, seen_at=now))
        return successor

    def end(self, session_id: str) -> None:
        """Forget a session: nothing of it is left to go back to."""
        self.tables.sessions.delete(session_id=session_id)

    def end_user(self, folded_id: str) -> None:
        """Forget every session of a user."""
        self.tables.sessions.delete(folded_id=folded_id)

    def _end_all(self, folded_id: str, why: str) -> None:
        theirs = self.tables.sessions.where(folded_id=folded_id)
        for each in theirs:
            if not each.ended:
                self.tables.sessions.update(each.session_id, ended=why)
        # While a clock stands still none grows old; what began later than now can never be gone on with.
        now = self.clock.now()
        for old in sorted(theirs, key=lambda each: (not each.ended, each.begun_at <= now, each.begun_at))[:-_MOST]:
            self.tables.sessions.delete(session_id=old.session_id)

    @property
    def _life(self) -> timedelta:
        return timedelta(hours=self.settings.session_hours)
