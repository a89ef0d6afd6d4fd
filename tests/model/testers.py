"""The rules of testers on whole portals: checkpoints, resets, workspaces, and requests that are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from model.desk import HERE
from model.learning import learn
from model.shelf import GUIDE
from model.staffs import DATA
from model.times import Times
from model.visitors import TABS
from model.world import NOON

from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from model.world import World

OTHERS: Final = st.sampled_from(["beta", "gamma"])
NAMES: Final = st.sampled_from(["one", "two", "three"])
WRONG_BODIES: Final[tuple[tuple[str, str, Any, str], ...]] = (
    ("POST", "/clock/set", {"at": "noon"}, "time_moment"),
    ("POST", "/clock/set", {"at": "2025-03-31T12:00:00"}, "time_naive"),
    ("POST", "/clock/set", {"at": "1999-03-31T12:00:00+08:00"}, "time_range"),
    ("POST", "/clock/advance", {"by": "soon"}, "time_span"),
    ("POST", "/clock/advance", {"by": "1m", "more": 1}, "value"),
    ("POST", "/accounts", {"basic_user_id": "12345678"}, "value"),
    ("POST", "/users", {"internet_user_id": "x"}, "value"),
    ("POST", "/faults", {"kind": "delay", "step": "nowhere"}, "fault_step"),
    ("POST", "/faults", {"kind": "error_500", "step": "home", "minutes": 5}, "fault_option"),
    ("POST", "/notices", {"reference": "-", "subject": {}, "body": {"en": "x"}}, "value"),
    ("POST", "/restore", {"format": "another"}, "checkpoint_format"),
    ("PUT", "/captcha", {"mode": "easy"}, "value"),
    ("PUT", "/checkpoints/register-1", None, "checkpoint_name"),
    ("POST", "/reset", {"scenario": "nowhere"}, "scenario_unknown"),
    ("GET", "/nothing", None, "route"),
    ("PUT", "/clock", None, "method"),
)


class Testers(Times):
    """What a test may do from outside; with it the machine is whole."""

    @initialize()
    def begin(self) -> None:
        self.desk.begin()
        for each in self.desk.ask("GET", f"{HERE}/checkpoints")[1]["own"]:
            self.desk.ask("DELETE", f"{HERE}/checkpoints/{each['name']}")
        self.others: dict[str, Any] = {}
        for name in self.desk.ask("GET", "/workspaces")[1]["workspaces"][1:]:
            self.desk.ask("DELETE", f"/workspaces/{name}")
        self.put_back("default", NOON)

    def put_back(self, scenario: str, now: datetime | None) -> None:
        body = {"scenario": scenario} | ({"now": now.isoformat()} if now else {})
        self.desk.control(self.desk.model.reset(scenario, now), "POST", "/reset", body, anew=True)

    @precondition(lambda self: len(self.desk.world.journal) > 40)
    @rule(scenario=st.sampled_from(["default", "default", "default", "empty"]), now=st.sampled_from([None, NOON]))
    def begin_anew(self, scenario: str, now: datetime | None) -> None:
        self.put_back(scenario, now)

    @rule(name=NAMES)
    def save(self, name: str) -> None:
        self.desk.world.checkpoints[name] = self.desk.model.saved()
        self.desk.control("", "PUT", f"/checkpoints/{name}")

    @rule(name=NAMES, by_file=st.booleans())
    def restore(self, name: str, *, by_file: bool) -> None:
        saved = self.desk.world.checkpoints.get(name)
        if saved is None:
            self.desk.control("checkpoint_unknown", "POST", f"/checkpoints/{name}/open")
            return
        path, body = f"/checkpoints/{name}/open", None
        if by_file:
            path, body = "/restore", self.desk.control("", "GET", f"/checkpoints/{name}")
        self.desk.model.restore(saved)
        said = self.desk.control("", "POST", path, body, anew=True)
        self.take_the_link(said, saved)

    def take_the_link(self, said: Any, saved: World) -> None:
        """Have the model know a link; it opens where the newest visit was when the state was saved."""
        now, self.desk.model.world = self.desk.model.world, saved
        visits = self.desk.model.newest()
        self.desk.model.world = now
        ticket_id = said["url"].rpartition("/")[2]
        ticket = self.desk.portal.tables.tickets.get(ticket_id)
        assert ticket
        assert (ticket.cookie, ticket.path) in visits
        now.tickets[ticket_id] = {"cookie": ticket.cookie, "path": ticket.path, "made": now.real}

    @rule()
    def snapshot_and_restore(self) -> None:
        saved = self.desk.model.saved()
        file = self.desk.control("", "GET", "/snapshot")
        self.desk.model.restore(saved)
        self.take_the_link(self.desk.control("", "POST", "/restore", file, anew=True), saved)

    @rule(name=NAMES)
    def forget(self, name: str) -> None:
        known = self.desk.world.checkpoints.pop(name, None)
        self.desk.control("" if known else "checkpoint_unknown", "DELETE", f"/checkpoints/{name}")

    @rule(number=TABS, name=st.sampled_from(GUIDE))
    def open_a_step_of_the_guide(self, number: int, name: str) -> None:
        """Most often somebody follows the link at once."""
        jar, path = self.desk.model.open_guide(name)
        self.desk.sequence = self.desk.told = 0
        status, said = self.desk.ask("POST", f"{HERE}/checkpoints/{name}/open")
        assert (status, said["path"].partition("#")[0]) == (200, path)
        learn(self.desk.model, self.desk.portal.tables)
        self.desk.compare()
        ticket_id = said["url"].rpartition("/")[2]
        cookie = {
            name: next(iter([*self.desk.world.drafts] if name == "register" else self._last_session())) for name in jar
        }
        self.desk.world.tickets[ticket_id] = {"cookie": cookie, "path": said["path"], "made": self.desk.world.real}
        self.desk.go(self.tab(number), f"/open/{ticket_id}")

    def _last_session(self) -> list[str]:
        return [key for key, row in self.desk.world.sessions.items() if not row["ended"]]

    @rule(name=OTHERS)
    def make_another_workspace(self, name: str) -> None:
        _, said = self.desk.ask("POST", "/workspaces", {"name": name, "now": NOON.isoformat()})
        assert said.get("code", "") == ("workspace_taken" if name in self.others else "")
        self.others.setdefault(name, self.rows_of(name))
        assert self.desk.ask("GET", "/workspaces")[1]["workspaces"] == ["main", *sorted(self.others)]

    @rule(name=OTHERS)
    def remove_another_workspace(self, name: str) -> None:
        """Whatever was done here has left it as it was."""
        if before := self.others.pop(name, None):
            assert self.rows_of(name) == before
            self.desk.compare()
        _, said = self.desk.ask("DELETE", f"/workspaces/{name}")
        assert said.get("code", "") == ("" if before else "workspace_unknown")

    def rows_of(self, name: str) -> Any:
        """Return every row of another workspace."""
        portal = house_of(self.desk.app).get(name)
        return {table: rows.dump() for table, rows in portal.tables.by_name.items()}

    @rule(wrong=st.sampled_from(WRONG_BODIES))
    def ask_for_something_wrong(self, wrong: tuple[str, str, Any, str]) -> None:
        method, path, body, code = wrong
        self.desk.control(code, method, path, body)

    @rule(token=st.sampled_from(["", "ipp-wrong", "ipw.main.x"]), path=st.sampled_from(["/accounts", "/clock"]))
    def ask_with_another_token(self, token: str, path: str) -> None:
        assert self.desk.ask("GET", HERE + path, token=token)[0] == 401
        self.desk.compare()

    @rule(data=DATA)
    def look_behind_the_pages(self, data: st.DataObject) -> None:
        """Whatever is only read changes nothing."""
        plain = ["", "/people", "/journal?limit=5", "/coverage", "/faults", "/accounts", "/users"]
        looks: dict[str, Callable[[], object]] = {
            "an account": lambda: self.look_at_an_account(data),
            "a user": lambda: self.look_at_a_user(data),
            "sessions": self.look_at_the_sessions,
            "hours": self.look_whether_it_is_closed,
            "CAPTCHA": self.look_at_the_captchas,
            "the rest": lambda: self.desk.control("", "GET", data.draw(st.sampled_from(plain))),
        }
        looks[data.draw(st.sampled_from(sorted(looks)))]()
