"""Fifty hands that do something at the same moment, round after round, and the rows that a round begins with."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import TYPE_CHECKING, Any, Final, Self

from props import CHAN, NOON, WORD, account, told

from ipportal.flows.passwords import Gate
from ipportal.flows.register import PLAIN
from ipportal.store.schema import Challenge, Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from ipportal.flows import Problems
    from ipportal.portal import Portal

HANDS: Final = 50
RIGHT: Final = {"basic_password": "31415926"}
_PATIENCE = 60
_SWITCH_SECONDS = 1e-4  # so that threads overtake each other in the middle of what they do


class Crowd:
    """Fifty threads on one portal, each with a connection of its own."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self._pool, self._barrier = ThreadPoolExecutor(HANDS), Barrier(HANDS)
        self._before = sys.getswitchinterval()

    def __enter__(self) -> Self:
        sys.setswitchinterval(_SWITCH_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.setswitchinterval(self._before)
        self._together(lambda _: self.portal.close(), range(HANDS))
        self._pool.shutdown()

    def at_once(self, deeds: Sequence[Callable[[], Problems]]) -> Counter[str]:
        """Return how often each answer came, "" for a success."""
        answers = self._together(lambda deed: told(deed()), deeds)
        return Counter(",".join(f"{field}={code}" for field, code in answer.items()) for answer in answers)

    def _together(self, deed: Callable[[Any], Any], things: Sequence[Any]) -> list[Any]:
        def run(thing: Any) -> Any:
            self._barrier.wait(_PATIENCE)
            return deed(thing)

        return list(self._pool.map(run, things))


class QuickGate(Gate):
    """Hashes that cost next to nothing: who wins a race is not a matter of bcrypt, and ten thousand runs are."""

    def run(self, secret: str, salt: str) -> str:
        """Return what has the salt in front, as bcrypt's has, and depends on both."""
        return salt + hashlib.sha256(f"{salt}{secret}".encode()).hexdigest()[:31]


def crowded(portal: Portal, accounts: int = 6 * HANDS) -> Portal:
    """Give a portal more accounts like Chan's; return it."""
    chan = account(portal, CHAN["basic_user_id"])
    with portal.tables.atomic():
        for number in range(accounts):
            portal.tables.accounts.insert(replace(chan, basic_user_id=basic_user_id(number), practice=f"{number}"))
    return portal


def rehashed(portal: Portal) -> Portal:
    """Give every account the same basic password, hashed as hashes are now; return the portal."""
    hashed = portal.staff.hasher.hash(RIGHT["basic_password"])
    with portal.tables.atomic():
        for each in portal.tables.accounts.where():
            portal.tables.accounts.update(each.basic_user_id, basic_password_hash=hashed)
    return portal


def basic_user_id(number: int) -> str:
    return f"9980{number:04}"


def put_reviewed(portal: Portal, draft_id: str, **typed: str) -> None:
    """Put a registration before its confirmation."""
    facts = {"agreed": True, "account_kind": "personal", "captcha_id": "used", "internet_password_hash": "invented"}
    plain = {name: CHAN.get(name, "") for name in PLAIN}
    portal.tables.drafts.insert(Draft(draft_id, "register", NOON, facts | plain | typed, 2))


def reviewed(portal: Portal, count: int = HANDS, **changing: Callable[[int], str]) -> list[str]:
    """Put so many registrations before their confirmation; what is *changing* differs by number."""
    names = [f"draft-{number}" for number in range(count)]
    with portal.tables.atomic():
        portal.tables.drafts.delete()
        for number, name in enumerate(names):
            put_reviewed(portal, name, **{field: value(number) for field, value in changing.items()})
    return names


def shown(portal: Portal, *owners: str) -> list[str]:
    """Put a CAPTCHA before each of these, who may be the same; return the ids."""
    with portal.tables.atomic():
        portal.tables.challenges.delete()
        for number, owner in enumerate(owners):
            portal.tables.challenges.insert(Challenge(f"captcha-{number}", owner, WORD, NOON, ""))
    return [f"captcha-{number}" for number in range(len(owners))]
