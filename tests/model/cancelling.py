"""Cancelling an Internet user ID, as the model has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.base import STALE, Answer, Asked
from model.judged import HELD, refusals
from model.registering import Registering

if TYPE_CHECKING:
    from model.world import Codes, Row

PATHS: Final = {"form": "/cancel", "confirm": "/cancel/confirm", "done": "/cancel/done"}


class Cancelling(Registering):
    """What a visitor does from the form to the word that the ID is cancelled."""

    def cancel(self, asked: Asked, step: str) -> Answer:
        """Answer a request for a screen of the cancellation."""
        if not asked.post or asked.switching:
            return self._cancel_look(asked, step)
        problems = self._cancel_form(asked) if step == "form" else self._confirm_cancel(asked)
        if not problems and step == "confirm" and self.session(asked)[0] is None:
            asked.jar.pop("signed_in", None)
        if not problems:
            return self.see(PATHS["confirm" if step == "form" else "done"])
        steps = self._cancel_steps(asked)
        return self._cancel_screen(asked, step if step in steps else steps[-1], problems)

    def _cancel_look(self, asked: Asked, step: str) -> Answer:
        steps = self._cancel_steps(asked)
        if step not in steps:
            return self.lost(asked, PATHS[steps[-1]])
        if "captcha_refresh" in asked.typed and step == "form":
            self.issue(self.visit(asked))
        return self._cancel_screen(asked, step, asked.sealed if asked.switching else {})

    def visit(self, asked: Asked) -> str:
        """Return the id of a browser's visit, given at first need."""
        return str(asked.jar.setdefault("visit", self.new("visit")))

    def _cancel_steps(self, asked: Asked) -> list[str]:
        draft = self.draft(asked, "cancel")
        if draft is None:
            return ["form"]
        return ["form", "done"] if "cancelled" in draft["facts"] else ["form", "confirm"]

    def _cancel_screen(self, asked: Asked, step: str, problems: Codes) -> Answer:
        captcha = self.shown(self.visit(asked)) if step == "form" else ""
        draft = self.draft(asked, "cancel")
        facts: Row = {}
        if draft and step == "confirm":
            facts = {"review-internet_user_id": draft["facts"]["internet_user_id"]}
        return self.page(asked, f"cancel/{step}", problems, captcha=captcha, facts=facts)

    def _cancel_form(self, asked: Asked) -> Codes:
        step = "cancel/form"
        if problems := refusals(("internet_user_id", "internet_password", "captcha"), asked.typed):
            return self.refused(step, problems)
        visit, folded = self.visit(asked), asked.value("internet_user_id").lower()
        begun_by = asked.value("captcha_id"), asked.value("captcha"), folded
        self.world.writes, standing = True, self._begun(begun_by)
        if not standing and (problems := self.judge_captcha(visit, asked)):
            return self.refused(step, problems)
        primary, problems = self.prove(step, asked)
        if problems:
            return problems
        if standing:
            asked.jar["cancel"] = standing
            return {}
        shown = self.world.users[folded]["shown"]
        key = self.begin(asked, "cancel", internet_user_id=shown, basic_user_id=primary)
        self.world.drafts[key]["begun_by"] = begun_by
        self.note(step, account=primary)
        return {}

    def _begun(self, begun_by: tuple[str, str, str]) -> str:
        """Return the draft that this very form has begun, while it lives."""
        for key, row in self.world.drafts.items():
            if row.get("begun_by") == begun_by and self.draft(Asked({"cancel": key}, "GET", ""), "cancel"):
                return key
        return ""

    def _confirm_cancel(self, asked: Asked) -> Codes:
        draft, step = self.draft(asked, "cancel"), "cancel/confirm"
        if draft is None or asked.strays(asked.jar["cancel"]):
            return self.refused(step, STALE)
        if problems := refusals(["basic_password"], asked.typed):
            return self.refused(step, problems)
        self.world.writes, facts, typed = True, draft["facts"], asked.typed["basic_password"]
        primary, folded = facts["basic_user_id"], facts["internet_user_id"].lower()
        if "cancelled" in facts:
            return self.confirmed_again(asked, "cancel", draft)
        user = self.world.users.get(folded)
        if user is None or user["accounts"][0] != primary:
            return self.refused(step, STALE, account=primary)
        if code := self.try_basic(primary, typed):
            if code == "locked":
                del self.world.drafts[asked.jar["cancel"]]
            return self.refused(step, {"form" if code == "locked" else "basic_password": code}, account=primary)
        self.end_sessions(folded)
        del self.world.users[folded]
        self.world.cancelled[folded] = self.now + HELD
        facts |= {"cancelled": True, "free_at": (self.now + HELD).isoformat()}
        self.confirm(draft)
        draft["revision"] += 1
        self.note(step, account=primary)
        return {}
