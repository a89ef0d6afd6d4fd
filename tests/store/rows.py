"""Rows to put into a store, and threads to do it at once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import TYPE_CHECKING, Final

from ipportal.clock import HONG_KONG
from ipportal.store.schema import Account, JournalEntry, Link, PastPassword, User

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.store import Tables

NOON: Final = datetime(2025, 3, 31, 12, tzinfo=HONG_KONG)
PATIENCE: Final = 120  # seconds until a test that waits for a thread gives up: a disk may be slow


def account(basic_user_id: str = "00012345") -> Account:
    return Account(
        basic_user_id=basic_user_id,
        practice="fresh-individual",
        account_kind="personal",
        identity_prefix="0012",
        names={"en": "Chan Lok Shan", "zh-Hant": "陳樂珊"},
        basic_password_hash="invented",
    )


def user(folded_id: str = "lokshan1") -> User:
    return User(folded_id, folded_id.title(), "invented", NOON)


def link(basic_user_id: str, folded_id: str = "lokshan1", position: int = 1) -> Link:
    return Link(basic_user_id, folded_id, position)


def past(basic_user_id: str, number: int) -> PastPassword:
    return PastPassword(basic_user_id, number, f"invented {number}")


def entry(step: str = "confirm") -> JournalEntry:
    return JournalEntry(0, NOON, NOON, step, "refused", "not_recognised")


def tries(tables: Tables, folded_id: str = "lokshan1") -> int:
    """Return the failed tries of a user that is there."""
    found = tables.users.get(folded_id)
    assert found
    return found.failed_tries


def count(tables: Tables, folded_id: str = "lokshan1") -> None:
    """Read and write one more failed try, as the flows do."""
    with tables.atomic():
        tables.users.update(folded_id, failed_tries=tries(tables, folded_id) + 1)


def at_once(tables: Tables, threads: int, deed: Callable[[], object], times: int = 1) -> None:
    """Do *deed* so many times in each of the threads, which start together; raise what one of them raises."""
    start = Barrier(threads)

    def run() -> None:
        start.wait(PATIENCE)
        try:
            for _ in range(times):
                deed()
                # A lock is not fair: on a slow disk one that comes back at once would keep the others out for seconds.
                time.sleep(0.001)
        finally:
            tables.backend.close()

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(run) for _ in range(threads)]:
            done.result(PATIENCE)
