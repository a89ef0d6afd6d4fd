"""F1, F2, F17: processes that do the same at the same moment find the same as threads of one do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from failures.crowd import basic_user_id, crowded, put_reviewed
from failures.requests import portal_at
from sanity import assert_journal_tells, assert_store_sane, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from failures.conftest import Zygote

PROCESSES, ROUNDS = 6, 50


def test_f2_of_processes_that_confirm_one_id_one_succeeds_and_the_others_are_told_taken(
    new_store: Callable[[], str], folder: Path, zygote: Zygote
) -> None:
    portal = crowded(portal_at(store := new_store()))
    rounds = []
    for number in range(ROUNDS):
        rounds.append([f"draft-{number}-{hand}" for hand in range(PROCESSES)])
        for hand, draft_id in enumerate(rounds[-1]):
            put_reviewed(
                portal,
                draft_id,
                internet_user_id=f"Crowd{number:03}",
                basic_user_id=basic_user_id(number * PROCESSES + hand),
            )
    before = rows_of(portal.tables)

    ended = zygote("race", store=store, diary=str(folder / "diary"), rounds=rounds)

    assert ended == [0] * PROCESSES
    told = [json.loads(line)["codes"] for line in (folder / "diary").read_bytes().splitlines()]
    assert sorted(told) == [[]] * ROUNDS + [["taken"]] * ROUNDS * (PROCESSES - 1)
    assert_store_sane(portal.tables)
    assert_journal_tells(before, portal.tables)
    portal.close()


def test_f1_processes_that_confirm_one_draft_register_once_and_all_show_success(
    new_store: Callable[[], str], folder: Path, zygote: Zygote
) -> None:
    portal = crowded(portal_at(store := new_store()))
    for number in range(ROUNDS):
        put_reviewed(
            portal, f"draft-{number}", internet_user_id=f"Crowd{number:03}", basic_user_id=basic_user_id(number)
        )
    before = rows_of(portal.tables)

    rounds = [[f"draft-{number}"] * PROCESSES for number in range(ROUNDS)]
    ended = zygote("race", store=store, diary=str(folder / "diary"), rounds=rounds)

    assert ended == [0] * PROCESSES
    told = [json.loads(line)["codes"] for line in (folder / "diary").read_bytes().splitlines()]
    assert told == [[]] * ROUNDS * PROCESSES
    assert_store_sane(portal.tables)
    assert_journal_tells(before, portal.tables)
    portal.close()
