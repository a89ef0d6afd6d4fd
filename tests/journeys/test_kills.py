"""Kill -9 at any moment: what was acknowledged is there after the restart, and nothing is half there."""

from __future__ import annotations

import http.client
import json
import signal
import threading
import time
from random import Random
from typing import TYPE_CHECKING

from journeys.control import NOON
from journeys.served import PATIENCE, Served, Visitor, command
from journeys.test_crowd import scenario
from journeys.ways import change, login, register
from ports import free_port
from sanity import assert_store_sane
from stores import at

from ipportal.flows.passwords import Hasher
from ipportal.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from journeys.ways import Person

KILLS, VISITORS = 6, 4
NEW = "24682468"


class Class:
    """Visitors who register, log in and change the password, each once, and remember what they were told."""

    def __init__(self, people: list[Person], port: int) -> None:
        self.people, self.port, self.left = iter(people), port, True
        self.open = threading.Event()
        self.open.set()
        self.registered, self.changed = set[str](), set[str]()
        self._turn = threading.Lock()

    def practise(self) -> None:
        while True:
            self.open.wait(PATIENCE)
            with self._turn:
                person = next(self.people, None)
            if person is None:
                self.left = False
                return
            try:
                self._rehearse(person)
            except (OSError, http.client.HTTPException, AssertionError):
                continue  # the portal was killed under this visitor, who gives up

    def somebody_is_through(self, among: int) -> None:
        """Wait until more than that many are registered, or nobody is left who could be."""
        until = time.monotonic() + PATIENCE
        while len(self.registered) <= among and self.left and time.monotonic() < until:
            time.sleep(0.02)

    def _rehearse(self, person: Person) -> None:
        visitor, primary = Visitor(self.port), person["basic_user_ids"][0]
        if register(visitor, person, f"U{primary[1:]}").screen == "register/done":
            self.registered.add(primary)
        login(visitor, f"U{primary[1:]}")
        if change(visitor, person["basic_password"], NEW).screen == "basic_password/done":
            self.changed.add(primary)


def test_what_was_acknowledged_survives_any_kill_and_nothing_is_half_there(tmp_path: Path) -> None:
    words = ("--scenario", str(scenario(tmp_path)))
    chance = Random(20250330)
    people = json.loads(command(tmp_path, "accounts", "--json", *words).stdout)
    portal = Served(tmp_path, *words, port=free_port()).__enter__()
    portal.clock("set", NOON)  # at night the real portal is closed
    practising = Class(people, portal.port)
    threads = [threading.Thread(target=practising.practise, daemon=True) for _ in range(VISITORS)]
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        practising.somebody_is_through(among=len(practising.registered))
        time.sleep(chance.uniform(0.0, 0.4))
        practising.open.clear()
        portal.stop(signal.SIGKILL)
        portal = Served(tmp_path, *words, port=practising.port).__enter__()
        practising.open.set()
    for thread in threads:
        thread.join()
    portal.stop()

    store = open_store(at(tmp_path))
    users = {user.folded_id for user in store.users.where()}
    links = {link.basic_user_id: link.folded_id for link in store.links.where()}
    hashes = {each.basic_user_id: each.basic_password_hash for each in store.accounts.where(issued=False)}
    past = {each.basic_user_id for each in store.past_passwords.where()}
    assert_store_sane(store)
    store.backend.close()
    assert practising.registered, "nobody got through: the test showed nothing"
    assert practising.registered <= set(links)
    assert set(links.values()) == users
    assert practising.changed <= set(hashes)
    assert set(hashes) == past
    assert all(Hasher(4).check(NEW, hashed) for hashed in hashes.values())
