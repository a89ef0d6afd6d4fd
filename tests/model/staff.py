"""What staff and testers do through the control API, as the model has it: each deed returns its refusal, or ""."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from model.judged import HISTORY, SALTS
from model.pages import Pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.world import Row

MOST_FAULTS = 20


class Staff(Pages):
    """Accounts, users, sessions, notices and faults."""

    def create_account(self, basic_user_id: str, kind: str, prefix: str, password: str) -> str:
        if basic_user_id in self.world.accounts:
            return "account_taken"
        self.world.accounts[basic_user_id] = {
            "kind": kind,
            "prefix": prefix.upper(),
            "password": password,
            "issued": True,
            "tries": 0,
            "locked": False,
            "salt": next(SALTS),
            "past": [],
        }
        return ""

    def free_basic_user_id(self) -> str:
        """Return the first basic user ID of those made up that no account has."""
        return next(str(each) for each in range(99_100_000, 99_999_999) if str(each) not in self.world.accounts)

    def remove_account(self, basic_user_id: str) -> str:
        if basic_user_id not in self.world.accounts:
            return "account_unknown"
        if self.holder(basic_user_id):
            return "account_linked"
        del self.world.accounts[basic_user_id]
        return ""

    def lock_account(self, basic_user_id: str, *, locked: bool) -> str:
        account = self.world.accounts.get(basic_user_id)
        if account is None:
            return "account_unknown"
        account["locked"] = locked
        if locked:
            self.end_sessions(self.holder(basic_user_id))
        else:
            account["tries"] = 0
        return ""

    def reissue(self, basic_user_id: str, password: str) -> str:
        account = self.world.accounts.get(basic_user_id)
        if account is None:
            return "account_unknown"
        past = [account["password"], *account["past"]][:HISTORY]
        account |= {
            "past": past,
            "password": password,
            "issued": True,
            "tries": account["tries"] if account["locked"] else 0,
        }
        return ""

    def fill_history(self, basic_user_id: str, newest_first: Sequence[str]) -> str:
        if basic_user_id not in self.world.accounts:
            return "account_unknown"
        self.world.accounts[basic_user_id]["past"] = list(newest_first)
        return ""

    def create_user(self, internet_user_id: str, internet_password: str, basic_user_ids: list[str]) -> str:
        if len(set(basic_user_ids)) < len(basic_user_ids):
            return "value"
        if internet_user_id.lower() in self.world.users:
            return "user_taken"
        if not set(basic_user_ids) <= set(self.world.accounts):
            return "account_unknown"
        if any(self.holder(each) for each in basic_user_ids):
            return "account_linked"
        self.add_user(internet_user_id, internet_password, basic_user_ids)
        return ""

    def remove_user(self, internet_user_id: str) -> str:
        if self.world.users.pop(internet_user_id.lower(), None) is None:
            return "user_unknown"
        self.end_sessions(internet_user_id.lower())
        return ""

    def lock_user(self, internet_user_id: str, *, locked: bool) -> str:
        user = self.world.users.get(internet_user_id.lower())
        if user is None:
            return "user_unknown"
        user["locked"] = locked
        if locked:
            self.end_sessions(internet_user_id.lower())
        else:
            user["tries"] = 0
        return ""

    def end_session(self, session_id: str) -> str:
        return "" if self.world.sessions.pop(session_id, None) else "session_unknown"

    def publish(self, reference: str, topic: str) -> str:
        if reference in self.world.notices:
            return "notice_taken"
        self.world.notices[reference] = {"published": self.now.date().isoformat(), "topic": topic}
        return ""

    def withdraw(self, reference: str) -> str:
        for user in self.world.users.values():
            user["read"].discard(reference)
        return "" if self.world.notices.pop(reference, None) else "notice_unknown"

    def set_captcha(self, mode: str, word: str | None, seed: str | None) -> str:
        kept = self.world.captcha
        self.world.captcha = {
            "mode": mode,
            "word": word or kept["word"],
            "seed": kept["seed"] if seed is None else seed,
        }
        self.world.draws = 0
        return ""

    def arm(self, **wanted: Any) -> str:
        if len(self.world.faults) >= MOST_FAULTS:
            return "fault_full"
        fault: Row = {"fault_id": self.world.next_fault, "met": 0, "struck": 0, "times": 1, "minutes": 30} | wanted
        self.world.faults.append(fault)
        self.world.next_fault += 1
        return ""

    def disarm(self, fault_id: int) -> str:
        left = [fault for fault in self.world.faults if fault["fault_id"] != fault_id]
        if len(left) == len(self.world.faults):
            return "fault_unknown"
        self.world.faults = left
        return ""

    def disarm_all(self) -> str:
        self.world.faults, self.world.next_fault = [], 1
        return ""
