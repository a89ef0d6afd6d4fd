"""The rules of staff: every control call on accounts, users, sessions, notices and faults, valid and not."""

from __future__ import annotations

import hashlib
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import rule
from model.desk import HERE
from model.filling import BASIC, PASSWORDS, UNKNOWN, USER_IDS, some
from model.visitors import Visitors

DATA: Final = st.data()
STEPS: Final = (
    *("home", "register/terms", "register/kind", "register/details", "register/confirm", "register/done"),
    *("login/form", "login/tips", "logout", "basic_password/form", "basic_password/done", "account/home"),
    *("account/notice", "account/internet", "account/function", "cancel/form", "cancel/confirm", "cancel/done"),
    *("captcha/picture", "captcha/refresh"),
)
KINDS: Final = (
    *("error_500", "error_503", "dropped_connection", "truncated_page", "session_lost", "csrf_expired"),
    *("captcha_lost", "store_busy", "disk_full", "maintenance_now", "answer_lost", "delay"),
)
ONLY_SUBMITS: Final = ("logout", "captcha/refresh")
SUBMITS: Final = frozenset(
    [
        *ONLY_SUBMITS,
        *("register/terms", "register/kind", "register/details", "register/confirm", "login/form"),
        *("basic_password/form", "account/internet", "cancel/form", "cancel/confirm"),
    ]
)
TOPIC: Final = st.sampled_from(["training", "system", "general"])


class Staffs(Visitors):
    """What goes on behind the pages."""

    def account(self, data: st.DataObject) -> str:
        """Draw an account, half the time one with which something has gone wrong."""
        accounts = self.desk.world.accounts
        told = [key for key, row in accounts.items() if row["tries"] or row["locked"]]
        return str(some(data.draw, told or [*accounts], [*accounts, UNKNOWN], weight=1))

    def user(self, data: st.DataObject) -> str:
        return str(some(data.draw, [row["shown"] for row in self.desk.world.users.values()], USER_IDS))

    @rule(data=DATA, kind=st.sampled_from(["personal", "corporate"]), given=st.booleans())
    def open_an_account(self, data: st.DataObject, kind: str, *, given: bool) -> None:
        taken = [*self.desk.world.accounts]
        wanted = some(data.draw, ["99200001", "99200002"], taken) if given else self.desk.model.free_basic_user_id()
        body = {"account_kind": kind, "identity_prefix": "za12", "basic_password": "12121212"}
        refusal = self.desk.model.create_account(str(wanted), kind, "za12", "12121212")
        said = self.desk.control(refusal, "POST", "/accounts", body | ({"basic_user_id": wanted} if given else {}))
        assert refusal or said["account"]["basic_user_id"] == wanted

    @rule(data=DATA)
    def close_an_account(self, data: st.DataObject) -> None:
        key = self.account(data)
        self.desk.control(self.desk.model.remove_account(key), "DELETE", f"/accounts/{key}")

    @rule(data=DATA, locked=st.booleans())
    def lock_or_unlock_an_account(self, data: st.DataObject, *, locked: bool) -> None:
        key = self.account(data)
        path = f"/accounts/{key}/{'lock' if locked else 'unlock'}"
        self.desk.control(self.desk.model.lock_account(key, locked=locked), "POST", path)

    @rule(data=DATA, given=st.booleans())
    def issue_a_basic_password(self, data: st.DataObject, *, given: bool) -> None:
        key, body = self.account(data), {"basic_password": data.draw(st.sampled_from(BASIC))} if given else {}
        if key in self.desk.world.accounts:
            said = self.desk.ask("POST", f"{HERE}/accounts/{key}/reissue", body)[1]
            self.desk.model.reissue(key, said["basic_password"])
            assert said["basic_password"] == body.get("basic_password", said["basic_password"])
            self.desk.compare()
        else:
            self.desk.control("account_unknown", "POST", f"/accounts/{key}/reissue", body)

    @rule(data=DATA, past=st.lists(st.sampled_from([*BASIC, *(f"4111{at:04}" for at in range(9))]), max_size=13))
    def fill_a_history(self, data: st.DataObject, past: list[str]) -> None:
        key = self.account(data)
        refusal = "value" if len(past) > 12 else self.desk.model.fill_history(key, past)
        said = self.desk.control(refusal, "POST", f"/accounts/{key}/history", {"passwords": past})
        assert refusal or said["passwords"] == past

    def look_at_an_account(self, data: st.DataObject) -> None:
        key = self.account(data)
        row = self.desk.world.accounts.get(key)
        said = self.desk.control("" if row else "account_unknown", "GET", f"/accounts/{key}")
        if row:
            assert (said["failed_tries"], said["issued"], said["history"]) == (
                row["tries"],
                row["issued"],
                len(row["past"]),
            )

    @rule(data=DATA, internet_user_id=st.sampled_from(USER_IDS), count=st.integers(1, 4))
    def register_a_user(self, data: st.DataObject, internet_user_id: str, count: int) -> None:
        held = [each for row in self.desk.world.users.values() for each in row["accounts"]]
        free = [each for each in self.desk.world.accounts if each not in held]
        ids = [str(some(data.draw, free, [*held, UNKNOWN])) for _ in range(count)]
        body = {"internet_user_id": internet_user_id, "internet_password": PASSWORDS[0], "basic_user_ids": ids}
        refusal = self.desk.model.create_user(internet_user_id, PASSWORDS[0], ids)
        self.desk.control(refusal, "POST", "/users", body)

    @rule(data=DATA)
    def take_a_user_away(self, data: st.DataObject) -> None:
        key = self.user(data)
        self.desk.control(self.desk.model.remove_user(key), "DELETE", f"/users/{key}")

    @rule(data=DATA, locked=st.booleans())
    def lock_or_unlock_a_user(self, data: st.DataObject, *, locked: bool) -> None:
        key = self.user(data)
        path = f"/users/{key}/{'lock' if locked else 'unlock'}"
        self.desk.control(self.desk.model.lock_user(key, locked=locked), "POST", path)

    def look_at_a_user(self, data: st.DataObject) -> None:
        key = self.user(data)
        row = self.desk.world.users.get(key.lower())
        said = self.desk.control("" if row else "user_unknown", "GET", f"/users/{key}")
        assert row is None or said["basic_user_ids"] == row["accounts"]

    @rule(data=DATA)
    def end_a_session(self, data: st.DataObject) -> None:
        key = str(some(data.draw, [*self.desk.world.sessions], ["unknown"]))
        name = hashlib.sha256(key.encode()).hexdigest()[:16]
        self.desk.control(self.desk.model.end_session(key), "DELETE", f"/sessions/{name}")

    def look_at_the_sessions(self) -> None:
        said = self.desk.control("", "GET", "/sessions")["sessions"]
        rows = self.desk.world.sessions.values()
        assert sorted(each["ended"] for each in said if not each["alive"] and each["ended"] != "expired") == sorted(
            row["ended"] for row in rows if row["ended"]
        )

    @rule(reference=st.sampled_from(["TRN-1", "TRN-2", "SYS20250317-02"]), topic=TOPIC)
    def publish_a_notice(self, reference: str, topic: str) -> None:
        body = {"reference": reference, "topic": topic, "subject": {"en": "News"}, "body": {"en": "Nothing new"}}
        self.desk.control(self.desk.model.publish(reference, topic), "POST", "/notices", body)

    @rule(reference=st.sampled_from(["TRN-1", "TRN-2", "SYS20250317-02"]))
    def withdraw_a_notice(self, reference: str) -> None:
        self.desk.control(self.desk.model.withdraw(reference), "DELETE", f"/notices/{reference}")

    @rule(kind=st.sampled_from(KINDS), step=st.sampled_from(STEPS), submit=st.booleans(), times=st.integers(0, 2))
    def arm_a_fault(self, kind: str, step: str, times: int, *, submit: bool) -> None:
        moment = "submit" if submit else "page"
        wanted = {"kind": kind, "step": step, "moment": moment, "times": times}
        wanted |= {"milliseconds": 0} if kind == "delay" else {}
        fits = step in SUBMITS if submit else step not in ONLY_SUBMITS
        refusal = self.desk.model.arm(**wanted) if fits else "fault_moment"
        self.desk.control(refusal, "POST", "/faults", wanted)

    @rule(data=DATA)
    def disarm_a_fault(self, data: st.DataObject) -> None:
        number = some(data.draw, [fault["fault_id"] for fault in self.desk.world.faults], [999])
        self.desk.control(self.desk.model.disarm(number), "DELETE", f"/faults/{number}")

    @rule()
    def disarm_all_faults(self) -> None:
        self.desk.control(self.desk.model.disarm_all(), "DELETE", "/faults")
