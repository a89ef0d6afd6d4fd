"""Wrong tries and whoever is signed in, as the model has them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from model.base import STALE, Answer, Asked, Base
from model.judged import BASIC_TRIES, IDLE, LOGIN_TRIES, SESSION_LIFE

if TYPE_CHECKING:
    from model.world import Codes, Row


class Proving(Base):
    """Who somebody is, and how often it was said wrongly."""

    def try_basic(self, basic_user_id: str, typed: str) -> str:
        """Count a try of a basic password; return the code of its refusal, or ""."""
        account = self.world.accounts[basic_user_id]
        if account["locked"]:
            return "locked"
        if typed == account["password"]:
            account["tries"] = 0
            return ""
        account["tries"] += 1
        if account["tries"] < BASIC_TRIES:
            return "wrong_basic_password"
        account["locked"] = True
        self.end_sessions(self.holder(basic_user_id))
        return "locked"

    def confirmed_again(self, asked: Asked, flow: str, draft: Row) -> Codes:
        """Answer a confirmation that is done already."""
        primary, step = draft["facts"]["basic_user_id"], f"{flow}/confirm"
        account = self.world.accounts.get(primary)
        confirmed = draft["facts"]["basic_password"], draft["salt"]
        current = account is not None and (account["password"], account["salt"]) == confirmed
        if asked.typed["basic_password"] == confirmed[0]:
            if account and current and not account["locked"]:
                account["tries"] = 0
            return {}
        if current and self.try_basic(primary, asked.typed["basic_password"]) == "locked":
            del self.world.drafts[asked.jar[flow]]
            return self.refused(step, {"form": "locked"}, "locked", primary)
        return self.refused(step, STALE, "changed", primary)

    def confirm(self, draft: Row) -> None:
        """Have a draft remember what confirmed it: the password, and the salt that an account keeps."""
        account = self.world.accounts[draft["facts"]["basic_user_id"]]
        draft["facts"]["basic_password"], draft["salt"] = account["password"], account["salt"]

    def try_internet(self, folded: str, typed: str) -> str:
        """Count a try of an Internet password."""
        user = self.world.users[folded]
        if user["locked"]:
            return "locked"
        if typed == user["password"]:
            user["tries"] = 0
            return ""
        user["tries"] += 1
        if user["tries"] < LOGIN_TRIES:
            return "wrong_credentials"
        user["locked"] = True
        self.end_sessions(folded)
        return "locked"

    def holder(self, basic_user_id: str) -> str:
        """Return the user who holds an account, or ""."""
        return next((name for name, user in self.world.users.items() if basic_user_id in user["accounts"]), "")

    def prove(self, step: str, asked: Asked) -> tuple[str, Codes]:
        """Judge who says to be a user; return the primary account, or why not."""
        folded = asked.value("internet_user_id").lower()
        user = self.world.users.get(folded)
        if user is None:
            return "", self.refused(step, {"form": "wrong_credentials"}, "no_such_user")
        primary = str(user["accounts"][0])
        if code := self.try_internet(folded, asked.value("internet_password")):
            return "", self.refused(step, {"form": code}, code, primary)
        if self.world.accounts[primary]["locked"]:
            return "", self.refused(step, {"form": "suspended"}, "suspended", primary)
        return primary, {}

    def end_sessions(self, folded: str) -> None:
        """Forget every session of a user."""
        self.world.sessions = {key: row for key, row in self.world.sessions.items() if row["user"] != folded}

    def close_others(self, folded: str, why: str) -> None:
        """Have the sessions of a user end, and say why."""
        for row in self.world.sessions.values():
            if row["user"] == folded and not row["ended"]:
                row["ended"] = why

    def session(self, asked: Asked) -> tuple[Row | None, str]:
        """Return the living session of a visitor, or why it is over."""
        key = asked.jar.get("signed_in", "")
        row = self.world.sessions.get(key)
        if row is None:
            return None, "expired" if key else ""
        if row["ended"]:
            return None, str(row["ended"])
        lives = self.world.living(row["begun"], SESSION_LIFE) and self.world.living(row["seen"], IDLE)
        return (row, "") if lives else (None, "expired")

    def touch(self, row: Row) -> None:
        """Remember that the visitor was here."""
        if self.now - row["seen"] >= timedelta(seconds=1):
            row["seen"] = self.now

    def renew(self, asked: Asked, row: Row, changed_with: str = "") -> None:
        """Have a session go on under another id."""
        key = self.new("session")
        self.close_others(row["user"], "changed")
        self.world.sessions[key] = row | {"ended": "", "changed_with": changed_with, "successor": ""}
        self.world.sessions[key]["seen"] = self.now
        row |= {"changed_with": changed_with, "successor": key}
        asked.jar["signed_in"] = key

    def sign_in_first(self, asked: Asked, step: str, why: str, *, noted: bool = False) -> Answer:
        """Lead a visitor without a living session to the login."""
        if asked.post and not noted:
            self.note(step, "refused", why or "signed_out")
        asked.jar.pop("signed_in", None)
        asked.jar["tell"] = why or "login_first"
        return self.see("/login")
