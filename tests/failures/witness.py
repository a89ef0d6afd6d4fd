"""Who sends lives to a store and knows what each was told, to hold that against what the store shows."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from failures.life import Standing
from failures.requests import portal_at
from sanity import assert_journal_tells, assert_store_sane, rows_of

from ipportal.flows.passwords import Hasher

if TYPE_CHECKING:
    from random import Random

    from ipportal.portal import Portal

TOGETHER, ACCOUNTS = 2, 6  # lives at once, and accounts of each
KEYS: Final = [f"9980{number:04}" for number in range(ACCOUNTS * TOGETHER)]


class Witness:
    """Accounts of lives on a store, and how each of them stands."""

    def __init__(self, store: str, folder: Path) -> None:
        self.store, self._folder = store, folder
        portal = portal_at(store)
        chan = portal.tables.accounts.get("99000101")
        assert chan
        for key in KEYS:
            portal.tables.accounts.insert(replace(chan, basic_user_id=key, practice=key))
        self._began = rows_of(portal.tables)
        self._standing, self._diaries = dict.fromkeys(KEYS, Standing()), list[Path]()
        self._count = self.acknowledged = 0
        portal.close()

    def lives(self, chance: Random, **more: Any) -> list[dict[str, Any]]:
        """Return the next lives, each to be told of its accounts and its diary."""
        self._count += 1
        self._diaries = [self._folder / f"diary-{self._count}-{hand}" for hand in range(TOGETHER)]
        for diary in self._diaries:
            diary.touch()
        return [
            {
                "diary": str(diary),
                "seed": chance.random(),
                "standing": {key: vars(self._standing[key]) for key in KEYS[hand::TOGETHER]},
            }
            | more
            for hand, diary in enumerate(self._diaries)
        ]

    def noted(self) -> int:
        """Return how many lines the lives have noted by now."""
        return sum(diary.read_bytes().count(b"\n") for diary in self._diaries)

    def judge(self) -> None:
        """Fail where the store does not show what the last lives were told, or shows what none began."""
        portal = portal_at(self.store)
        assert_store_sane(portal.tables)
        for hand, diary in enumerate(self._diaries):
            lines = [json.loads(line) for line in diary.read_bytes().splitlines()]
            self.acknowledged += sum("done" in line for line in lines)
            for key in KEYS[hand::TOGETHER]:
                possible = possible_after(lines, key, self._standing[key])
                shown = found(portal, key, possible)
                assert shown, f"{key} is not {possible}"
                self._standing[key] = shown[-1]
        portal.close()

    def conclude(self) -> None:
        """Fail where the journal does not tell what was done in all the lives."""
        portal = portal_at(self.store)
        assert_journal_tells(self._began, portal.tables)
        portal.close()


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
