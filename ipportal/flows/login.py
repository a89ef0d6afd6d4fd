"""Logging on with Internet user ID and password (guide: login, steps 3 and 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rules import FORMS
from .base import Problems, fold
from .counter import Counter

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = FORMS["login_form"]


class Login(Counter):
    """One message for an unknown ID and a wrong password, at the same cost."""

    def enter(self, typed: Mapping[str, str]) -> tuple[str | None, Problems]:
        """Return the id of a new session, or the refusals."""
        journal = self.journal.hearing(FIELDS, typed)
        if journal.problems:
            return None, journal.refuse("login/form", journal.problems)
        folded = fold(typed["internet_user_id"])
        judged, right = self.held(self.tables.users.get(folded), typed["internet_password"])
        with self.tables.atomic():
            proven, found = self.prove("login/form", folded, judged, journal, right=right)
            if proven is None:
                return None, found
            user, account = proven
            session_id = self.sessions.begin(user)
            if account.issued:  # the next screen then has its picture, and its visitor waits for no commit
                self.captcha.issue(session_id)
            self.tables.users.update(folded, last_login_at=self.clock.now())
            journal.note("login/form", account=account.basic_user_id)
        return session_id, {}

    def leave(self, session_id: str | None) -> None:
        """Log out: forget the session."""
        with self.tables.atomic():
            session, _ = self.sessions.find(session_id)
            if session is None:
                return
            primary = self.accounts.primary(session.folded_id)
            self.sessions.end(session.session_id)
            self.journal.note("logout", account=primary.basic_user_id if primary else "")
