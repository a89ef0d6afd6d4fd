"""F6: kill -9 at any moment, 200 times: what was acknowledged is there, the rest is whole or absent, all is sound."""

from __future__ import annotations

import json
import signal
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from failures.life import Standing
from failures.requests import portal_at
from sanity import assert_journal_tells, assert_store_sane, rows_of

from ipportal.flows.passwords import Hasher

if TYPE_CHECKING:
    from collections.abc import Callable

    from failures.conftest import Zygote

    from ipportal.portal import Portal

LIVES, TOGETHER, ACCOUNTS = 200, 2, 6
MOST, LONGEST = 6, 0.01  # lines that a life notes before it is killed, and seconds that it has after that


def found(portal: Portal, key: str, possible: list[Standing]) -> list[Standing]:
    """Return which of the possible standings of an account the store shows."""
    link, account = portal.tables.links.get(key), portal.tables.accounts.get(key)
    user = portal.tables.users.get(link.folded_id) if link else None
    assert account
    return [
        each
        for each in possible
        if each.internet_user_id == (user.internet_user_id if user else "")
        and Hasher(4).check(each.basic_password, account.basic_password_hash)
    ]


def possible_after(lines: list[dict[str, Any]], key: str, before: Standing) -> list[Standing]:
    """Return how an account can stand: as it was acknowledged last, or as what had begun then would have it."""
    own = [line for line in lines if line["account"] == key]
    for line, following in pairwise(own):
        assert ("begun" in line) or ("begun" in following)
    acknowledged = [Standing(**line["done"]) for line in own if "done" in line]
    begun = [Standing(**line["begun"]) for line in own[-1:] if "begun" in line]
    return [acknowledged[-1] if acknowledged else before, *begun]


def test_two_hundred_kills_lose_nothing_that_was_acknowledged(
    new_store: Callable[[], str], folder: Path, zygote: Zygote
) -> None:
    store, chance = new_store(), Random(20250331)
    portal = portal_at(store)
    chan = portal.tables.accounts.get("99000101")
    assert chan
    keys = [f"9980{number:04}" for number in range(ACCOUNTS * TOGETHER)]
    for key in keys:
        portal.tables.accounts.insert(replace(chan, basic_user_id=key, practice=key))
    began = rows_of(portal.tables)
    standing, acknowledged = dict.fromkeys(keys, Standing()), 0

    for number in range(LIVES // TOGETHER):
        portal.close()
        lives: list[dict[str, Any]] = [
            {
                "diary": str(folder / f"diary-{number}-{hand}"),
                "seed": chance.random(),
                "lines": chance.randrange(MOST),
                "seconds": chance.uniform(0, LONGEST),
                "standing": {key: vars(standing[key]) for key in keys[hand::TOGETHER]},
            }
            for hand in range(TOGETHER)
        ]
        for life in lives:
            Path(life["diary"]).touch()
        assert zygote("live", store=store, lives=lives) == [-signal.SIGKILL] * TOGETHER

        portal = portal_at(store)
        assert_store_sane(portal.tables)
        for hand in range(TOGETHER):
            diary = folder / f"diary-{number}-{hand}"
            lines = [json.loads(line) for line in diary.read_bytes().splitlines()] if diary.exists() else []
            acknowledged += sum("done" in line for line in lines)
            for key in keys[hand::TOGETHER]:
                possible = possible_after(lines, key, standing[key])
                shown = found(portal, key, possible)
                assert shown, f"{key} is not {possible}"
                standing[key] = shown[-1]

    assert_journal_tells(began, portal.tables)
    portal.close()
    assert acknowledged > LIVES, (acknowledged, "hardly anything was acknowledged: the test showed nothing")
