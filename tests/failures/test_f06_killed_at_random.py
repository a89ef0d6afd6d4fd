"""F6: kill -9 at any moment, 200 times: what was acknowledged is there, the rest is whole or absent, all is sound."""

from __future__ import annotations

import signal
from random import Random
from typing import TYPE_CHECKING

from failures.witness import TOGETHER, Witness

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from failures.conftest import Zygote

LIVES = 200
MOST, LONGEST = 6, 0.01  # lines that a life notes before it is killed, and seconds that it has after that


def test_two_hundred_kills_lose_nothing_that_was_acknowledged(
    new_store: Callable[[], str], folder: Path, zygote: Zygote
) -> None:
    witness, chance = Witness(new_store(), folder), Random(20250331)

    for _ in range(LIVES // TOGETHER):
        lives = witness.lives(chance)
        for life in lives:
            life |= {"lines": chance.randrange(MOST), "seconds": chance.uniform(0, LONGEST)}
        assert zygote("live", store=witness.store, lives=lives) == [-signal.SIGKILL] * TOGETHER
        witness.judge()

    witness.conclude()
    assert witness.acknowledged > LIVES, (witness.acknowledged, "hardly anything: the test showed nothing")
