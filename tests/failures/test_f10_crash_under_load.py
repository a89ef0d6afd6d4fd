"""F10: the database server crashes while processes write: what was acknowledged is there, the rest whole or absent."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import TYPE_CHECKING

import stores
from failures.requests import portal_at
from failures.witness import TOGETHER, Witness
from props import copy

from ipportal.store import postgres_pool

if TYPE_CHECKING:
    from pathlib import Path

    from failures.conftest import Zygote

    from ipportal.portal import Portal

CRASHES = 12
MOST, LONGEST = 12, 0.05  # lines that are noted before a crash, and seconds until it after that


def test_a_server_that_crashes_under_its_writers_loses_nothing_that_was_acknowledged(
    seeded: Portal, folder: Path, zygote: Zygote
) -> None:
    server, chance = stores.Server("synchronous_commit=on"), Random(20250331)
    portal = portal_at(server.address())
    copy(seeded.tables, portal.tables)
    witness = Witness(server.address(), folder)

    for _ in range(CRASHES):
        lives, lines = witness.lives(chance), chance.randrange(MOST)
        with ThreadPoolExecutor(1) as pool:
            ended = pool.submit(zygote, "outlive", store=witness.store, lives=lives)
            while witness.noted() < lines and not ended.done():
                time.sleep(0.001)
            time.sleep(chance.uniform(0, LONGEST))
            server.crash()
            assert ended.result() == [0] * TOGETHER
        server.start()
        witness.judge()

    witness.conclude()
    assert witness.acknowledged > CRASHES, (witness.acknowledged, "hardly anything: the test showed nothing")
    postgres_pool.close()
    server.remove()
