"""Fifty people want one Internet user ID at the same moment."""

from __future__ import annotations

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

from journeys.control import NOON
from journeys.served import PATIENCE, Served, Visitor, command
from journeys.ways import login, to_confirm

if TYPE_CHECKING:
    from pathlib import Path

CROWD, BUSY = 50, 503


def scenario(folder: Path) -> Path:
    """Write a scenario with fifty people."""
    file = folder / "crowd.toml"
    words = '{ "zh-Hant" = "甲", en = "A", "zh-Hans" = "甲" }'
    people = [
        f'[[people]]\nkey = "person-{number}"\nnames = {words}\nsituation = {words}\naccount_kind = "personal"\n'
        f'identity_prefix = "Z{number:03}"\nbasic_user_ids = ["9950{number:04}"]\nbasic_password = "5555{number:04}"\n'
        for number in range(CROWD)
    ]
    file.write_text("\n".join(people), encoding="utf-8")
    return file


def test_of_fifty_simultaneous_confirmations_of_one_id_one_is_registered_and_the_others_are_told_taken(
    tmp_path: Path,
) -> None:
    with Served(tmp_path, "--scenario", str(scenario(tmp_path))) as portal:
        portal.clock("set", NOON)  # at night the real portal is closed
        people = json.loads(command(tmp_path, "accounts", "--json").stdout)
        visitors = [Visitor(portal.port) for _ in people]
        with ThreadPoolExecutor(10) as pool:
            reviews = list(
                pool.map(lambda each: to_confirm(each[0], each[1], "TheOnly1"), zip(visitors, people, strict=True))
            )
        assert {page.screen for page in reviews} == {"register/confirm"}
        together = Barrier(CROWD)

        def confirm(visitor: Visitor, basic_password: str) -> tuple[int, str, tuple[tuple[str, str], ...]]:
            together.wait()
            sent = visitor.page.hidden() | {"basic_password": basic_password}
            until = time.monotonic() + PATIENCE
            while (page := visitor.press("/register/confirm", sent)).status == BUSY and time.monotonic() < until:
                time.sleep(0.1)  # the page says so too: fifty may keep a slow disk longer than one visitor waits
            return page.status, page.screen, tuple(page.problems.items())

        with ThreadPoolExecutor(CROWD) as pool:
            told = Counter(pool.map(confirm, visitors, [person["basic_password"] for person in people]))
        entered = login(Visitor(portal.port), "TheOnly1").screen
        journal = command(tmp_path, "journal").stdout

    assert told == {
        (200, "register/done", ()): 1,
        (422, "register/confirm", (("internet_user_id", "taken"),)): CROWD - 1,
    }
    assert entered == "basic_password/form"
    assert journal.count("register/confirm  done") == 1
    assert journal.count("register/confirm  refused  taken") == CROWD - 1
