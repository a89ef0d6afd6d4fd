"""What another press, another login or another change leaves of a change of the basic password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import account, journalled, last, meanwhile, signed_in, solved, told

if TYPE_CHECKING:
    from ipportal.portal import Portal

STEP = "basic_password/form"
DUE = "registered-first-login-due"  # 99000606, whose issued basic password is 26457513
CHANGE = {"basic_password": "26457513", "new_basic_password": "24682468", "new_basic_password_again": "24682468"}


@pytest.mark.parametrize("session_id", ["", "guessed"])
def test_a_change_without_a_session_is_stale(portal: Portal, session_id: str) -> None:
    answer, problems = portal.basic_password.change(session_id, CHANGE | solved(portal, session_id))

    assert (answer, told(problems)) == (session_id, {"form": "stale"})
    assert last(portal) == (STEP, "refused", "form=stale", "")


def test_a_change_in_a_session_that_ended_elsewhere_is_stale(portal: Portal) -> None:
    earlier = signed_in(portal, DUE)
    signed_in(portal, DUE)

    _, problems = portal.basic_password.change(earlier, CHANGE | solved(portal, earlier))

    assert told(problems) == {"form": "stale"}
    assert account(portal, "99000606").issued
    assert last(portal) == (STEP, "refused", "form=stale", "99000606")


def test_a_password_changed_while_it_was_judged_is_stale(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    session_id = signed_in(portal, DUE)
    typed = CHANGE | solved(portal, session_id)
    meanwhile(monkeypatch, lambda: portal.tables.accounts.update("99000606", basic_password_hash="another"))

    _, problems = portal.basic_password.change(session_id, typed)

    assert told(problems) == {"form": "stale"}
    assert account(portal, "99000606").basic_password_hash == "another"
    assert last(portal) == (STEP, "refused", "form=stale", "99000606")


def test_a_second_press_is_shown_as_done_and_changes_nothing(portal: Portal) -> None:
    old = signed_in(portal, DUE)
    typed = CHANGE | solved(portal, old)
    new, _ = portal.basic_password.change(old, typed)
    before = (portal.tables.accounts.where(), portal.tables.past_passwords.where(), portal.tables.sessions.where())

    answer = portal.basic_password.change(old, typed)

    assert answer == (new, {})
    assert before == (
        portal.tables.accounts.where(),
        portal.tables.past_passwords.where(),
        portal.tables.sessions.where(),
    )
    assert [reason for step, _, reason, _ in journalled(portal) if step == STEP] == ["issued", "repeated"]


@pytest.mark.parametrize(
    "other",
    [
        {"new_basic_password": "13571357", "new_basic_password_again": "13571357"},
        {"captcha_id": "another"},
        {"captcha_id": ""},
    ],
)
def test_a_changed_repeat_is_stale(portal: Portal, other: dict[str, str]) -> None:
    old = signed_in(portal, DUE)
    typed = CHANGE | solved(portal, old)
    portal.basic_password.change(old, typed)
    before = account(portal, "99000606")

    answer, problems = portal.basic_password.change(old, typed | other)

    assert (answer, told(problems)) == (old, {"form": "stale"})
    assert account(portal, "99000606") == before
    assert last(portal) == (STEP, "refused", "form=stale", "99000606")
