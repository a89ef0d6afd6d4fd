from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import account, last, session, signed_in, solved, told

from ipportal.rules import Problem

if TYPE_CHECKING:
    from ipportal.portal import Portal

STEP = "basic_password/form"
DUE = "registered-first-login-due"  # 99000606, whose issued basic password is 26457513
CHANGE = {"basic_password": "26457513", "new_basic_password": "24682468", "new_basic_password_again": "24682468"}


def test_the_change_is_compulsory_until_it_is_made(portal: Portal) -> None:
    session_id = signed_in(portal, DUE)
    assert portal.basic_password.compulsory(session(portal, session_id).folded_id)

    session_id, problems = portal.basic_password.change(session_id, CHANGE | solved(portal, session_id))

    assert problems == {}
    assert not portal.basic_password.compulsory(session(portal, session_id).folded_id)
    assert last(portal) == (STEP, "done", "issued", "99000606")


@pytest.mark.parametrize("key", ["registered", "registered-linked"])
def test_the_change_is_not_compulsory_where_the_primary_password_was_changed(portal: Portal, key: str) -> None:
    assert not portal.basic_password.compulsory(session(portal, signed_in(portal, key)).folded_id)


def test_a_user_without_accounts_has_no_password_to_change(portal: Portal) -> None:
    session_id = signed_in(portal, DUE)
    portal.tables.links.delete(folded_id="longtin6")

    assert not portal.basic_password.compulsory(session(portal, session_id).folded_id)
    assert told(portal.basic_password.change(session_id, CHANGE | solved(portal, session_id))[1]) == {"form": "stale"}


def test_a_change_goes_on_in_a_new_session_and_ends_the_old_one(portal: Portal) -> None:
    old = signed_in(portal, DUE)

    new, _ = portal.basic_password.change(old, CHANGE | solved(portal, old))

    assert new != old
    assert portal.sessions.find(old) == (None, "changed")
    assert portal.sessions.find(new)[1] == ""


def test_a_change_at_will_is_journalled_as_such(portal: Portal) -> None:
    session_id = signed_in(portal, "registered")

    portal.basic_password.change(session_id, CHANGE | {"basic_password": "28284271"} | solved(portal, session_id))

    assert last(portal) == (STEP, "done", "", "99000707")


def test_a_linked_account_changes_its_own_password_and_no_other(portal: Portal) -> None:
    session_id = signed_in(portal, "registered-linked")
    before = [account(portal, each) for each in ("99000801", "99000803")]
    typed = CHANGE | {"basic_password": "33166247"} | solved(portal, session_id)

    _, problems = portal.basic_password.change(session_id, typed, position=2)

    assert problems == {}
    assert not account(portal, "99000802").issued
    assert [account(portal, each) for each in ("99000801", "99000803")] == before
    assert last(portal) == (STEP, "done", "issued", "99000802")


@pytest.mark.parametrize("position", [0, -1, 4])
def test_a_linked_account_that_is_not_there_is_stale(portal: Portal, position: int) -> None:
    session_id = signed_in(portal, "registered-linked")

    answer, problems = portal.basic_password.change(session_id, CHANGE | solved(portal, session_id), position)

    assert (answer, told(problems)) == (session_id, {"form": "stale"})
    assert last(portal) == (STEP, "refused", "form=stale", "")


def test_all_format_problems_are_told_at_once(portal: Portal) -> None:
    session_id = signed_in(portal, DUE)
    typed = {"basic_password": "2645751", "new_basic_password": "2468246x", "new_basic_password_again": "24682468"}

    answer, problems = portal.basic_password.change(session_id, typed)

    assert answer == session_id
    assert told(problems) == {
        "basic_password": "length",
        "new_basic_password": "chars",
        "new_basic_password_again": "differs",
        "captcha": "required",
    }
    reason = ",".join(f"{field}={code}" for field, code in told(problems).items())
    assert last(portal) == (STEP, "refused", reason, "")


@pytest.mark.parametrize("typed", [CHANGE, CHANGE | {"basic_password": "11111111"}])
def test_a_wrong_captcha_is_no_try_and_says_nothing_of_the_password(portal: Portal, typed: dict[str, str]) -> None:
    session_id = signed_in(portal, DUE)

    _, problems = portal.basic_password.change(session_id, typed | solved(portal, session_id) | {"captcha": "pass12"})

    assert told(problems) == {"captcha": "captcha_wrong"}
    assert account(portal, "99000606").failed_tries == 0
    assert last(portal) == (STEP, "refused", "captcha=captcha_wrong", "99000606")


def test_a_wrong_current_password_tells_how_many_tries_are_left(portal: Portal) -> None:
    session_id = signed_in(portal, DUE)
    typed = CHANGE | {"basic_password": "11111111"} | solved(portal, session_id)

    answer, problems = portal.basic_password.change(session_id, typed)

    assert answer == session_id
    assert problems == {"basic_password": Problem("wrong_basic_password", {"left": 2})}
    assert account(portal, "99000606").issued
    assert last(portal) == (STEP, "refused", "basic_password=wrong_basic_password", "99000606")


def test_the_third_wrong_current_password_locks_the_account_and_ends_the_session(portal: Portal) -> None:
    session_id = signed_in(portal, DUE)
    wrong = CHANGE | {"basic_password": "11111111"}

    refused = [told(portal.basic_password.change(session_id, wrong | solved(portal, session_id))[1]) for _ in range(3)]

    assert refused == [{"basic_password": "wrong_basic_password"}] * 2 + [{"form": "locked"}]
    assert account(portal, "99000606").locked
    assert portal.tables.sessions.where() == []
    assert last(portal) == (STEP, "refused", "form=locked", "99000606")


def test_an_account_locked_on_another_channel_takes_no_change(portal: Portal) -> None:
    session_id = signed_in(portal, DUE)
    portal.tables.accounts.update("99000606", locked=True)

    _, problems = portal.basic_password.change(session_id, CHANGE | solved(portal, session_id))

    assert told(problems) == {"form": "locked"}
    assert account(portal, "99000606").issued


def test_a_right_current_password_begins_the_count_anew(portal: Portal) -> None:
    session_id = signed_in(portal, DUE)
    for _ in range(2):
        wrong = CHANGE | {"basic_password": "11111111"} | solved(portal, session_id)
        portal.basic_password.change(session_id, wrong)

    portal.basic_password.change(session_id, CHANGE | solved(portal, session_id))

    assert account(portal, "99000606").failed_tries == 0
