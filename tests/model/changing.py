"""Changing a basic password, as the model has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.base import STALE, Answer, Asked
from model.judged import HISTORY, refusals
from model.signing_in import SigningIn

if TYPE_CHECKING:
    from model.world import Codes, Row

_FIELDS: Final = ("basic_password", "new_basic_password", "new_basic_password_again", "captcha")
_STEP: Final = "basic_password/form"


class Changing(SigningIn):
    """What a visitor does whose basic password is to be another."""

    def change(self, asked: Asked) -> Answer:
        """Answer a request for the form."""
        row, why = self.session(asked)
        if not asked.post or asked.switching:
            return self._change_look(asked, row, why)
        position = _position(asked.value("position"))
        problems, reason, account = self._judge_change(asked, row, position)
        if not problems:
            return self.see("/basic-password/done")
        self.refused(_STEP, problems, reason, account)
        row, why = self.session(asked)
        if row and not 0 < position <= len(self.world.users[row["user"]]["accounts"]):
            position = 1  # the form is shown anew
        if row is None and "locked" in problems.values():
            return self.page(asked, "login/form", problems)
        if row is None:
            return self.sign_in_first(asked, _STEP, why, noted=True)
        return self._change_screen(asked, row, position, problems)

    def done(self, asked: Asked) -> Answer:
        """Answer a request for the word that it is changed."""
        row, why = self.session(asked)
        if row is None:
            return self.sign_in_first(asked, "basic_password/done", why)
        self.touch(row)
        return self.page(asked, "basic_password/done") if row["changed_with"] else self.see("/basic-password")

    def _change_look(self, asked: Asked, row: Row | None, why: str) -> Answer:
        if row is None:
            return self.sign_in_first(asked, _STEP, why)
        if "captcha_refresh" in asked.typed:
            self.issue(asked.jar["signed_in"])
        position = asked.value("position") if asked.post else asked.query.get("account", "1")
        return self._change_screen(asked, row, _position(position), asked.sealed if asked.switching else {})

    def _change_screen(self, asked: Asked, row: Row, position: int, problems: Codes) -> Answer:
        self.touch(row)
        held = self.world.users[row["user"]]["accounts"]
        if not 0 < position <= len(held):
            return self.error(asked, 404)
        captcha = self.shown(asked.jar["signed_in"])
        return self.page(asked, _STEP, problems, captcha=captcha, facts={"position": position})

    def _judge_change(self, asked: Asked, row: Row | None, position: int) -> tuple[Codes, str, str]:
        """Change the password; return the refusals, the exact reason and the account, all empty where it is done."""
        known = self.world.sessions.get(asked.jar.get("signed_in", ""))
        held = self.world.users[known["user"]]["accounts"] if known else []
        if known is None or not 0 < position <= len(held) or asked.strays(known["user"]):
            return STALE, "", ""
        if problems := refusals(_FIELDS, asked.typed):
            return problems, "", ""
        key = held[position - 1]
        account, new = self.world.accounts[key], asked.typed["new_basic_password"]
        if known["changed_with"] and known["changed_with"] == asked.value("captcha_id"):
            return self._pressed_twice(asked, known, key)
        if row is None:
            return STALE, "", key
        if problems := self.judge_captcha(asked.jar["signed_in"], asked):
            return problems, "", key
        if code := self.try_basic(key, asked.typed["basic_password"]):
            return {"form" if code == "locked" else "basic_password": code}, "", key
        if new in {account["password"], *account["past"]}:
            return {"new_basic_password": "reused"}, "", key
        account["past"] = [account["password"], *account["past"]][:HISTORY]
        self.note(_STEP, reason="issued" if account["issued"] else "", account=key)
        account |= {"password": new, "issued": False}
        self.renew(asked, row, asked.value("captcha_id"))
        return {}, "", ""

    def _pressed_twice(self, asked: Asked, known: Row, key: str) -> tuple[Codes, str, str]:
        """Answer the second press of one button: as the first, if it says the same."""
        self.world.writes, account = True, self.world.accounts[key]
        before = account["past"][:1] == [asked.typed["basic_password"]]
        same = before and asked.typed["new_basic_password"] == account["password"]
        right = before or asked.typed["basic_password"] == account["password"]
        if right and not account["locked"] and not same:
            for row in (known, self.world.sessions.get(known["successor"], {})):
                if row.get("changed_with") == asked.value("captcha_id"):
                    row["changed_with"] = "?used"
            return STALE, "changed", key
        if code := self.try_basic(key, account["password"] if same else ""):
            return ({"form": "locked"}, "locked", key) if code == "locked" else (STALE, "changed", key)
        if known["successor"]:
            asked.jar["signed_in"] = known["successor"]
        return {}, "", ""


def _position(text: str) -> int:
    """Return which of the linked accounts is meant: the primary one unless said otherwise, 0 for nonsense."""
    return int(text or "1") if text in {"", "1", "2", "3", "4"} else 0
