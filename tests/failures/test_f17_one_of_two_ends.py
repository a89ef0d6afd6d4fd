"""F17: of two portals on one store, behind a proxy that tries again elsewhere, one ends under load: nobody notices."""

from __future__ import annotations

import http.client
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from failures.crowd import RIGHT, basic_user_id, crowded
from failures.requests import portal_at
from journeys.served import PATIENCE, Answer, Served, Visitor
from journeys.ways import change, login, register
from ports import free_port
from props import CHAN, NOON
from sanity import assert_store_sane

from ipportal.flows.passwords import Hasher

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ipportal.portal import Portal

PEOPLE, VISITORS, BETWEEN = 45, 4, 4
NEW = "24682468"
WORDS = ("--server", "gunicorn", "--processes", "1")


class Balanced(Visitor):
    """A visitor whose proxy gives each request to the next portal, and to the other where that one does not answer."""

    again: ClassVar[list[str]] = []

    def __init__(self, *ports: int) -> None:
        super().__init__(ports[0])
        self._count, self._turns = len(ports), cycle(ports)

    def _ask(self, *request: Any) -> Answer:
        for _ in range(self._count - 1):
            self.port = next(self._turns)
            try:
                return super()._ask(*request)
            except (OSError, http.client.HTTPException):
                self.again.append(" ".join(request[:2]))
        self.port = next(self._turns)
        return super()._ask(*request)


class Class:
    """People who register, log on and change the password, a few at a time; any other screen ends the test."""

    def __init__(self, enter: Callable[[], Visitor]) -> None:
        self._enter, self._left = enter, iter(range(PEOPLE))
        self._lock = threading.Lock()
        self.through = 0

    def practise(self) -> None:
        while (number := self._next()) is not None:
            visitor = self._enter()
            person = CHAN | RIGHT | {"account_kind": "personal", "basic_user_ids": [basic_user_id(number)]}
            shown = [
                register(visitor, person, f"Two{number:05}").screen,
                login(visitor, f"Two{number:05}").screen,
                change(visitor, RIGHT["basic_password"], NEW).screen,
                visitor.get("/account").screen,
            ]
            assert shown == ["register/done", "basic_password/form", "basic_password/done", "account/home"], number
            with self._lock:
                self.through += 1

    def _next(self) -> int | None:
        with self._lock:
            return next(self._left, None)


def practised_while_they_end(people: Class, two: list[Served], how: signal.Signals) -> None:
    """Have people practise while one portal after the other ends and begins anew; both end for good after that."""
    ended = back = 0
    with ThreadPoolExecutor(VISITORS) as pool:
        going = [pool.submit(people.practise) for _ in range(VISITORS)]
        while not all(each.done() for each in going):
            if people.through < back + BETWEEN:  # nobody still tries the one that has come back
                time.sleep(0.01)
                continue
            place, ended = ended % 2, ended + 1
            old = two[place]
            old.stop(how)
            two[place] = Served(old.folder, *WORDS, port=old.port, IPPORTAL_STORE=old.store).__enter__()
            back = people.through
    for each in two:
        each.stop()
    assert [each.result(PATIENCE) for each in going] == [None] * VISITORS
    assert ended >= 2, "they did not both end"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_journeys_over_two_portals_go_on_while_one_after_the_other_ends(
    new_store: Callable[[], str], folder: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    portal = crowded(portal_at(store := new_store()), PEOPLE)
    portal.stored_clock.set(NOON)
    monkeypatch.setattr(Balanced, "again", [])
    two = [Served(folder, *WORDS, port=free_port(), IPPORTAL_STORE=store).__enter__() for _ in range(2)]

    practised_while_they_end(Class(lambda: Balanced(*(each.port for each in two))), two, how)

    assert Balanced.again, "no request met a portal that had ended: the test showed nothing"
    assert_all_went_through(portal)
    portal.close()


def assert_all_went_through(portal: Portal) -> None:
    """Hold the store against what everybody was told: registered, and with the new password."""
    tables = portal.tables
    assert_store_sane(tables)
    done = [f"two{number:05}" for number in range(PEOPLE)]
    assert [each.folded_id for each in tables.users.where() if each.folded_id.startswith("two")] == done
    hashes = [each.basic_password_hash for each in tables.accounts.where(issued=False)]
    assert sum(Hasher(4).check(NEW, hashed) for hashed in hashes) == PEOPLE
