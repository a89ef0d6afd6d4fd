"""The rules of testers on time: every control call on the clock, on closures and on the CAPTCHA."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import rule
from model.filling import some
from model.judged import CAPTCHA_LIFE, DRAFT_LIFE, IDLE, SESSION_LIFE, closed_until
from model.staffs import DATA, Staffs
from model.visitors import TABS
from model.world import NOON

from ipportal.clock import HONG_KONG, iso

TICK: Final = timedelta(microseconds=1)
SPANS: Final = {
    **{f"{minutes}m": timedelta(minutes=minutes) for minutes in (1, 4, 5, 14, 15, 29, 30, 60, -1, -5, -30)},
    **{f"{seconds}s": timedelta(seconds=seconds) for seconds in (1, 299, 899, 1799, -1)},
    "8h": timedelta(hours=8),
    "1d": timedelta(days=1),
    "30d": timedelta(days=30),
    "-1d": timedelta(days=-1),
    "90000d": timedelta(days=90_000),
}
_EDGES: Final = [
    datetime(2025, 3, day, hour, tzinfo=HONG_KONG) for day, hour in ((31, 5), (31, 6), (30, 0), (30, 5), (30, 7))
]
MOMENTS: Final = (*[NOON] * 8, *_EDGES, *(each - TICK for each in _EDGES), NOON - timedelta(days=1))


class Times(Staffs):
    """What a test may do with time and pictures."""

    @rule(moment=st.sampled_from(MOMENTS))
    def set_the_clock(self, moment: datetime) -> None:
        self.set_to(moment)

    @rule(by=st.sampled_from([*["1m", "4m", "14m", "5m"] * 4, *sorted(SPANS)]))
    def advance_the_clock(self, by: str) -> None:
        self.desk.control(self.desk.model.advance_clock(SPANS[by]), "POST", "/clock/advance", {"by": by})

    @rule(number=TABS, data=DATA, off=st.sampled_from([0, 0, -1, 1]))
    def wait_for_an_edge(self, number: int, data: st.DataObject, off: int) -> None:
        """Go on at the very moment at which a draft, a picture, a session or a wait is over, or just beside it."""
        world = self.desk.world
        edges = [row["begun"] + DRAFT_LIFE for row in world.drafts.values()]
        edges += [row["issued"] + CAPTCHA_LIFE for row in world.challenges.values()]
        edges += [row["seen"] + IDLE for row in world.sessions.values()]
        edges += [row["begun"] + SESSION_LIFE for row in world.sessions.values()]
        edges += world.cancelled.values()
        self.set_to(some(data.draw, edges or [NOON]) + off * TICK)
        self.walk(number, data, 1)

    def set_to(self, moment: datetime) -> None:
        body = {"at": moment.isoformat(timespec="microseconds")}
        said = self.desk.control(self.desk.model.set_clock(moment), "POST", "/clock/set", body)
        assert said == {"now": iso(moment), "mode": "frozen"}

    @rule(by=st.sampled_from(sorted(SPANS)))
    def shift_the_clock(self, by: str) -> None:
        self.desk.control(self.desk.model.shift_clock(SPANS[by]), "POST", "/clock/shift", {"by": by})

    @rule(real=st.booleans())
    def let_the_clock_go_on(self, *, real: bool) -> None:
        model = self.desk.model
        refusal = model.real_clock() if real else model.run_clock()
        said = self.desk.control(refusal, "POST", "/clock/real" if real else "/clock/run")
        assert said == {"now": iso(model.now), "mode": self.desk.world.clock["mode"]}

    @rule(by=st.sampled_from([60, 61 * 60, -10, -50]))
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
