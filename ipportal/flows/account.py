"""What a signed-in user finds: the notice board, the Internet account's particulars and its password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..store.schema import Notice, NoticeRead
from .base import Problems, placed, refuse
from .counter import Counter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..store.schema import Account as AccountRow
    from ..store.schema import Session, User

FUNCTIONS = (
    "notices",
    "instruction",
    "counterparties",
    "subscription",
    "dividend",
    "voting",
    "eipo",
    "tender",
    "withdrawal",
    "enquiry",
    "statement",
    "particulars",
    "forms",
    "internet",
    "contact",
    "rules",
    "terms",
    "phone",
    "exit",
)
"""The menu, in the guide's order (its second 投票 is read as 投標)."""

TOPICS = ("training", "system", "general")

REHEARSED = frozenset({"notices", "internet", "contact", "rules", "terms", "phone", "exit"})
FIELDS = ("current_internet_password", "internet_password", "internet_password_again")
_STEP = "account/internet"
_INTERNET = "internet_password"  # what a session that ended with this change says that it was changed with


@dataclass(frozen=True)
class BoardRow:
    """A notice as one user sees it."""

    notice: Notice
    unread: bool


class Account(Counter):
    """The functions behind the main page."""

    def user(self, session: Session) -> User | None:
        """Return the user of a session."""
        return self.tables.users.get(session.folded_id)

    def linked(self, session: Session) -> list[AccountRow]:
        """Return the accounts under the user's Internet user ID, the primary one first."""
        return self.accounts.linked(session.folded_id)

    def board(self, session: Session) -> list[BoardRow]:
        """Return the notices, newest first, each with whether the user has yet to read it."""
        read = {each.reference for each in self.tables.notices_read.where(folded_id=session.folded_id)}
        notices = sorted(self.tables.notices.where(), key=lambda notice: notice.published_on, reverse=True)
        return [BoardRow(notice, notice.reference not in read) for notice in notices]

    def notice(self, reference: str) -> Notice | None:
        """Return a notice, or None where there is none of that reference."""
        return self.tables.notices.get(reference)

    def open_notice(self, session: Session, reference: str) -> Notice | None:
        """Return a notice and remember that the user has read it."""
        with self.tables.atomic():
            notice = self.tables.notices.get(reference)
            here = self.user(session)  # whose ID may have been cancelled since the request began
            if notice and here and not self.tables.notices_read.get(session.folded_id, reference):
                self.tables.notices_read.insert(NoticeRead(session.folded_id, reference))
        return notice

    def change_internet_password(self, session: Session, typed: Mapping[str, str]) -> tuple[str, Problems]:
        """Change the Internet password under the registration's rules; return the id of the session that goes on."""
        journal = self.journal.hearing(FIELDS, typed)
        if journal.problems:
            return session.session_id, journal.refuse(_STEP, journal.problems)
        seen = self.user(session)
        judged = seen.internet_password_hash if seen else None
        right = self.hasher.check(typed["current_internet_password"], judged)
        new_hash = self.hasher.hash(typed["internet_password"])
        reference = next((row.basic_user_id for row in self.linked(session)), "")
        with self.tables.atomic():
            user = self.user(session)
            lives, _ = self.sessions.find(session.session_id)
            if user is None or lives is None or user.internet_password_hash != judged:
                return session.session_id, journal.refuse(_STEP, refuse("stale"), account=reference)
            if wrong := self.accounts.judge_internet_password(user, right=right):
                found = placed("current_internet_password", wrong)
                return session.session_id, journal.refuse(_STEP, found, account=reference)
            self.tables.users.update(user.folded_id, internet_password_hash=new_hash)
            journal.note(_STEP, account=reference)
            successor = self.sessions.renew(session)
            self.tables.sessions.update(session.session_id, changed_with=_INTERNET)
            return successor, {}

    def internet_password_changed(self, session_id: str, typed: Mapping[str, str]) -> str:
        """Return the session that goes on where this one ended with the very change that is sent again, else "".

        A repeat with another new password is counted as a wrong one: it could be a guess.
        """
        over = self.tables.sessions.get(session_id)
        if over is None or over.changed_with != _INTERNET or self.journal.hearing(FIELDS, typed).problems:
            return ""
        seen = self.tables.users.get(over.folded_id)
        judged = seen.internet_password_hash if seen else None
        self.hasher.spend(typed["current_internet_password"])  # as long as the change itself takes
        right = self.hasher.check(typed["internet_password"], judged)
        with self.tables.atomic():
            user, (lives, _) = self.tables.users.get(over.folded_id), self.sessions.find(over.successor)
            if user is None or lives is None or user.internet_password_hash != judged:
                return ""
            return "" if self.accounts.judge_internet_password(user, right=right) else lives.session_id
