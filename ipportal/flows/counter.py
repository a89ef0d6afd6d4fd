"""A counter: a desk with the smaller flows at hand that every larger one uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .accounts import Accounts
from .base import FORM, At, Desk, Problems, refuse
from .captcha import Captcha
from .drafts import Drafts
from .journal import Journal
from .sessions import Sessions

if TYPE_CHECKING:
    from datetime import datetime

    from ..rules import Problem
    from ..store.schema import Account, CancelledId, Draft, User


class Counter(Desk):
    """Where a visitor is served."""

    accounts = At(Accounts)
    captcha = At(Captcha)
    drafts = At(Drafts)
    journal = At(Journal)
    sessions = At(Sessions)

    def kept_until(self, folded: str) -> datetime | None:
        """Return until when an Internet user ID that was cancelled is kept back, or None where it is not."""
        found: CancelledId | None = self.tables.cancelled_ids.get(folded)
        return found.free_at if found and self.clock.now() < found.free_at else None

    def held(self, user: User | None, internet_password: str) -> tuple[str | None, bool]:
        """Hold an Internet password against the user's hash, which takes as long without a user.

        Return that hash and the outcome, for the deciding transaction: see `prove`.
        """
        judged = user.internet_password_hash if user else None
        return judged, self.hasher.check(internet_password, judged)

    def prove(
        self, step: str, folded: str, judged: str | None, journal: Journal, *, right: bool
    ) -> tuple[tuple[User, Account] | None, Problems]:
        """Judge who says to be a user, inside the deciding transaction: return the user with the primary account.

        *judged* is the hash that the typed password was checked against, *right* the outcome.
        """
        user, primary = self.tables.users.get(folded), self.accounts.primary(folded)
        reference = primary.basic_user_id if primary else ""
        unchanged = user is not None and user.internet_password_hash == judged
        if wrong := self.accounts.judge_internet_password(user, right=right and unchanged):
            reason = wrong.code if user else "no_such_user"
            return None, journal.refuse(step, {FORM: wrong}, reason=reason, account=reference)
        if user is None or primary is None or primary.locked:
            return None, journal.refuse(step, refuse("suspended"), reason="suspended", account=reference)
        return (user, primary), {}

    def confirming(self, draft: Draft) -> str | None:
        """Return the hash that confirms a draft: the primary account's, or the one that already has confirmed it."""
        if "basic_password_hash" in draft.facts:
            return str(draft.facts["basic_password_hash"])
        primary = self.tables.accounts.get(draft.facts["basic_user_id"])
        return primary.basic_password_hash if primary else None

    def repeated(self, step: str, draft: Draft, judged: str | None, journal: Journal, *, right: bool) -> Problems:
        """Answer a confirmation that is done already: nothing for the same again, a refusal for a change.

        *judged* is the hash that confirmed. While it is still the account's, a wrong password is counted as a try,
        and the one that finds or leaves the account locked ends the draft; afterwards it opens nothing any more.
        """
        reference = draft.facts["basic_user_id"]
        account = self.tables.accounts.get(reference)
        current = account if account and account.basic_password_hash == judged else None
        if right:
            if current and not current.locked:
                self.accounts.judge_basic_password(current, right=True)
            return {}
        wrong = self.accounts.judge_basic_password(current, right=False) if current else None
        if wrong and wrong.code == "locked":
            self.drafts.end(draft)
        return self.changed(step, wrong, journal, account=reference)

    def changed(self, step: str, wrong: Problem | None, journal: Journal, *, account: str) -> Problems:
        """Refuse a changed repeat; where its password was *wrong* and the account is locked, say so."""
        if wrong and wrong.code == "locked":
            return journal.refuse(step, {FORM: wrong}, reason="locked", account=account)
        return journal.refuse(step, refuse("stale"), reason="changed", account=account)
