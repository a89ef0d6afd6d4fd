"""What a second press finds after an Internet user ID was registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import CHAN, WORD, account, at_confirm, draft, journalled, last, told, user

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


@pytest.mark.parametrize("revision", ["", "2"])
def test_a_second_press_of_confirm_is_shown_as_done_and_changes_nothing(portal: Portal, revision: str) -> None:
    draft_id = at_confirm(portal)
    typed = RIGHT | {"revision": revision}
    portal.register.confirm(draft_id, typed)
    before = (portal.tables.users.where(), portal.tables.links.where(), draft(portal, draft_id), journalled(portal))

    problems = portal.register.confirm(draft_id, typed)

    assert problems == {}
    assert before[:3] == (portal.tables.users.where(), portal.tables.links.where(), draft(portal, draft_id))
    assert journalled(portal) == before[3]


def test_a_changed_repeat_is_stale_and_counted(portal: Portal) -> None:
    draft_id = registered(portal)

    problems = portal.register.confirm(draft_id, WRONG)

    assert told(problems) == STALE
    assert account(portal, "99000101").failed_tries == 1
    assert last(portal) == (STEP, "refused", "changed", "99000101")


def test_the_third_changed_repeat_locks_the_account_and_then_the_right_one_is_stale_too(portal: Portal) -> None:
    draft_id = registered(portal)

    refused = [told(portal.register.confirm(draft_id, typed)) for typed in (WRONG, WRONG, WRONG, RIGHT)]

    assert refused == [STALE] * 4
    assert account(portal, "99000101").locked
    assert user(portal, "LokShan1").internet_user_id == "LokShan1"
    assert last(portal) == (STEP, "refused", "changed", "99000101")


def test_the_repeat_that_locks_ends_the_sessions_of_who_was_registered(portal: Portal) -> None:
    draft_id = registered(portal)
    session_id, _ = portal.login.enter(CHAN)
    for _ in range(2):
        portal.register.confirm(draft_id, WRONG)
    assert portal.sessions.find(session_id)[1] == ""

    portal.register.confirm(draft_id, WRONG)

    assert portal.tables.sessions.where() == []


def test_a_right_repeat_begins_the_count_anew(portal: Portal) -> None:
    draft_id = registered(portal)
    portal.register.confirm(draft_id, WRONG)

    assert portal.register.confirm(draft_id, RIGHT) == {}
    assert account(portal, "99000101").failed_tries == 0


def test_a_repeat_of_another_revision_is_stale_and_no_try(portal: Portal) -> None:
    draft_id = registered(portal)

    refused = [told(portal.register.confirm(draft_id, typed | {"revision": "99"})) for typed in (RIGHT, WRONG)]

    assert refused == [STALE] * 2
    assert account(portal, "99000101").failed_tries == 0


def test_a_repeat_for_an_account_locked_on_another_channel_is_stale_even_when_right(portal: Portal) -> None:
    draft_id = registered(portal)
    portal.tables.accounts.update("99000101", locked=True)

    assert told(portal.register.confirm(draft_id, RIGHT)) == STALE
    assert last(portal) == (STEP, "refused", "changed", "99000101")


def test_a_registration_that_is_done_takes_no_other_answer(portal: Portal) -> None:
    draft_id = registered(portal)

    problems = [
        portal.register.kind(draft_id, {"account_kind": "corporate"}),
        portal.register.details(draft_id, CHAN | {"captcha_id": "", "captcha": WORD}),
    ]

    assert [told(each) for each in problems] == [STALE] * 2
