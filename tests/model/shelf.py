"""Clock, closures, checkpoints and resets, as the model has them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from model.base import Asked
from model.judged import HELD, HISTORY, SALTS
from model.staff import Staff
from model.world import KEPT, Row, World

from ipportal.clock import EARLIEST, LATEST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

GUIDE: Final = (*(f"register-{at}" for at in range(1, 14)), *(f"login-{at}" for at in range(1, 11)))
FRESH: Final = {
    "basic_user_id": "99000101",
    "identity_prefix": "ZA12",
    "internet_user_id": "LokShan1",
    "internet_password": "Practice12345",
}
DUE: Final = ("longtin6", "99000606")
_GUIDE_PATHS: Final = ("/", "/", "/register/terms", "/register/kind", *["/register/details"] * 5)
_MORE_PATHS: Final = (*["/register/confirm"] * 2, *["/register/done"] * 2)
_LOGIN_PATHS: Final = ("/", "/", *["/login"] * 2, *["/basic-password"] * 4, "/basic-password/done", "/account")
_PATHS: Final = dict(zip(GUIDE, (*_GUIDE_PATHS, *_MORE_PATHS, *_LOGIN_PATHS), strict=True))


class Shelf(Staff):
    """Moves time, and puts states in place of each other. `people` and `notices` are what the scenario has."""

    people: Sequence[Row] = ()
    notices: dict[str, Row]

    def set_clock(self, moment: datetime) -> str:
        self.world.clock = {"mode": "frozen", "at": moment}
        return ""

    def shift_clock(self, by: timedelta) -> str:
        if not EARLIEST <= self.world.real + by <= LATEST:
            return "time_range"
        self.world.clock = {"mode": "shifted", "by": by}
        return ""

    def advance_clock(self, by: timedelta) -> str:
        moment = self.now + by
        if not EARLIEST <= moment <= LATEST:
            return "time_range"
        return self.set_clock(moment) if self.world.clock["mode"] == "frozen" else self._run(moment)

    def run_clock(self) -> str:
        return self._run(self.now) if self.world.clock["mode"] == "frozen" else ""

    def real_clock(self) -> str:
        self.world.clock = {"mode": "real"}
        return ""

    def _run(self, moment: datetime) -> str:
        self.world.clock = {"mode": "shifted", "by": moment - self.world.real}
        return ""

    def suspend(self, end: datetime | None) -> str:
        if end is None or end <= self.now:
            return "suspension_end"
        if end > LATEST:
            return "time_range"
        self.world.suspension = self.now, end
        return ""

    def reset(self, scenario: str, now: datetime | None = None) -> str:
        """Begin anew; of what is not the scenario's only the saved checkpoints stay."""
        kept, real = self.world.checkpoints, self.world.real
        self.world = World(checkpoints=kept, real=real, scenario=scenario)
        if now:
            self.set_clock(now)
        if scenario == "default":
            self._fill()
        self.note("reset", reason=scenario)
        return ""

    def _fill(self) -> None:
        self.world.notices = copy.deepcopy(self.notices)
        for person in self.people:
            for at, each in enumerate(person["basic_user_ids"]):
                self.world.accounts[each] = {
                    "kind": person["account_kind"],
                    "prefix": person["identity_prefix"],
                    "password": person["basic_password"],
                    "issued": person["issued"] or at > 0,
                    "tries": 0,
                    "locked": person["locked"] == "basic",
                    "salt": next(SALTS),
                    "past": list(person["past_basic_passwords"][:HISTORY]) if at == 0 else [],
                }
            if person["cancelled"]:
                self.world.cancelled[person["internet_user_id"].lower()] = self.now + HELD
            elif person["internet_user_id"]:
                self.add_user(person["internet_user_id"], person["internet_password"], person["basic_user_ids"])
                last = person["last_login"]
                self.world.users[person["internet_user_id"].lower()] |= {
                    "locked": person["locked"] == "internet",
                    "last_login": last,
                    "registered": last or self.now,
                }

    def saved(self) -> World:
        """Return the world as a checkpoint keeps it."""
        return World(**self.world.copied(*KEPT), real=self.world.real)

    def restore(self, saved: World) -> str:
        """Put the world back; pictures, links and faults are left behind, other checkpoints stay."""
        kept, real = self.world.checkpoints, self.world.real
        self.world = World(**saved.copied(*KEPT), checkpoints=kept, real=real)
        return ""

    def newest(self) -> list[tuple[Row, str]]:
        """Return the visits of which a checkpoint opens one: whichever began last and still lives."""
        found: list[tuple[Any, Row, str]] = []
        for key, row in self.world.sessions.items():
            if self.session(Asked({"signed_in": key}, "GET", ""))[0]:
                found.append((row["begun"], {"signed_in": key}, "/account"))
        for key, row in self.world.drafts.items():
            jar = {row["flow"]: key}
            if self.draft(Asked(jar, "GET", ""), row["flow"]):
                register = row["flow"] == "register"
                step = (
                    self.open_steps(Asked(jar, "GET", ""))[-1]
                    if register
                    else self._cancel_steps(Asked(jar, "GET", ""))[-1]
                )
                found.append((row["begun"], jar, f"/{row['flow']}/{step}"))
        last = max((begun for begun, _, _ in found), default=None)
        return [(jar, path) for begun, jar, path in found if begun == last] or [({}, "/")]

    def open_guide(self, name: str) -> tuple[Row, str]:
        """Put a step of the guide in place; return the ids of its visit and the screen."""
        stay = self.world.copied("clock", "captcha", "suspension")
        self.reset("default", self.now)
        self.world.put(stay)
        journey, _, number = name.partition("-")
        jar: Row = {}
        if journey == "register" and int(number) >= 4:
            self._walk_register(jar, int(number))
        if journey == "login" and int(number) >= 5:
            self._walk_login(jar, int(number))
        self.note("seed", reason=name)
        self.world.challenges, self.world.draws = {}, 0
        return {key: value for key, value in jar.items() if key in {"register", "signed_in"}}, _PATHS[name]

    def _walk_register(self, jar: Row, number: int) -> None:
        self.register(Asked(jar, "POST", "", {"agree": "yes"}), "terms")
        draft = self.world.drafts[jar["register"]]
        if number >= 5:
            self.register(Asked(jar, "POST", "", {"account_kind": "personal"}), "kind")
        if 6 <= number <= 9:
            draft["facts"] |= {name: FRESH[name] for name in list(FRESH)[: min(number - 5, 3)]}
            draft["revision"] += 1
        if number >= 10:
            blank = {f"linked_basic_user_id_{at}": "" for at in (2, 3, 4)}
            draft["facts"] |= FRESH | blank | {"captcha_id": self.new("used")}
            draft["revision"] += 1
            self.note("register/details", account=FRESH["basic_user_id"])
        if number >= 12:
            self.register(Asked(jar, "POST", "", {"basic_password": "31415926"}), "confirm")

    def _walk_login(self, jar: Row, number: int) -> None:
        who = self.world.users[DUE[0]]
        typed = {"internet_user_id": who["shown"], "internet_password": who["password"]}
        self.login(Asked(jar, "POST", "", typed))
        self.world.journal.pop()  # whoever is put there did not log on at a page
        if number >= 9:
            account, session = self.world.accounts[DUE[1]], self.world.sessions[jar["signed_in"]]
            account |= {"past": [account["password"]], "password": "24681357", "issued": False}
            self.note("basic_password/form", reason="issued", account=DUE[1])
            self.renew(Asked(jar, "", ""), session, self.new("used"))
