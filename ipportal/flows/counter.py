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
    from ..store.schema import User


class Counter(Desk):
    """Where a visitor is served."""

    accounts = At(Accounts)
    captcha = At(Captcha)
    drafts = At(Drafts)
    journal = At(Journal)
    sessions = At(Sessions)

    def prove(
        self, step: str, folded: str, judged: str | None, journal: Journal, *, right: bool
    ) -> tuple[User | None, str, Problems]:
        """Judge who says to be a user, inside the deciding transaction: return the user and the primary account.

        *judged* is the hash that the typed password was checked against, *right* the outcome.
        """
        user, primary = self.tables.users.get(folded), self.accounts.primary(folded)
        reference = primary.basic_user_id if primary else ""
        unchanged = user is not None and user.internet_password_hash == judged
        if wrong := self.accounts.judge_internet_password(user, right=right and unchanged):
            reason = wrong.code if user else "no_such_user"
            return None, reference, journal.refuse(step, {FORM: wrong}, reason=reason, account=reference)
        if primary is None or primary.locked:
            refused = journal.refuse(step, refuse("suspended"), reason="suspended", account=reference)
            return None, reference, refused
        return user, reference, {}

    def repeated(self, step: str, basic_user_id: str, journal: Journal, *, right: bool) -> Problems:
        """Answer a confirmation that is done already: nothing for the same again, a counted refusal for a change."""
        account = self.tables.accounts.get(basic_user_id)
        if self.accounts.judge_basic_password(account, right=right) is None:
            return {}
        return journal.refuse(step, refuse("stale"), reason="changed", account=basic_user_id)
