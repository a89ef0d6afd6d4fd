"""Cancelling an Internet user ID, without signing in (all of it assumed)."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from ..clock import LATEST
from ..rules import FORMS
from ..store.schema import CancelledId
from .base import Problems, fold, placed, refuse, strays
from .counter import Counter
from .steps import Flow, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..store.schema import Account, Draft, User
    from .journal import Journal

FIELDS = FORMS["cancel_form"]

FLOW = Flow(
    "cancel",
    (
        Step("form", gives=frozenset({"internet_user_id"})),
        Step("confirm", needs=frozenset({"internet_user_id"}), gives=frozenset({"cancelled"})),
        Step("done", needs=frozenset({"cancelled"})),
    ),
)


class Cancel(Counter):
    """Asks who it is, shows what will go, and lets it go in one commit."""

    def draft(self, draft_id: str | None) -> Draft | None:
        """Return the draft while it lives."""
        return self.drafts.find(draft_id, FLOW.name)

    def linked(self, draft: Draft) -> list[Account]:
        """Return the accounts that the ID holds, the primary one first."""
        return self.accounts.linked(fold(draft.facts["internet_user_id"]))

    def form(self, owner: str, typed: Mapping[str, str]) -> tuple[str | None, Problems]:
        """Say who it is; return the id of a draft, or the refusals. *owner* is whom the CAPTCHA was shown to."""
        journal = self.journal.hearing(FIELDS, typed)
        if journal.problems:
            return None, journal.refuse("cancel/form", journal.problems)
        folded = fold(typed["internet_user_id"])
        judged, right = self.held(self.tables.users.get(folded), typed["internet_password"])
        captcha_id, begun = typed.get("captcha_id", ""), _draft_of(typed, folded)
        with self.tables.atomic():
            # The button was pressed twice: the CAPTCHA of that very form and ID is not judged again.
            standing = self.draft(begun)
            wrong = None if standing else self.captcha.judge(captcha_id, owner, typed["captcha"])
            if wrong:
                return None, journal.refuse("cancel/form", {"captcha": wrong})
            proven, found = self.prove("cancel/form", folded, judged, journal, right=right)
            if proven is None:
                return None, found
            if standing:
                return standing.draft_id, {}
            user, account = proven
            facts = {"internet_user_id": user.internet_user_id, "basic_user_id": account.basic_user_id}
            draft_id = self.drafts.begin(FLOW.name, begun, **facts)
            journal.note("cancel/form", account=account.basic_user_id)
        return draft_id, {}

    def confirm(self, draft_id: str | None, typed: Mapping[str, str]) -> Problems:
        """Confirm with the primary account's basic password: ID, links and sessions go in one commit.

        `typed["subject"]`, where given, says of which draft the visitor was shown what will go.
        """
        journal = self.journal.hearing(["basic_password"], typed)
        draft = self.draft(draft_id)
        if draft is None or strays(typed, draft.draft_id):
            return journal.refuse("cancel/confirm", refuse("stale"))
        if journal.problems:
            return journal.refuse("cancel/confirm", journal.problems)
        judged = self.confirming(draft)
        right = self.hasher.check(typed["basic_password"], judged)
        with self.tables.atomic():
            draft = self.draft(draft_id)
            if draft is None:
                return journal.refuse("cancel/confirm", refuse("stale"))
            if "cancelled" in draft.facts:
                return self.repeated("cancel/confirm", draft, judged, journal, right=right)
            return self._judge(draft, judged, journal, right=right)

    def _judge(self, draft: Draft, judged: str | None, journal: Journal, *, right: bool) -> Problems:
        user = self.tables.users.get(fold(draft.facts["internet_user_id"]))
        reference = draft.facts["basic_user_id"]
        primary = self.accounts.primary(fold(draft.facts["internet_user_id"]))
        known = primary is not None and (primary.basic_user_id, primary.basic_password_hash) == (reference, judged)
        if user is None or primary is None or not known:
            return journal.refuse("cancel/confirm", refuse("stale"), account=reference)
        if wrong := self.accounts.judge_basic_password(primary, right=right):
            if wrong.code == "locked":
                self.drafts.end(draft)
            return journal.refuse("cancel/confirm", placed("basic_password", wrong), account=reference)
        self._commit(draft, user, primary)
        journal.note("cancel/confirm", account=reference)
        return {}

    def _commit(self, draft: Draft, user: User, primary: Account) -> None:
        folded, now = user.folded_id, self.clock.now()
        free_at = min(now + timedelta(days=self.settings.cancelled_id_days), LATEST)
        self.tables.links.delete(folded_id=folded)
        self.tables.users.delete(folded_id=folded)
        self.tables.notices_read.delete(folded_id=folded)
        self.sessions.end_user(folded)
        self.tables.cancelled_ids.insert(CancelledId(folded, free_at))
        facts = {"free_at": free_at.isoformat(), "basic_password_hash": primary.basic_password_hash}
        self.drafts.extend(draft, cancelled=True, **facts)


def _draft_of(typed: Mapping[str, str], folded: str) -> str:
    """Return the id of the draft that a form begins: as secret as its CAPTCHA's, and the same at each press."""
    told = typed.get("captcha_id", ""), typed["captcha"], folded
    return hashlib.sha256(" ".join(told).encode()).hexdigest()
