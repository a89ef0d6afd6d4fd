"""Locked means on every channel: whatever locks also ends the user's sessions, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import account, at_confirm, session, signed_in, solved, told, user

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.flows import Problems
    from ipportal.portal import Portal

    Deed = Callable[[Portal, str], Problems]

RIGHT = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"}
WRONG = RIGHT | {"internet_password": "Practice20259"}
WRONG_BASIC = {"basic_password": "33166248"}


def login(portal: Portal, _: str) -> Problems:
    return portal.login.enter(WRONG)[1]


def cancel_form(portal: Portal, _: str) -> Problems:
    return portal.cancel.form("visit", WRONG | solved(portal, "visit"))[1]


def internet_password(portal: Portal, session_id: str) -> Problems:
    typed = {"current_internet_password": "Practice20259"}
    typed |= {"internet_password": "Changed202512", "internet_password_again": "Changed202512"}
    return portal.account.change_internet_password(session(portal, session_id), typed)[1]


def cancel_confirm(portal: Portal, _: str) -> Problems:
    draft_id, _refused = portal.cancel.form("another visit", RIGHT | solved(portal, "another visit"))
    return portal.cancel.confirm(draft_id, WRONG_BASIC)


def basic_password(portal: Portal, session_id: str, position: int = 1) -> Problems:
    typed = WRONG_BASIC | {"new_basic_password": "24682468", "new_basic_password_again": "24682468"}
    return portal.basic_password.change(session_id, typed | solved(portal, session_id), position)[1]


def linked_basic_password(portal: Portal, session_id: str) -> Problems:
    return basic_password(portal, session_id, 2)


@pytest.mark.parametrize(
    ("deed", "tries"),
    [
        (login, 5),
        (cancel_form, 5),
        (internet_password, 5),
        (cancel_confirm, 3),
        (basic_password, 3),
        (linked_basic_password, 3),
    ],
)
def test_the_try_that_locks_ends_the_users_sessions_and_nobody_elses(portal: Portal, deed: Deed, tries: int) -> None:
    signed_in(portal, "registered-linked")
    mine, theirs = signed_in(portal, "registered-linked"), signed_in(portal, "registered")
    earlier = [told(deed(portal, mine)) for _ in range(tries - 1)]
    assert portal.sessions.find(mine)[1] == ""

    locking = told(deed(portal, mine))

    assert {"form": "locked"} not in earlier
    assert locking == {"form": "locked"}
    assert [each.session_id for each in portal.tables.sessions.where()] == [theirs]


@pytest.mark.parametrize(
    ("deed", "tries", "refused"),
    [(login, 5, "locked"), (cancel_confirm, 3, "suspended"), (basic_password, 3, "suspended")],
)
def test_after_the_lock_the_right_password_begins_no_session(
    portal: Portal, deed: Deed, tries: int, refused: str
) -> None:
    mine = signed_in(portal, "registered-linked")
    for _ in range(tries):
        deed(portal, mine)

    session_id, problems = portal.login.enter(RIGHT)

    assert (session_id, told(problems)) == (None, {"form": refused})
    assert portal.tables.sessions.where() == []


def test_the_basic_lock_and_the_internet_lock_are_two(portal: Portal) -> None:
    for _ in range(3):
        cancel_confirm(portal, "")

    assert account(portal, "99000801").locked
    assert not account(portal, "99000802").locked
    assert not user(portal, "HoFung08").locked


def test_an_account_that_nobody_registered_is_locked_without_ending_a_session(portal: Portal) -> None:
    theirs = signed_in(portal, "registered")
    draft_id = at_confirm(portal)

    refused = [told(portal.register.confirm(draft_id, {"basic_password": "31415927"})) for _ in range(3)]

    assert refused[2] == {"form": "locked"}
    assert account(portal, "99000101").locked
    assert portal.sessions.find(theirs)[1] == ""
