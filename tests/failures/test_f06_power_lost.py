"""F6, I10: the power goes between any two calls: what was acknowledged is there, the rest whole or absent."""

from __future__ import annotations

import json
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from failures.life import Standing
from failures.power import ABSENT, Disk, can_trace, traced
from failures.requests import portal_at
from failures.traced import DIARY, settings_at
from failures.witness import KEYS, TOGETHER, Witness, found, possible_after
from sanity import assert_store_sane

from ipportal.scenarios import open_portal
from ipportal.tokens import server_token
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KINDS = ("sqlite",)
DEEDS = 12
SHARES = ((0, 0), (1, 0), (0, 1), (1, 1), (0.5, 0.5), (0.9, 0.9))  # of names and contents that have reached the disk

pytestmark = pytest.mark.skipif(not can_trace(), reason=ABSENT)


class Moments:
    """The moments of a deed at which the power may go."""

    def __init__(self, deed: str, folder: Path, *words: str) -> None:
        self._disk, self._folder = Disk(folder), folder
        self.calls, self._diary = traced(deed, folder, *words), str(folder / DIARY)

    def __iter__(self) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
        """Yield a folder as it may be found after each call, and what was noted by then."""
        noted, chance, number = b"", Random(20250331), count()
        for call in self.calls:
            if call.paths[-1] == self._diary:
                noted += call.content
            else:
                self._disk.take(call)
            names, contents = chance.choice(SHARES)
            folder = self._folder.with_name(f"{self._folder.name}-{next(number)}")
            self._disk.found_at(folder, partial(_happens, chance, names), partial(_happens, chance, contents))
            yield folder, [json.loads(line) for line in noted.splitlines()]


def _happens(chance: Random, share: float) -> bool:
    return chance.random() < share


@pytest.fixture
def instance(folder: Path) -> Path:
    (made := folder / "instance").mkdir()
    return made


@pytest.mark.sqlite
def test_what_visitors_were_told_is_still_there(instance: Path, new_store: Callable[[], str]) -> None:
    store = instance / "portal.sqlite"
    store.write_bytes(Path(new_store()).read_bytes())
    life = Witness(str(store), instance.parent).lives(Random(20250331), deeds=DEEDS)[0]
    acknowledged = 0

    for folder, noted in Moments("practise", instance, json.dumps(life)):
        portal = portal_at(str(folder / "portal.sqlite"))
        assert_store_sane(portal.tables)
        for key in KEYS[::TOGETHER]:
            assert found(portal, key, possible_after(noted, key, Standing())), (folder, noted)
        portal.close()
        acknowledged = sum("done" in line for line in noted)

    assert acknowledged > DEEDS / 2


def test_a_first_start_can_be_repeated(instance: Path) -> None:
    told = []

    for folder, noted in Moments("start", instance):
        portal = open_portal(settings_at(folder))
        assert_store_sane(portal.tables)
        assert portal.tables.accounts.where()
        assert server_token(portal.settings) in [line["token"] for line in noted] or not noted
        portal.close()
        told = noted

    assert told


def test_workspaces_are_as_their_makers_were_told(instance: Path) -> None:
    open_portal(settings_at(instance)).close()
    told: dict[str, dict[str, Any]] = {}

    for folder, noted in Moments("teach", instance):
        told = {line["name"]: line for line in noted}
        house = Workspaces(open_portal(settings_at(folder)))
        for name, line in told.items():
            assert "begun" in line or (name in house.names()) == (line["done"] == "create"), (folder, line)
        for name in house.names():
            portal = house.get(name)
            assert_store_sane(portal.tables)
            assert portal.tables.facts.get("scenario")
            portal.close()
        house.main.close()

    assert told == {"x": {"done": "create", "name": "x"}, "y": {"done": "remove", "name": "y"}}
