"""What a second press finds after an Internet user ID was registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from props import CHAN, WORD, account, at_confirm, last, told

if TYPE_CHECKING:
    from ipportal.portal import Portal

STEP = "register/confirm"
RIGHT = {"basic_password": "31415926"}
WRONG = {"basic_password": "31415927"}
STALE = {"form": "stale"}


def registered(portal: Portal) -> str:
    draft_id = at_confirm(portal)
    assert portal.register.confirm(draft_id, RIGHT) == {}
    return draft_id


def test_a_changed_repeat_is_stale_and_counted(portal: Portal) -> None:
    draft_id = registered(portal)

    problems = portal.register.confirm(draft_id, WRONG)

    assert told(problems) == STALE
    assert account(portal, "99000101").failed_tries == 1
    assert last(portal) == (STEP, "refused", "changed", "99000101")


def test_the_repeat_that_locks_ends_the_sessions_of_who_was_registered(portal: Portal) -> None:
    draft_id = registered(portal)
    session_id, _ = portal.login.enter(CHAN)
    for _ in range(2):
        portal.register.confirm(draft_id, WRONG)
    assert portal.sessions.find(session_id)[1] == ""

    portal.register.confirm(draft_id, WRONG)

    assert portal.tables.sessions.where() == []


def test_a_repeat_of_another_revision_is_stale_and_no_try(portal: Portal) -> None:
    draft_id = registered(portal)

    refused = [told(portal.register.confirm(draft_id, typed | {"revision": "99"})) for typed in (RIGHT, WRONG)]

    assert refused == [STALE] * 2
    assert account(portal, "99000101").failed_tries == 0


def test_a_registration_that_is_done_takes_no_other_answer(portal: Portal) -> None:
    draft_id = registered(portal)

    problems = [
        portal.register.kind(draft_id, {"account_kind": "corporate"}),
        portal.register.details(draft_id, CHAN | {"captcha_id": "", "captcha": WORD}),
    ]

    assert [told(each) for each in problems] == [STALE] * 2
