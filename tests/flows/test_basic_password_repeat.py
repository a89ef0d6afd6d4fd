"""What another press, another login or another change leaves of a change of the basic password."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from props import account, journalled, last, meanwhile, signed_in, solved, tables_of, told

if TYPE_CHECKING:
    from ipportal.portal import Portal

STEP = "basic_password/form"
DUE = "registered-first-login-due"  # 99000606, whose issued basic password is 26457513
CHANGE = {"basic_password": "26457513", "new_basic_password": "24682468", "new_basic_password_again": "24682468"}
OTHER_NEW = {"new_basic_password": "13571357", "new_basic_password_again": "13571357"}
GUESSES = [{"basic_password": "11111111"}, OTHER_NEW | {"basic_password": "11111111"}]
STALE, LOCKED = {"form": "stale"}, {"form": "locked"}


def changed(portal: Portal, page: str = "old") -> tuple[str, dict[str, str]]:
    """Change the password; return the session of one's *page*, the old one or the new, and the form that was sent."""
    old = signed_in(portal, DUE)
    typed = CHANGE | solved(portal, old)
    new, problems = portal.basic_password.change(old, typed)
    assert problems == {}
    return {"old": old, "new": new}[page], typed


@pytest.mark.parametrize("session_id", ["", "guessed"])
def test_a_change_without_a_session_is_stale(portal: Portal, session_id: str) -> None:
    answer, problems = portal.basic_password.change(session_id, CHANGE | solved(portal, session_id))

    assert (answer, told(problems)) == (session_id, STALE)
    assert last(portal) == (STEP, "refused", "form=stale", "")


def test_a_change_in_a_session_that_ended_elsewhere_is_stale(portal: Portal) -> None:
    earlier = signed_in(portal, DUE)
    signed_in(portal, DUE)

    _, problems = portal.basic_password.change(earlier, CHANGE | solved(portal, earlier))

    assert told(problems) == STALE
    assert account(portal, "99000606").issued
    assert last(portal) == (STEP, "refused", "form=stale", "99000606")


def test_a_password_changed_while_it_was_judged_is_stale(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    session_id = signed_in(portal, DUE)
    typed = CHANGE | solved(portal, session_id)
    meanwhile(monkeypatch, lambda: portal.tables.accounts.update("99000606", basic_password_hash="another"))

    _, problems = portal.basic_password.change(session_id, typed)

    assert told(problems) == STALE
    assert account(portal, "99000606").basic_password_hash == "another"
    assert last(portal) == (STEP, "refused", "form=stale", "99000606")


def test_an_account_that_vanishes_while_a_repeat_is_judged_is_stale(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id, typed = changed(portal)
    meanwhile(monkeypatch, lambda: portal.tables.accounts.delete(basic_user_id="99000606"))

    assert told(portal.basic_password.change(session_id, typed)[1]) == STALE


@pytest.mark.parametrize("captcha_id", [None, ""])
def test_a_first_change_without_its_captchas_name_is_expired_and_no_repeat(
    portal: Portal, captcha_id: str | None
) -> None:
    session_id = signed_in(portal, DUE)
    typed = CHANGE | {"captcha": "PASS12"} | ({} if captcha_id is None else {"captcha_id": captcha_id})

    answer, problems = portal.basic_password.change(session_id, typed)

    assert (answer, told(problems)) == (session_id, {"captcha": "captcha_expired"})
    assert account(portal, "99000606").issued
    assert last(portal) == (STEP, "refused", "captcha=captcha_expired", "99000606")


@pytest.mark.parametrize("page", ["old", "new"])
def test_a_second_press_is_shown_as_done_and_changes_nothing(portal: Portal, page: str) -> None:
    session_id, typed = changed(portal, page)
    before = {name: table.where() for name, table in tables_of(portal).items()}

    answer, problems = portal.basic_password.change(session_id, typed)

    assert problems == {}
    assert portal.sessions.find(answer)[1] == ""
    assert before == {name: table.where() for name, table in tables_of(portal).items()}
    assert [reason for step, _, reason, _ in journalled(portal) if step == STEP] == ["issued"]


@pytest.mark.parametrize("captcha_id", ["another", ""])
def test_another_form_on_the_page_that_is_over_is_stale_and_no_try(portal: Portal, captcha_id: str) -> None:
    session_id, typed = changed(portal)
    before = account(portal, "99000606")

    answer, problems = portal.basic_password.change(session_id, typed | GUESSES[0] | {"captcha_id": captcha_id})

    assert (answer, told(problems)) == (session_id, STALE)
    assert account(portal, "99000606") == before
    assert last(portal) == (STEP, "refused", "form=stale", "99000606")


@pytest.mark.parametrize("page", ["old", "new"])
@pytest.mark.parametrize("guess", GUESSES)
def test_a_repeat_with_another_current_password_is_stale_and_counted(
    portal: Portal, page: str, guess: dict[str, str]
) -> None:
    session_id, typed = changed(portal, page)
    before, sessions = account(portal, "99000606"), portal.tables.sessions.where()

    answer, problems = portal.basic_password.change(session_id, typed | guess)

    assert (answer, told(problems)) == (session_id, STALE)
    assert account(portal, "99000606") == replace(before, failed_tries=1)
    assert portal.tables.sessions.where() == sessions
    assert last(portal) == (STEP, "refused", "changed", "99000606")


def test_a_repeat_with_a_password_before_the_one_that_was_replaced_is_stale_and_counted(portal: Portal) -> None:
    session_id = signed_in(portal, "history-12")
    typed = CHANGE | {"basic_password": "40000012"} | solved(portal, session_id)
    portal.basic_password.change(session_id, typed)

    _, problems = portal.basic_password.change(session_id, typed | {"basic_password": "42220001"})

    assert told(problems) == STALE
    assert account(portal, "99001212").failed_tries == 1


@pytest.mark.parametrize("page", ["old", "new"])
@pytest.mark.parametrize("guess", GUESSES)
def test_guessing_by_repeating_a_used_form_locks_the_account_after_three_tries(
    portal: Portal, page: str, guess: dict[str, str]
) -> None:
    session_id, typed = changed(portal, page)

    refused = [told(portal.basic_password.change(session_id, typed | guess)[1]) for _ in range(3)]

    assert refused == [STALE, STALE, LOCKED]
    assert account(portal, "99000606").locked
    assert last(portal) == (STEP, "refused", "locked", "99000606")
    assert portal.tables.sessions.where() == []
    assert told(portal.basic_password.change(session_id, typed)[1]) == STALE


def test_wrong_repeats_and_wrong_changes_add_up_to_the_lock(portal: Portal) -> None:
    session_id, typed = changed(portal, "new")
    for _ in range(2):
        portal.basic_password.change(session_id, typed | GUESSES[0])

    _, problems = portal.basic_password.change(session_id, CHANGE | GUESSES[0] | solved(portal, session_id))

    assert told(problems) == {"form": "locked"}
    assert account(portal, "99000606").locked


def test_a_right_repeat_begins_the_count_anew(portal: Portal) -> None:
    session_id, typed = changed(portal)
    for _ in range(2):
        portal.basic_password.change(session_id, typed | GUESSES[0])

    assert portal.basic_password.change(session_id, typed)[1] == {}
    assert account(portal, "99000606").failed_tries == 0


@pytest.mark.parametrize("typed", [{}, GUESSES[0]])
def test_a_repeat_for_an_account_locked_on_another_channel_is_told_so_even_when_right(
    portal: Portal, typed: dict[str, str]
) -> None:
    session_id, form = changed(portal)
    portal.tables.accounts.update("99000606", locked=True)
    before = account(portal, "99000606")

    answer, problems = portal.basic_password.change(session_id, form | typed)

    assert (answer, told(problems)) == (session_id, LOCKED)
    assert account(portal, "99000606") == before
    assert last(portal) == (STEP, "refused", "locked", "99000606")


def test_a_second_press_is_shown_as_done_where_the_change_began_a_new_cost(portal: Portal) -> None:
    dearer = replace(portal, settings=replace(portal.settings, bcrypt_cost=5))
    session_id, typed = changed(dearer)

    assert dearer.basic_password.change(session_id, typed)[1] == {}
