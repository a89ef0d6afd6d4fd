"""F18: a checkpoint is taken while others write: it is of one moment, and brings that moment back exactly."""

from __future__ import annotations

import json
import threading
from random import Random
from typing import TYPE_CHECKING, Any

from failures.crowd import basic_user_id, crowded
from failures.life import Standing, cancel, change, register
from failures.requests import portal_at
from props import copy, new_portal
from sanity import assert_journal_tells, assert_store_sane, rows_of

from ipportal.checkpoints import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.portal import Portal

SNAPSHOTS, WRITERS = 25, 3
PASSING = {"tickets", "challenges", "checkpoints", "facts"}  # what a checkpoint leaves behind, or lists its own way


def practise(portal: Portal, hand: int, over: threading.Event) -> None:
    """Register, change and cancel with one's own account until it is over."""
    chance, key = Random(hand), basic_user_id(hand)
    standing = Standing()
    while not over.is_set():
        after = Standing(f"S{hand}{chance.randrange(10**6):06}", f"{chance.randrange(10**8):08}")
        named = Standing(after.internet_user_id, standing.basic_password)
        assert register(portal, key, standing, named)
        standing = after if change(portal, key, named, after) else named
        assert cancel(portal, key, standing, standing)
        standing = Standing("", standing.basic_password)
    portal.close()


def kept(text: str) -> dict[str, Any]:
    """Return the rows of a checkpoint that a restore brings back as they were."""
    return {name: rows for name, rows in json.loads(text)["tables"].items() if name not in PASSING}


def test_a_checkpoint_taken_while_others_write_is_of_one_moment_and_comes_back_exactly(
    new_store: Callable[[], str], seeded: Portal
) -> None:
    portal = crowded(portal_at(new_store()), WRITERS)
    before, over = rows_of(portal.tables), threading.Event()
    threads = [threading.Thread(target=practise, args=(portal, hand, over)) for hand in range(WRITERS)]
    for thread in threads:
        thread.start()
    taken: dict[str, str] = {}
    while len(taken) < SNAPSHOTS and all(thread.is_alive() for thread in threads):
        text = Shelf(portal).snapshot()
        taken[json.dumps(json.loads(text)["tables"])] = text
    over.set()
    for thread in threads:
        thread.join()

    assert len(taken) == SNAPSHOTS
    for text in taken.values():
        other = new_portal()
        copy(seeded.tables, other.tables)
        Shelf(other).restore(text)
        assert_store_sane(other.tables)
        assert_journal_tells(before, other.tables)
        assert kept(Shelf(other).snapshot()) == kept(text)
        other.close()
    portal.close()
