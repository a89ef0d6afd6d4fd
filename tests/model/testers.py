"""The rules of testers: every control call on time, closures, CAPTCHA, checkpoints and whole workspaces."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from model.desk import HERE
from model.filling import some
from model.judged import closed_until
from model.learning import learn
from model.shelf import GUIDE
from model.staffs import DATA, Staffs
from model.world import NOON

from ipportal.clock import HONG_KONG, iso

TICK: Final = timedelta(microseconds=1)
NAMES: Final = st.sampled_from(["one", "two", "three"])
SPANS: Final = {
    **{f"{minutes}m": timedelta(minutes=minutes) for minutes in (1, 4, 5, 14, 15, 29, 30, 60, -1, -5, -30)},
    **{f"{seconds}s": timedelta(seconds=seconds) for seconds in (1, 299, 899, 1799, -1)},
    **{"8h": timedelta(hours=8), "1d": timedelta(days=1), "30d": timedelta(days=30), "-1d": timedelta(days=-1)},
    "90000d": timedelta(days=90_000),
}
_EDGES: Final = [
    datetime(2025, 3, day, hour, tzinfo=HONG_KONG) for day, hour in ((31, 5), (31, 6), (30, 0), (30, 5), (30, 7))
]
MOMENTS: Final = (*[NOON] * 8, *_EDGES, *(each - TICK for each in _EDGES), NOON - timedelta(days=1))
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


class Testers(Staffs):
    """What a test may do from outside."""

    @initialize()
    def begin(self) -> None:
        self.desk.begin()
        for each in self.desk.ask("GET", f"{HERE}/checkpoints")[1]["own"]:
            self.desk.ask("DELETE", f"{HERE}/checkpoints/{each['name']}")
        self.put_back("default", NOON)

    def put_back(self, scenario: str, now: datetime | None) -> None:
        body = {"scenario": scenario} | ({"now": now.isoformat()} if now else {})
        self.desk.control(self.desk.model.reset(scenario, now), "POST", "/reset", body, anew=True)

    @precondition(lambda self: len(self.desk.world.journal) > 40)
    @rule(scenario=st.sampled_from(["default", "default", "default", "empty"]), now=st.sampled_from([None, NOON]))
    def begin_anew(self, scenario: str, now: datetime | None) -> None:
        self.put_back(scenario, now)

    # time

    @rule(moment=st.sampled_from(MOMENTS))
    def set_the_clock(self, moment: datetime) -> None:
        said = self.desk.control(
            self.desk.model.set_clock(moment), "POST", "/clock/set", {"at": moment.isoformat(timespec="microseconds")}
        )
        assert said == {"now": iso(moment), "mode": "frozen"}

    @rule(by=st.sampled_from([*["1m", "4m", "14m", "5m"] * 4, *sorted(SPANS)]))
    def advance_the_clock(self, by: str) -> None:
        self.desk.control(self.desk.model.advance_clock(SPANS[by]), "POST", "/clock/advance", {"by": by})

    @rule(by=st.sampled_from(sorted(SPANS)))
    def shift_the_clock(self, by: str) -> None:
        self.desk.control(self.desk.model.shift_clock(SPANS[by]), "POST", "/clock/shift", {"by": by})

    @rule(real=st.booleans())
    def let_the_clock_go_on(self, *, real: bool) -> None:
        model = self.desk.model
        refusal = model.real_clock() if real else model.run_clock()
        said = self.desk.control(refusal, "POST", "/clock/real" if real else "/clock/run")
        assert said == {"now": iso(model.now), "mode": self.desk.world.clock["mode"]}

    @rule(by=st.sampled_from([60, 61 * 60]))
    def let_real_time_pass(self, by: int) -> None:
        self.desk.world.real += timedelta(seconds=by)
        self.desk.compare()

    @rule(lasting=st.sampled_from(["1s", "20m", "18h", "-1m", "90000d"]))
    def suspend(self, lasting: str) -> None:
        spans = SPANS | {"20m": timedelta(minutes=20), "18h": timedelta(hours=18)}
        end = self.desk.model.now + spans[lasting]
        self.desk.control(self.desk.model.suspend(end), "POST", "/maintenance/suspend", {"lasting": lasting})

    @rule()
    def resume(self) -> None:
        self.desk.world.suspension = None
        self.desk.control("", "POST", "/maintenance/resume")

    def look_whether_it_is_closed(self) -> None:
        said, now = self.desk.control("", "GET", "/maintenance"), self.desk.model.now
        end = closed_until(now, self.desk.world.suspension)
        assert (said["now"], said["closed"] and said["closed"]["end"]) == (iso(now), end and iso(end))

    # CAPTCHA

    @rule(
        mode=st.sampled_from(["real", "fixed", "fixed", "fixed", "seeded", "reveal", "always_wrong", "expired"]),
        word=st.sampled_from([None, "ABC123"]),
        seed=st.sampled_from([None, "2"]),
    )
    def choose_a_captcha(self, mode: str, word: str | None, seed: str | None) -> None:
        body = {"mode": mode} | ({"word": word} if word else {}) | ({"seed": seed} if seed else {})
        said = self.desk.control(self.desk.model.set_captcha(mode, word, seed), "PUT", "/captcha", body)
        self.check_the_captcha(said)

    def look_at_the_captchas(self) -> None:
        self.check_the_captcha(self.desk.control("", "GET", "/captcha"))

    def check_the_captcha(self, said: Any) -> None:
        chosen = self.desk.world.captcha
        word = chosen["word"] if chosen["mode"] == "fixed" else ""
        assert (said["mode"], said["word"], said["seed"]) == (chosen["mode"], word, chosen["seed"])
        open_ones = {key: row["answer"] for key, row in self.desk.world.challenges.items()}
        assert {each["captcha_id"]: each["answer"] for each in said["challenges"]} == open_ones

    # checkpoints

    @rule(name=NAMES)
    def save(self, name: str) -> None:
        self.desk.world.checkpoints[name] = self.desk.model.saved()
        self.desk.control("", "PUT", f"/checkpoints/{name}")

    @rule(data=DATA, name=NAMES, by_file=st.booleans())
    def restore(self, data: st.DataObject, name: str, *, by_file: bool) -> None:
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

    def take_the_link(self, said: Any, saved: Any) -> None:
        """Have the model know a link; it opens where the newest visit was when the state was saved."""
        now, self.desk.model.world = self.desk.model.world, saved
        visits = self.desk.model.newest()
        self.desk.model.world = now
        (jar,) = [jar for jar, path in visits if path == said["path"]][:1]
        ticket_id = said["url"].rpartition("/")[2]
        (ticket,) = [each for each in self.desk.portal.tables.tickets.where() if each.ticket_id == ticket_id]
        assert (ticket.cookie, ticket.path) in [(jar, path) for jar, path in visits]
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

    @rule(number=st.integers(0, 2), name=st.sampled_from(GUIDE))
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

    # whole workspaces, and requests that are wrong

    @rule(name=st.sampled_from(["beta", "gamma"]))
    def make_and_remove_another_workspace(self, name: str) -> None:
        status, _ = self.desk.ask("POST", "/workspaces", {"name": name, "now": NOON.isoformat()})
        assert status == 201
        assert self.desk.ask("GET", "/workspaces")[1]["workspaces"] == ["main", name]
        assert self.desk.ask("POST", "/workspaces", {"name": name})[1]["code"] == "workspace_taken"
        assert self.desk.ask("DELETE", f"/workspaces/{name}")[0] == 200
        self.desk.compare()

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
        looks = {
            "an account": lambda: self.look_at_an_account(data),
            "a user": lambda: self.look_at_a_user(data),
            "sessions": self.look_at_the_sessions,
            "hours": self.look_whether_it_is_closed,
            "CAPTCHA": self.look_at_the_captchas,
            "the rest": lambda: self.desk.control("", "GET", data.draw(st.sampled_from(plain))),
        }
        looks[data.draw(st.sampled_from(sorted(looks)))]()
