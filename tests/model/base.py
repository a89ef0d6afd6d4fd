"""What every part of the model uses: requests, answers and CAPTCHAs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from model.judged import CAPTCHA_LIFE
from model.world import Codes, Row, World, entry

if TYPE_CHECKING:
    from datetime import datetime

STALE: Final = {"form": "stale"}
_WITH_FORM: Final = frozenset(
    [
        *("register/terms", "register/kind", "register/details", "register/confirm", "login/form"),
        *("basic_password/form", "basic_password/done", "cancel/form", "cancel/confirm"),
    ]
)


@dataclass(frozen=True)
class Asked:
    """A request: whose cookie it carries, and whether its token belongs to that cookie."""

    jar: Row
    method: str
    path: str
    typed: Row = field(default_factory=dict)
    query: Row = field(default_factory=dict)
    token: bool = True
    token_name: str = ""  # which of the cookie's secrets signed it
    foreign: bool = False
    sealed: Codes = field(default_factory=dict)  # the refusals that its page showed

    @property
    def post(self) -> bool:
        return self.method == "POST"

    @property
    def switching(self) -> bool:
        """Say whether only the language or the picture is to change."""
        return bool({"lang_switch", "captcha_refresh"} & set(self.typed))

    def again(self, *, valid: bool) -> Asked:
        """Return the same request, whose token may have gone off."""
        return replace(self, token=valid)

    def value(self, name: str) -> str:
        return str(self.typed.get(name, ""))

    def strays(self, name: str) -> bool:
        """Say whether its form was made for another draft or user than the one of that name."""
        return self.value("subject") not in {"", hashlib.sha256(name.encode()).hexdigest()[:16]}


@dataclass
class Answer:
    """What the visitor gets to see."""

    status: int
    screen: str = ""
    location: str = ""
    problems: Codes = field(default_factory=dict)
    notice: str = ""
    captcha: str = ""
    facts: Row = field(default_factory=dict)
    cut: str = ""  # `nothing` or `half` of the answer arrives


class Base:
    """A model of one portal; what its parts have in common."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.made = 0
        self.words: dict[tuple[str, int], str] = {}  # what a seed has given, by its number

    @property
    def now(self) -> datetime:
        return self.world.now()

    def new(self, kind: str) -> str:
        """Return a name for something whose id only the portal knows; it is learnt from the answer."""
        self.made += 1
        return f"?{kind}{self.made}"

    def note(self, step: str, outcome: str = "done", reason: str = "", account: str = "") -> None:
        self.world.journal.append(entry(step, outcome, reason, account))

    def refused(self, step: str, codes: Codes, reason: str = "", account: str = "") -> Codes:
        """Enter a refusal into the journal; its reason is the exact one, or its codes."""
        told = reason or ",".join(f"{name}={code}" for name, code in codes.items())
        self.world.journal.append(entry(step, "refused", told, account, codes))
        return codes

    def page(self, asked: Asked, screen: str, problems: Codes | None = None, **more: Any) -> Answer:
        """Return a screen; whatever was to be told is told now, once."""
        problems = problems or {}
        notice = asked.jar.pop("tell", "")
        if screen in _WITH_FORM or screen.startswith("account/"):
            asked.jar.setdefault("csrf", self.new("token"))
        status = 409 if "stale" in problems.values() else 422 if problems else 200
        status = more.pop("status", 200 if asked.switching else status)
        return Answer(status, screen, problems=problems, notice=notice, **more)

    def see(self, path: str) -> Answer:
        return Answer(303, location=path)

    def lost(self, asked: Asked, path: str) -> Answer:
        """Lead a lost visitor on, with a plain message."""
        asked.jar["tell"] = "stale"
        return self.see(path)

    def error(self, asked: Asked, status: int) -> Answer:
        return Answer(status, f"errors/{status}", notice=asked.jar.pop("tell", ""))

    # CAPTCHA

    def shown(self, owner: str) -> str:
        """Return the challenge that somebody has open, or a new one."""
        for key, row in self.world.challenges.items():
            if row["owner"] == owner and self.world.living(row["issued"], CAPTCHA_LIFE):
                return key
        return self.issue(owner)

    def issue(self, owner: str) -> str:
        """Put a new challenge in place of an earlier one; those that nobody can answer any more go."""
        keep = {
            key: row
            for key, row in self.world.challenges.items()
            if row["owner"] != owner and row["issued"] >= self.now - CAPTCHA_LIFE
        }
        key, mode = self.new("challenge"), self.world.captcha["mode"]
        answer: str | None = self.world.captcha["word"] if mode == "fixed" else None
        if mode == "seeded":
            self.world.draws += 1
            answer = self.words.get((self.world.captcha["seed"], self.world.draws))
        self.world.challenges = keep | {key: {"owner": owner, "answer": answer, "issued": self.now}}
        return key

    def judge_captcha(self, owner: str, asked: Asked) -> Codes:
        """Use up a challenge, right or wrong."""
        row = self.world.challenges.get(asked.value("captcha_id"))
        if row is None or row["owner"] != owner:
            return {"captcha": "captcha_expired"}
        del self.world.challenges[asked.value("captcha_id")]
        mode = self.world.captcha["mode"]
        if mode == "expired" or not self.world.living(row["issued"], CAPTCHA_LIFE):
            return {"captcha": "captcha_expired"}
        right = mode != "always_wrong" and asked.value("captcha") == row["answer"]
        return {} if right else {"captcha": "captcha_wrong"}
