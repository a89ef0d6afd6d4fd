"""What a signed-in user finds: the notice board, the Internet account's particulars and its password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..rules import FORMS
from ..store.schema import Notice, NoticeRead
from .base import Problems, new_id, placed, refuse, strays
from .counter import Counter
from .sessions import INTERNET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..store.schema import Account as AccountRow
    from ..store.schema import Session, User
    from .journal import Journal

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
FIELDS = FORMS["account_internet"]
_STEP = "account/internet"


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
        """Change the Internet password under the registration's rules; return the id of the session that goes on.

        `typed["subject"]`, where given, says whose password the form was made for.
        """
        journal, session_id = self.journal.hearing(FIELDS, typed), session.session_id
        if strays(typed, session.folded_id):
            return session_id, journal.refuse(_STEP, refuse("stale"))
        if journal.problems:
            return session_id, journal.refuse(_STEP, journal.problems)
        if session.changed_with == INTERNET:
            return self._repeated(session, typed, journal)
        judged, right = self.held(self.user(session), typed["current_internet_password"])
        new_hash = self.hasher.hash(typed["internet_password"])
        reference = next((row.basic_user_id for row in self.linked(session)), "")
        with self.tables.atomic():
            user = self.user(session)
            lives, _ = self.sessions.find(session_id)
            now = self.tables.sessions.get(session_id)
            if user and lives and user.internet_password_hash == judged:
                if wrong := self.accounts.judge_internet_password(user, right=right):
                    found = placed("current_internet_password", wrong)
                    return session_id, journal.refuse(_STEP, found, account=reference)
                self.tables.users.update(user.folded_id, internet_password_hash=new_hash)
                journal.note(_STEP, account=reference)
                successor = self.sessions.renew(session)
                self.tables.sessions.update(session_id, changed_with=INTERNET)
                return successor, {}
        if now and now.changed_with == INTERNET:  # the button was pressed twice at the same time
            return self._repeated(now, typed, journal)
        return session_id, journal.refuse(_STEP, refuse("stale"), account=reference)

    def _repeated(self, over: Session, typed: Mapping[str, str], journal: Journal) -> tuple[str, Problems]:
        """Answer the second press of one button: shown as done if it says the same, else refused.

        Another new password is no wrong try: another tab may have asked for it. But the form is then used up, so that
        nobody finds the new one out by sending it again and again.
        """
        self.hasher.spend(typed["current_internet_password"])  # as long as the change itself takes
        judged, right = self.held(self.user(over), typed["internet_password"])
        reference = next((row.basic_user_id for row in self.linked(over)), "")
        with self.tables.atomic():
            user, (lives, _) = self.user(over), self.sessions.find(over.successor)
            if user is None or lives is None or user.internet_password_hash != judged:
                return over.session_id, journal.refuse(_STEP, refuse("stale"), account=reference)
            if not right:
                self.tables.sessions.update(over.session_id, changed_with=new_id())  # which nobody can type
                return over.session_id, self.changed(_STEP, None, journal, account=reference)
            return lives.session_id, {}
