"""Changing a CCASS basic password (guide: login, steps 5 to 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rules import FORMS, Problem
from .accounts import HISTORY
from .base import Problems, new_id, placed, refuse, strays
from .counter import Counter
from .passwords import fits, same_hash
from .sessions import INTERNET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..store.schema import Account
    from .journal import Journal

FIELDS = FORMS["basic_password_form"]
_STEP = "basic_password/form"


class BasicPassword(Counter):
    """The change: compulsory while the primary account has its issued password, open at any time after."""

    def compulsory(self, folded_id: str) -> bool:
        """Say whether that user must change the primary account's basic password before anything else."""
        primary = self.accounts.primary(folded_id)
        return primary is not None and primary.issued

    def change(self, session_id: str, typed: Mapping[str, str], position: int = 1) -> tuple[str, Problems]:
        """Change the basic password of the account at *position*; return the id of the session that goes on.

        `typed["subject"]`, where given, says which user's form it is. Every branch that knows the account and has
        nothing to say of the format costs two hash runs.
        """
        journal = self.journal.hearing(FIELDS, typed)
        owner = self._owner(session_id)
        seen = self._account(owner, position)
        if seen is None or strays(typed, owner):
            return session_id, journal.refuse(_STEP, refuse("stale"))
        if journal.problems:
            return session_id, journal.refuse(_STEP, journal.problems)
        past = [each.basic_password_hash for each in self.accounts.past_passwords(seen, HISTORY)]
        runs = self.hasher.runs(typed["basic_password"], [seen.basic_password_hash, *past[:1]])
        new_hash, reused = self.hasher.renew(typed["new_basic_password"], seen.basic_password_hash, past)
        with self.tables.atomic():
            session, _ = self.sessions.find(session_id)
            form = session_id, typed.get("captcha_id", "")
            if self._pressed_twice(*form):
                return self._repeated(form, seen.basic_user_id, runs, new_hash, journal)
            if session is None:
                return session_id, journal.refuse(_STEP, refuse("stale"), account=seen.basic_user_id)
            wrong = self.captcha.judge(typed.get("captcha_id", ""), session_id, typed["captcha"])
            if wrong:
                return session_id, journal.refuse(_STEP, {"captcha": wrong}, account=seen.basic_user_id)
            now = self._account(session.folded_id, position)
            if now is None or now.basic_password_hash != seen.basic_password_hash:
                return session_id, journal.refuse(_STEP, refuse("stale"), account=seen.basic_user_id)
            if found := self._judge(now, right=fits(runs, now.basic_password_hash), reused=reused):
                return session_id, journal.refuse(_STEP, found, account=now.basic_user_id)
            self.accounts.put_basic_password(now, new_hash, issued=False)
            journal.note(_STEP, "issued" if now.issued else "", account=now.basic_user_id)
            return self.sessions.renew(session, typed["captcha_id"]), {}

    def _judge(self, account: Account, *, right: bool, reused: bool) -> Problems:
        if wrong := self.accounts.judge_basic_password(account, right=right):
            return placed("basic_password", wrong)
        return refuse("reused", "new_basic_password", history=HISTORY) if reused else {}

    def _pressed_twice(self, session_id: str, captcha_id: str) -> bool:
        """Say whether the session's last change was made with this very form."""
        session = self.tables.sessions.get(session_id)
        return session is not None and captcha_id not in {"", INTERNET} and session.changed_with == captcha_id

    def _repeated(
        self, form: tuple[str, str], basic_user_id: str, runs: Mapping[str, str], new_hash: str, journal: Journal
    ) -> tuple[str, Problems]:
        """Answer the second press of one button: shown as done if it says the same, else refused.

        A wrong current password is counted. One that is right, or was until that change, is no wrong try: another tab
        may have made the change, of another account too. But where it asks for another new password the form is then
        used up, so that nobody finds the new one out by sending it again and again.
        """
        session_id, captcha_id = form
        session = self.tables.sessions.get(session_id)
        account = self.tables.accounts.get(basic_user_id)
        replaced = self.accounts.past_passwords(account, 1) if account else []
        before = any(fits(runs, each.basic_password_hash) for each in replaced)
        successor = session.successor if session else ""
        current = account.basic_password_hash if account and not account.locked else ""
        same = before and same_hash(new_hash, current)
        if current and not same and (before or fits(runs, current)):
            for each in (session_id, successor):
                if self._pressed_twice(each, captcha_id):
                    self.tables.sessions.update(each, changed_with=new_id())  # which nobody can type
            return session_id, self.changed(_STEP, None, journal, account=basic_user_id)
        wrong = self.accounts.judge_basic_password(account, right=same) if account else Problem("stale")
        if wrong:
            return session_id, self.changed(_STEP, wrong, journal, account=basic_user_id)
        return successor or session_id, {}

    def _owner(self, session_id: str) -> str:
        session = self.tables.sessions.get(session_id)
        return session.folded_id if session else ""

    def _account(self, folded_id: str, position: int) -> Account | None:
        linked = self.accounts.linked(folded_id)
        return linked[position - 1] if 0 < position <= len(linked) else None
