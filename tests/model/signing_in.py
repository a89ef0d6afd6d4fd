"""Logging on, and the functions behind the main page, as the model has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.base import STALE, Asked
from model.cancelling import Cancelling
from model.judged import SESSION_LIFE, refusals

if TYPE_CHECKING:
    from model.base import Answer
    from model.world import Codes, Row

FUNCTIONS: Final = frozenset(
    [
        *("instruction", "counterparties", "subscription", "dividend", "voting", "eipo", "tender", "withdrawal"),
        *("enquiry", "statement", "particulars", "forms", "internet", "contact", "rules", "terms", "phone"),
    ]
)
_INTERNET: Final = ("current_internet_password", "internet_password", "internet_password_again")
_LOGIN: Final = ("internet_user_id", "internet_password")


class SigningIn(Cancelling):
    """What a visitor does who has an Internet user ID."""

    def login(self, asked: Asked) -> Answer:
        """Answer a request for the login page."""
        problems: Codes = asked.sealed if asked.switching else {}
        if asked.post and not asked.switching:
            problems = refusals(_LOGIN, asked.typed)
            if problems:
                self.refused("login/form", problems)
            else:
                primary, problems = self.prove("login/form", asked)
                self._count_a_picture_in_vain(asked, problems)
                if not problems:
                    return self._enter(asked, primary)
        return self.page(asked, "login/form", problems)

    def _enter(self, asked: Asked, primary: str) -> Answer:
        folded, now = asked.value("internet_user_id").lower(), self.now
        user = self.world.users[folded]
        self.world.sessions = {
            key: row
            for key, row in self.world.sessions.items()
            if row["user"] != folded or row["begun"] >= now - SESSION_LIFE
        }
        self.close_others(folded, "elsewhere")
        key = self.new("session")
        self.world.sessions[key] = {
            "user": folded,
            "begun": now,
            "seen": now,
            "previous": user["last_login"],
            "ended": "",
            "changed_with": "",
            "successor": "",
        }
        user["last_login"] = self.now
        asked.jar["signed_in"] = key
        self.note("login/form", account=primary)
        if not self.must_change(folded):
            return self.see("/account")
        self.issue(key)  # the form that must follow finds its picture there
        return self.see("/basic-password")

    def _count_a_picture_in_vain(self, asked: Asked, problems: Codes) -> None:
        """Count the picture that a seed has given to whom the right password does not let in."""
        folded = asked.value("internet_user_id").lower()
        if problems and self.world.captcha["mode"] == "seeded" and folded in self.world.users:
            right = self.world.users[folded]["password"] == asked.value("internet_password")
            self.world.draws += right and self.must_change(folded)

    def must_change(self, folded: str) -> bool:
        """Say whether the primary account still has its issued password."""
        return bool(self.world.accounts[self.world.users[folded]["accounts"][0]]["issued"])

    def logout(self, asked: Asked) -> Answer:
        self.world.writes, (row, _) = True, self.session(asked)
        if row:
            del self.world.sessions[asked.jar["signed_in"]]
            self.note("logout", account=self.world.users[row["user"]]["accounts"][0])
        asked.jar.pop("signed_in", None)
        asked.jar["tell"] = "signed_out"
        return self.see("/login")

    def account(self, asked: Asked, step: str) -> Answer:
        """Answer a request for a page behind the login."""
        row, why = self.session(asked)
        if row is None:
            return self._internet_again(asked, why) or self.sign_in_first(asked, step, why)
        self.touch(row)
        if self.must_change(row["user"]):
            asked.jar["tell"] = "password_first"
            return self.see("/basic-password")
        _, _, _, *rest = (*f"/{asked.path}".split("/"), "")[:5]
        name = rest[0] if rest else ""
        if name in {"", "notices"}:
            return self._board(asked, row, asked.path.rpartition("/")[2] if asked.path.count("/") == 3 else "")
        if name not in FUNCTIONS:
            return self.error(asked, 404)
        if asked.post and not asked.switching:
            return self._internet(asked, row)
        facts = self._particulars(row) if name == "internet" else {}
        return self.page(asked, f"account/{name}", asked.sealed if asked.switching else {}, facts=facts)

    def _board(self, asked: Asked, row: Row, reference: str) -> Answer:
        if not reference:
            return self.see("/account") if asked.path == "/account/notices" else self._home(asked, row)
        if asked.post:
            self.world.writes = True
        if reference not in self.world.notices:
            if not asked.post:
                return self.error(asked, 404)
            asked.jar["tell"] = "notice_gone"
            return self.see("/account")
        if asked.post:
            self.world.users[row["user"]]["read"].add(reference)
            return self.see(asked.path)
        return self.page(asked, "account/notice")

    def _home(self, asked: Asked, row: Row) -> Answer:
        read = self.world.users[row["user"]]["read"]
        shown = {
            reference: reference not in read
            for reference, notice in self.world.notices.items()
            if asked.query.get("topic") in {None, "", "nonsense", notice["topic"]}
        }
        unread = len(set(self.world.notices) - read)
        return self.page(asked, "account/home", facts={"notices": shown, "unread": unread, "previous": row["previous"]})

    def _internet(self, asked: Asked, row: Row) -> Answer:
        user, step = self.world.users[row["user"]], "account/internet"
        problems = STALE if asked.strays(row["user"]) else refusals(_INTERNET, asked.typed)
        reference = "" if problems else user["accounts"][0]
        if not problems and (code := self.try_internet(row["user"], asked.typed["current_internet_password"])):
            problems = {"form" if code == "locked" else "current_internet_password": code}
        if problems:
            self.refused(step, problems, account=reference)
            locked = "locked" in problems.values()
            return self.page(
                asked, "login/form" if locked else step, problems, facts={} if locked else self._particulars(row)
            )
        user["password"] = asked.typed["internet_password"]
        self.note(step, account=reference)
        self.renew(asked, row)
        row["changed_with"] = "internet_password"
        asked.jar["tell"] = "internet_password_changed"
        return self.see("/account/internet")

    def _internet_again(self, asked: Asked, why: str) -> Answer | None:
        """Answer a change of the Internet password in a session that is over; None where the visitor has to sign in."""
        over = self.world.sessions.get(asked.jar.get("signed_in", ""), {})
        sent = asked.path == "/account/internet" and asked.post and not asked.switching
        if not sent or over.get("changed_with") != "internet_password":
            return None
        step, user = "account/internet", self.world.users[over["user"]]
        self.world.writes = True
        if problems := STALE if asked.strays(over["user"]) else refusals(_INTERNET, asked.typed):
            self.refused(step, problems)
        elif self.session(Asked({"signed_in": over["successor"]}, "GET", ""))[0] is None:
            self.refused(step, problems := STALE, account=user["accounts"][0])
        elif user["password"] != asked.typed["internet_password"]:
            over["changed_with"] = "?used"
            self.refused(step, problems := STALE, "changed", user["accounts"][0])
        if problems:
            return self.sign_in_first(asked, step, why, noted=True)
        asked.jar.update(signed_in=over["successor"], tell="internet_password_changed")
        return self.see("/account/internet")

    def _particulars(self, row: Row) -> Row:
        """Return which of the linked accounts still have their issued password, the primary one first."""
        held = self.world.users[row["user"]]["accounts"]
        return {"linked": ["yes" if self.world.accounts[each]["issued"] else "no" for each in held]}
