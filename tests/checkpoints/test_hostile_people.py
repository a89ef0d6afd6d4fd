"""Rows that fit one by one and yet contradict each other are refused; a history and a change as they are stay good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from checkpoints.forge import HASH, MOMENT, altered, cell, furnished, own
from checkpoints.test_hostile_rows import fault

from ipportal.checkpoints import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from checkpoints.forge import File

    from ipportal.portal import Portal


@pytest.fixture
def portal(seeded: Portal) -> Portal:
    return furnished(own(seeded))


def history(numbers: Iterable[int]) -> Callable[[File], None]:
    """Return the change that gives an account past passwords of these numbers, and other accounts none."""

    def change(file: File) -> None:
        account = file["tables"]["accounts"][0][0]
        file["tables"]["past_passwords"] = [[account, number, HASH] for number in numbers]

    return change


def session(
    session_id: str, folded_id: str = "nimchi07", ended: str = "", successor: str = ""
) -> Callable[[File], None]:
    """Return the change that adds a session."""

    def change(file: File) -> None:
        told = {"session_id": session_id, "folded_id": folded_id, "begun_at": MOMENT, "seen_at": MOMENT}
        told |= {"ended": ended, "successor": successor, "changed_with": ""}
        file["tables"]["sessions"].append([told.get(name) for name in file["columns"]["sessions"]])

    return change


NO_HISTORIES = {
    "a gap": (1, 3),
    "a gap among twelve": (*range(5, 11), *range(12, 18)),
    "without the first": (2, 3),
    "eleven without the first": range(2, 13),
    "thirteen": range(1, 14),
    "from 0 on": range(3),
    "twelve from 0 on": range(12),
    "0 alone": (0,),
}


@pytest.mark.parametrize("numbers", NO_HISTORIES.values(), ids=NO_HISTORIES.keys())
def test_a_history_that_no_changes_leave_behind_is_refused(portal: Portal, numbers: Iterable[int]) -> None:
    assert fault(portal, history(numbers)) == ("refers", "past_passwords")


@pytest.mark.parametrize("numbers", [(), (1,), (2, 1), range(1, 13), range(2, 14), range(40, 52)])
def test_a_history_of_the_last_changes_is_taken_in_any_order(portal: Portal, numbers: Iterable[int]) -> None:
    Shelf(portal).restore(altered(Shelf(portal).snapshot(), history(numbers)))

    assert [past.number for past in portal.tables.past_passwords.where()] == sorted(numbers)


def test_two_living_sessions_of_a_user_are_refused(portal: Portal) -> None:
    user = portal.tables.sessions.where()[0].folded_id

    assert fault(portal, session("another-1", user)) == ("refers", "sessions")


def test_an_ended_session_beside_the_living_one_is_taken(portal: Portal) -> None:
    user = portal.tables.sessions.where()[0].folded_id

    Shelf(portal).restore(altered(Shelf(portal).snapshot(), session("another-1", user, "elsewhere")))

    assert {each.ended for each in portal.tables.sessions.where()} == {"", "elsewhere"}


@pytest.mark.parametrize("ended", ["", "elsewhere"])
def test_a_successor_of_a_session_that_no_change_has_ended_is_refused(portal: Portal, ended: str) -> None:
    successor = cell("sessions", "successor", "the-next-one")

    assert fault(portal, successor, cell("sessions", "ended", ended)) == ("row", "sessions[0]")


def test_a_session_that_a_change_has_ended_is_taken_with_its_successor(portal: Portal) -> None:
    user = portal.tables.sessions.where()[0].folded_id
    text = altered(Shelf(portal).snapshot(), cell("sessions", "ended", "changed"))
    text = altered(text, cell("sessions", "successor", "the-next-one"))

    Shelf(portal).restore(altered(text, session("the-next-one", user)))

    assert {each.successor for each in portal.tables.sessions.where()} == {"", "the-next-one"}
