"""Registration, as the model has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from model.base import STALE, Answer, Asked
from model.judged import ACCOUNTS, DETAILS, DRAFT_LIFE, refusals
from model.proving import Proving

if TYPE_CHECKING:
    from model.world import Codes, Row

STEPS: Final = ("terms", "kind", "details", "confirm", "done")
PLAIN: Final = (*ACCOUNTS, "identity_prefix", "internet_user_id")
_ANSWERED: Final = {*PLAIN, "internet_password"}


class Registering(Proving):
    """What a visitor does from the terms of use to the green message."""

    def begin(self, asked: Asked, flow: str, **facts: Any) -> str:
        """Keep a new draft; those that have had their time go."""
        draft = {"flow": flow, "begun": self.now, "facts": facts, "revision": 0}
        keep = {key: row for key, row in self.world.drafts.items() if row["begun"] >= self.now - DRAFT_LIFE}
        key = self.new("draft")
        self.world.drafts = keep | {key: draft}
        asked.jar[flow] = key
        return key

    def draft(self, asked: Asked, flow: str) -> Row | None:
        """Return the visitor's draft while it lives."""
        row = self.world.drafts.get(asked.jar.get(flow, ""))
        if row is None or row["flow"] != flow or not self.world.living(row["begun"], DRAFT_LIFE):
            return None
        return row

    def open_steps(self, asked: Asked) -> list[str]:
        """Return the steps that open, the furthest last."""
        draft = self.draft(asked, "register")
        if draft is None:
            return ["terms"]
        if "registered" in draft["facts"]:
            return ["terms", "done"]
        reached = 1 + ("account_kind" in draft["facts"]) + (set(draft["facts"]) >= _ANSWERED)
        return list(STEPS[: reached + 1])

    def register(self, asked: Asked, step: str) -> Answer:
        """Answer a request for a screen of the registration."""
        steps = self.open_steps(asked)
        if not asked.post or asked.switching:
            if step not in steps:
                return self.lost(asked, f"/register/{steps[-1]}")
            if "captcha_refresh" in asked.typed and step == "details":
                self.issue(asked.jar["register"])
            return self._register_screen(asked, step, asked.sealed if asked.switching else {})
        problems, onward = getattr(self, f"_{step}")(asked)
        if not problems:
            return self.see(onward)
        steps = self.open_steps(asked)
        return self._register_screen(asked, step if step in steps else steps[-1], problems)

    def _register_screen(self, asked: Asked, step: str, problems: Codes) -> Answer:
        captcha = self.shown(asked.jar["register"]) if step == "details" else ""
        facts: Row = {}
        if step in {"confirm", "done"}:
            facts = self.world.drafts[asked.jar["register"]]["facts"]
            facts = {f"review-{name}": facts[name] for name in ("identity_prefix", "internet_user_id")}
        return self.page(asked, f"register/{step}", problems, captcha=captcha, facts=facts)

    def _terms(self, asked: Asked) -> tuple[Codes, str]:
        if problems := refusals(["agree"], asked.typed):
            return self.refused("register/terms", problems), ""
        if asked.typed["agree"] == "no":
            self.note("register/terms", "declined", "not_agreed")
            asked.jar["tell"] = "not_agreed"
            return {}, "/"
        self.begin(asked, "register", agreed=True)
        self.note("register/terms")
        return {}, "/register/kind"

    def _kind(self, asked: Asked) -> tuple[Codes, str]:
        draft = self.draft(asked, "register")
        if draft is None or "kind" not in self.open_steps(asked):
            return self.refused("register/kind", STALE), ""
        if problems := refusals(["account_kind"], asked.typed):
            return self.refused("register/kind", problems), ""
        draft["facts"] = {"agreed": True, "account_kind": asked.typed["account_kind"]}
        draft["revision"] += 1
        self.issue(asked.jar["register"])
        self.note("register/kind")
        return {}, "/register/details"

    def _details(self, asked: Asked) -> tuple[Codes, str]:
        draft, step = self.draft(asked, "register"), "register/details"
        if draft is None or "details" not in self.open_steps(asked):
            return self.refused(step, STALE), ""
        if problems := refusals(DETAILS, asked.typed):
            return self.refused(step, problems), ""
        answer = {name: asked.value(name) for name in (*PLAIN, "internet_password", "captcha_id")}
        answer["identity_prefix"] = answer["identity_prefix"].upper()
        self.world.writes = True
        if draft["facts"].get("captcha_id") == answer["captcha_id"]:
            same = all(draft["facts"][name] == value for name, value in answer.items())
            return ({} if same else self.refused(step, STALE)), "/register/confirm"
        if problems := self.judge_captcha(asked.jar["register"], asked):
            return self.refused(step, problems), ""
        primary = answer["basic_user_id"] if answer["basic_user_id"] in self.world.accounts else ""
        problems, reason = self._unknown(draft["facts"]["account_kind"], answer)
        if problems:
            return self.refused(step, problems, reason, primary), ""
        draft["facts"] |= answer
        draft["revision"] += 1
        self.note(step, account=primary)
        return {}, "/register/confirm"

    def _confirm(self, asked: Asked) -> tuple[Codes, str]:
        draft, step = self.draft(asked, "register"), "register/confirm"
        if draft is None or not set(draft["facts"]) >= _ANSWERED or asked.strays(asked.jar["register"]):
            return self.refused(step, STALE), ""
        if problems := refusals(["basic_password"], asked.typed):
            return self.refused(step, problems), ""
        self.world.writes, facts = True, draft["facts"]
        if asked.value("revision") not in {"", str(facts.get("registered", draft["revision"]))}:
            return self.refused(step, STALE, "reviewed_another_revision"), ""
        if "registered" in facts:
            return self.confirmed_again(asked, "register", draft), "/register/done"
        primary, known = facts["basic_user_id"], facts["basic_user_id"] in self.world.accounts
        code = self.try_basic(primary, asked.typed["basic_password"]) if known else ""
        if code == "locked":
            del self.world.drafts[asked.jar["register"]]
        if code:
            where = "form" if code == "locked" else "basic_password"
            return self.refused(step, {where: code}, account=primary), ""
        problems, reason = self._unknown(facts["account_kind"], facts)
        if problems:
            return self.refused(step, problems, reason, primary if known else ""), ""
        self.add_user(facts["internet_user_id"], facts["internet_password"], [facts[each] for each in ACCOUNTS])
        facts["registered"] = draft["revision"]
        self.confirm(draft)
        draft["revision"] += 1
        self.note(step, account=primary)
        return {}, "/register/done"

    def add_user(self, internet_user_id: str, internet_password: str, basic_user_ids: list[str]) -> None:
        """Give a new Internet user ID its accounts, the primary one first."""
        folded = internet_user_id.lower()
        self.world.cancelled.pop(folded, None)
        self.world.users[folded] = {
            "shown": internet_user_id,
            "password": internet_password,
            "registered": self.now,
            "last_login": None,
            "tries": 0,
            "locked": False,
            "accounts": [each for each in basic_user_ids if each],
            "read": set(),
        }

    def _unknown(self, kind: str, facts: Row) -> tuple[Codes, str]:
        """Return what only the portal can refuse, and the exact reasons."""
        reasons = [f"{name}={why}" for name in ACCOUNTS if (why := self._misfit(name, kind, facts))]
        problems = {"form": "not_recognised"} if reasons else {}
        folded = facts["internet_user_id"].lower()
        held = self.world.cancelled.get(folded)
        recent = held is not None and self.now < held
        if folded in self.world.users or recent:
            problems["internet_user_id"] = "taken"
            reasons.append("taken" if folded in self.world.users else "recently_cancelled")
        return problems, ",".join(reasons)

    def _misfit(self, name: str, kind: str, facts: Row) -> str:
        if not facts[name]:
            return ""
        account = self.world.accounts.get(facts[name])
        if account is None:
            return "no_such_account"
        if account["kind"] != kind:
            return "other_kind"
        if account["prefix"] != facts["identity_prefix"]:
            return "other_prefix"
        if account["locked"] and name != "basic_user_id":
            return "locked"
        return "already_registered" if self.holder(facts[name]) else ""
