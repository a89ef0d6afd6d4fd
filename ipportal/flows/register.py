"""Registering an Internet user ID (guide: register, steps 3 to 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..rules import BASIC_USER_IDS, FORMS, Problem
from ..store.schema import Link, User
from .base import FORM, Problems, fold, placed, refuse, strays
from .counter import Counter
from .steps import Flow, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..store.schema import Account, Draft
    from .journal import Journal

PLAIN = (*BASIC_USER_IDS, "identity_prefix", "internet_user_id")
FIELDS = FORMS["register_details"]
DETAILS = frozenset({*PLAIN, "internet_password_hash"})

FLOW = Flow(
    "register",
    (
        Step("terms", gives=frozenset({"agreed"})),
        Step("kind", needs=frozenset({"agreed"}), gives=frozenset({"account_kind"})),
        Step("details", needs=frozenset({"agreed", "account_kind"}), gives=DETAILS | {"captcha_id"}),
        Step("confirm", needs=DETAILS, gives=frozenset({"registered"})),
        Step("done", needs=frozenset({"registered"})),
    ),
)


class Register(Counter):
    """The registration. Every answer returns its refusals by field; none means that it was taken."""

    def draft(self, draft_id: str | None) -> Draft | None:
        """Return the draft while it lives."""
        return self.drafts.find(draft_id, FLOW.name)

    def terms(self, typed: Mapping[str, str]) -> tuple[str | None, Problems]:
        """Answer the terms of use; agreeing begins a draft, whose id is returned."""
        journal = self.journal.hearing(["agree"], typed)
        if journal.problems:
            return None, journal.refuse("register/terms", journal.problems)
        if typed["agree"] == "no":
            journal.note("register/terms", "not_agreed", outcome="declined")
            return None, {}
        with self.tables.atomic():
            draft_id = self.drafts.begin(FLOW.name, agreed=True)
            journal.note("register/terms")
        return draft_id, {}

    def kind(self, draft_id: str | None, typed: Mapping[str, str]) -> Problems:
        """Choose the kind of account; choosing again clears what followed."""
        journal = self.journal.hearing(["account_kind"], typed)
        with self.tables.atomic():
            draft = self._at("kind", draft_id)
            found = journal.problems if draft else refuse("stale")
            if draft is None or found:
                return journal.refuse("register/kind", found)
            self.drafts.extend(draft, without=FLOW.undone("kind"), account_kind=typed["account_kind"])
            journal.note("register/kind")
            self.captcha.issue(draft.draft_id)
        return {}

    def details(self, draft_id: str | None, typed: Mapping[str, str]) -> Problems:
        """Take the details; the password is hashed on arrival and kept in no other form."""
        journal = self.journal.hearing(FIELDS, typed)
        if not self._at("details", draft_id):
            return journal.refuse("register/details", refuse("stale"))
        if journal.problems:
            return journal.refuse("register/details", journal.problems)
        answer = _answer(typed) | {"internet_password_hash": self.hasher.hash(typed["internet_password"])}
        with self.tables.atomic():
            draft = self._at("details", draft_id)
            if draft is None:
                return journal.refuse("register/details", refuse("stale"))
            repeated = draft.facts.get("captcha_id") == answer["captcha_id"]
            if not repeated:
                return self._take_details(draft, answer, typed["captcha"], journal)
        # The button was pressed twice: the same answer is already there, so the CAPTCHA is not judged again.
        same = all(draft.facts[name] == answer[name] for name in PLAIN)
        right = self.hasher.check(typed["internet_password"], draft.facts["internet_password_hash"])
        return {} if same and right else journal.refuse("register/details", refuse("stale"))

    def confirm(self, draft_id: str | None, typed: Mapping[str, str]) -> Problems:
        """Confirm with the primary account's basic password: user, links and journal in one commit.

        `typed["revision"]`, where given, is the draft's revision that the visitor reviewed, `typed["subject"]` says
        which draft that was.
        """
        journal = self.journal.hearing(["basic_password"], typed)
        draft = self._reviewed(draft_id)
        if draft is None or strays(typed, draft.draft_id):
            return journal.refuse("register/confirm", refuse("stale"))
        if journal.problems:
            return journal.refuse("register/confirm", journal.problems)
        judged = self.confirming(draft)
        right = self.hasher.check(typed["basic_password"], judged)
        with self.tables.atomic():
            draft = self._reviewed(draft_id)
            if draft is None:
                return journal.refuse("register/confirm", refuse("stale"))
            revision = str(draft.facts.get("registered", draft.revision))
            if typed.get("revision") not in {None, "", revision}:
                return journal.refuse("register/confirm", refuse("stale"), reason="reviewed_another_revision")
            if "registered" in draft.facts:
                return self.repeated("register/confirm", draft, judged, journal, right=right)
            return self._commit(draft, judged, journal, right=right)

    def _take_details(self, draft: Draft, answer: dict[str, str], captcha: str, journal: Journal) -> Problems:
        if wrong := self.captcha.judge(answer["captcha_id"], draft.draft_id, captcha):
            return journal.refuse("register/details", {"captcha": wrong})
        found, reason, primary = self._unknown(draft.facts["account_kind"], answer)
        account = primary.basic_user_id if primary else ""
        if found:
            return journal.refuse("register/details", found, reason=reason, account=account)
        self.drafts.extend(draft, **answer)
        journal.note("register/details", account=account)
        return {}

    def _commit(self, draft: Draft, judged: str | None, journal: Journal, *, right: bool) -> Problems:
        facts, now = draft.facts, self.clock.now()
        found, reason, primary = self._unknown(facts["account_kind"], facts)
        account = primary.basic_user_id if primary else ""
        if primary and primary.basic_password_hash != judged:
            return journal.refuse("register/confirm", refuse("stale"), reason="password_changed", account=account)
        if primary and (wrong := self.accounts.judge_basic_password(primary, right=right)):
            if wrong.code == "locked":
                self.drafts.end(draft)
            return journal.refuse("register/confirm", placed("basic_password", wrong), account=account)
        if found:
            return journal.refuse("register/confirm", found, reason=reason, account=account)
        folded = fold(facts["internet_user_id"])
        self.tables.cancelled_ids.delete(folded_id=folded)
        self.tables.users.insert(User(folded, facts["internet_user_id"], facts["internet_password_hash"], now))
        for position, linked in enumerate(filter(None, map(facts.get, BASIC_USER_IDS)), 1):
            self.tables.links.insert(Link(linked, folded, position))
        self.drafts.extend(draft, registered=draft.revision, basic_password_hash=judged)
        journal.note("register/confirm", account=account)
        return {}

    def _unknown(self, kind: str, facts: Mapping[str, Any]) -> tuple[Problems, str, Account | None]:
        """Return what the store refuses, the exact reason for the journal, and the primary account if it is known."""
        found: Problems = {}
        named = {name: self.tables.accounts.get(facts[name]) for name in BASIC_USER_IDS if facts[name]}
        misfits = (self._misfit(name, account, kind, facts["identity_prefix"]) for name, account in named.items())
        reasons = [reason for reason in misfits if reason]
        if reasons:
            found[FORM] = Problem("not_recognised")
        if why := self._taken(fold(facts["internet_user_id"])):
            found["internet_user_id"] = Problem("taken")
            reasons.append(why)
        return found, ",".join(reasons), named["basic_user_id"]

    def _misfit(self, name: str, account: Account | None, kind: str, prefix: str) -> str:
        """Return why the account in that field is not recognised, or "" where it is."""
        if account is None:
            return f"{name}=no_such_account"
        if account.account_kind != kind:
            return f"{name}=other_kind"
        if account.identity_prefix != prefix:
            return f"{name}=other_prefix"
        if account.locked and name != "basic_user_id":  # the primary one is told so when it is confirmed
            return f"{name}=locked"
        return f"{name}=already_registered" if self.tables.links.get(account.basic_user_id) else ""

    def _taken(self, folded: str) -> str:
        """Return why the Internet user ID is not to be had, or "" where it is."""
        if self.tables.users.get(folded):
            return "taken"
        return "recently_cancelled" if self.kept_until(folded) else ""

    def _reviewed(self, draft_id: str | None) -> Draft | None:
        """Return a draft that has details to confirm, or had them and is registered."""
        draft = self.draft(draft_id)
        return draft if draft and set(draft.facts) >= DETAILS else None

    def _at(self, step: str, draft_id: str | None) -> Draft | None:
        draft = self.draft(draft_id)
        return draft if draft and FLOW.opens(step, draft.facts) else None


def _answer(typed: Mapping[str, str]) -> dict[str, str]:
    """Return what a draft keeps of the details; a lower-case identity prefix counts as upper case (assumed)."""
    answer = {name: typed.get(name, "") for name in PLAIN} | {"captcha_id": typed.get("captcha_id", "")}
    return answer | {"identity_prefix": answer["identity_prefix"].upper()}
