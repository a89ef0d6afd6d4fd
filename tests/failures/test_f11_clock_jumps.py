"""F11: the portal's clock jumps anywhere at any time: nothing revives, nothing is half done, nobody sees a fault."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from deeds import register, users
from hypothesis import given, settings
from hypothesis import strategies as st
from props import NOON, PEOPLE, copy, new_portal, shared, solved
from sanity import assert_store_sane

from ipportal.clock import EARLIEST, LATEST, TimeError
from ipportal.flows.accounts import HISTORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from ipportal.portal import Portal

EXAMPLES: Final = {"memory": 60, "postgres": 15}
KINDS: Final = tuple(EXAMPLES)
DUE: Final = PEOPLE["registered-first-login-due"]
SPANS: Final = [timedelta(0), timedelta(seconds=1), timedelta(minutes=5), timedelta(hours=8), timedelta(days=40)]
MOMENTS: Final = [EARLIEST, LATEST, NOON, datetime(2024, 2, 29, 23, 59, 59, tzinfo=NOON.tzinfo)]
STEPS: Final = ("jump", "shift", "set", "enter", "leave", "change", "register", "users", "look")


class Walk:
    """One portal, whose clock is thrown about while somebody uses it."""

    def __init__(self, portal: Portal, chance: Random) -> None:
        self.portal, self.chance = portal, chance
        self.session_id, self.over = "", set[str]()
        self.current, self.changes = DUE.basic_password, 0

    def step(self, name: str) -> None:
        getattr(self, name)()
        assert not [each for each in self.over if self.portal.sessions.find(each)[0]], "a session was revived"
        past = self.portal.tables.past_passwords.where(basic_user_id=DUE.basic_user_ids[0])
        numbers = range(max(self.changes - HISTORY, 0) + 1, self.changes + 1)
        assert [each.number for each in past] == list(numbers)
        assert_store_sane(self.portal.tables)

    def jump(self) -> None:
        span = self.chance.choice(SPANS) * self.chance.choice([-1, 1])
        try:
            self.portal.stored_clock.advance(span)
        except TimeError:
            assert not EARLIEST <= self.portal.clock.now() + span <= LATEST

    def shift(self) -> None:
        self.portal.stored_clock.shift(self.chance.choice(SPANS))

    def set(self) -> None:
        self.portal.stored_clock.set(self.chance.choice(MOMENTS))

    def enter(self) -> None:
        typed = {"internet_user_id": DUE.internet_user_id or "", "internet_password": DUE.internet_password or ""}
        found, _ = self.portal.login.enter(typed)
        if found:
            self.over.add(self.session_id)
            self.session_id = found

    def leave(self) -> None:
        if self.portal.sessions.find(self.session_id)[0]:
            self.portal.login.leave(self.session_id)
            self.over.add(self.session_id)

    def change(self) -> None:
        new = f"{self.chance.randrange(10**8):08}"
        typed = {"basic_password": self.current, "new_basic_password": new, "new_basic_password_again": new}
        typed |= solved(self.portal, self.session_id or "nobody")
        lives = self.portal.sessions.find(self.session_id)[0] is not None
        following, problems = self.portal.basic_password.change(self.session_id, typed)
        assert lives or problems
        if not problems:
            self.over.add(self.session_id)
            self.session_id, self.current, self.changes = following, new, self.changes + 1

    def register(self) -> None:
        register(self.portal, self.chance)

    def users(self) -> None:
        before = self.portal.tables.users.get((DUE.internet_user_id or "").lower())
        users(self.portal, self.chance)
        if before != self.portal.tables.users.get((DUE.internet_user_id or "").lower()):
            self.over.add(self.session_id)

    def look(self) -> None:
        standing = self.portal.standing()
        now = standing.portal.clock.now()
        closure = standing.portal.closed(now)
        assert closure is None or closure.start <= now < closure.end
        assert standing.portal.calendar.upcoming(now).start > now


def test_wherever_the_clock_jumps_nothing_revives_and_histories_grow_by_one(
    kind: str, new_store: Callable[[], str], seeded: Portal
) -> None:
    @settings(max_examples=EXAMPLES[kind], deadline=None, derandomize=True, database=None)
    @given(steps=st.lists(st.sampled_from(STEPS), min_size=5, max_size=40), chance=st.randoms(use_true_random=False))
    def walk(steps: list[str], chance: Random) -> None:
        portal = shared(new_portal(new_store()) if kind == "postgres" else new_portal())
        if kind == "memory":
            copy(seeded.tables, portal.tables)
        portal.stored_clock.set(NOON)
        walking = Walk(portal, chance)
        for step in steps:
            walking.step(step)
        portal.close()

    walk()
