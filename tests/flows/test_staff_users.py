"""Staff register Internet user IDs and take them away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from houses import rows
from props import NOON, signed_in, user

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ipportal.portal import Portal


def test_a_user_made_by_staff_holds_the_accounts_in_their_order_and_may_enter(portal: Portal) -> None:
    refusal = portal.staff.add_user("MadeByU1", "Practice20251", ["99000101", "99000202"])

    session_id, problems = portal.login.enter({"internet_user_id": "MADEBYU1", "internet_password": "Practice20251"})
    assert (refusal, problems) == ("", {})
    assert session_id
    assert user(portal, "madebyu1").registered_at == NOON
    assert [each.basic_user_id for each in portal.accounts.linked("madebyu1")] == ["99000101", "99000202"]


@pytest.mark.parametrize(
    ("name", "held", "refusal"),
    [
        ("NimChi07", ["99000101"], "taken"),
        ("NIMCHI07", ["99000101"], "taken"),
        ("MadeByU1", ["99999999"], "unknown"),
        ("MadeByU1", ["99000101", "99999999"], "unknown"),
        ("MadeByU1", ["99000707"], "linked"),
        ("MadeByU1", ["99000101", "99000707"], "linked"),
    ],
)
def test_a_user_that_cannot_be_is_refused_and_nothing_changed(
    portal: Portal, name: str, held: Sequence[str], refusal: str
) -> None:
    before = rows(portal)

    assert portal.staff.add_user(name, "Practice20251", held) == refusal
    assert rows(portal) == before


def test_staff_may_give_away_an_id_that_is_held_after_a_cancellation(portal: Portal) -> None:
    assert portal.tables.cancelled_ids.get("gone0016")

    refusal = portal.staff.add_user("Gone0016", "Practice20251", ["99000101"])

    assert refusal == ""
    assert portal.tables.cancelled_ids.get("gone0016") is None


def test_a_cancelled_id_that_staff_release_is_kept_back_no_more(portal: Portal) -> None:
    assert portal.staff.kept_until("gone0016")

    released = [portal.staff.release("gone0016") for _ in range(2)]

    assert released == [True, False]
    assert portal.tables.cancelled_ids.get("gone0016") is None
    assert portal.staff.kept_until("gone0016") is None


@pytest.mark.parametrize(("free_at", "kept"), [(NOON, False), (NOON + timedelta(seconds=1), True)])
def test_an_id_is_kept_back_up_to_its_moment(portal: Portal, free_at: datetime, *, kept: bool) -> None:
    portal.tables.cancelled_ids.update("gone0016", free_at=free_at)

    assert (portal.staff.kept_until("gone0016"), portal.staff.release("gone0016")) == (free_at if kept else None, kept)


def test_a_user_who_is_taken_away_leaves_no_session_link_or_mark_and_both_are_free(portal: Portal) -> None:
    visit = signed_in(portal, "registered")
    session, _ = portal.sessions.find(visit)
    assert session
    portal.account.open_notice(session, portal.tables.notices.where()[0].reference)

    portal.staff.remove_user("nimchi07")

    assert portal.sessions.find(visit)[0] is None
    assert portal.tables.links.get("99000707") is None
    assert portal.tables.notices_read.where() == []
    assert portal.staff.add_user("NimChi07", "Practice20251", ["99000707"]) == ""


def test_taking_away_whom_nobody_knows_changes_nothing(portal: Portal) -> None:
    before = rows(portal)

    portal.staff.remove_user("nobody01")
    portal.staff.lock_user("nobody01")
    portal.staff.unlock_user("nobody01")

    assert rows(portal) == before


def test_a_locked_user_is_signed_out_and_an_unlocked_one_may_enter(portal: Portal) -> None:
    visit = signed_in(portal, "registered")

    portal.staff.lock_user("nimchi07")
    locked, ended = user(portal, "nimchi07").locked, portal.sessions.find(visit)[0]
    portal.staff.unlock_user("nimchi07")

    assert (locked, ended, user(portal, "nimchi07").failed_tries) == (True, None, 0)
    assert signed_in(portal, "registered")


def test_an_id_of_digits_may_be_a_users_and_an_accounts_and_both_are_unlocked(portal: Portal) -> None:
    portal.staff.add_user("99001515", "Practice20251", ["99000101"])
    portal.staff.lock_user("99001515")
    portal.staff.lock_account("99001515")

    found = portal.staff.unlock("99001515")

    account = portal.tables.accounts.get("99001515")
    assert account
    assert (found, user(portal, "99001515").locked, account.locked) == ((True, []), False, False)


def test_what_of_the_same_holder_is_still_locked_is_told_by_the_name_to_unlock(portal: Portal) -> None:
    portal.staff.lock_user("nimchi07")
    portal.staff.lock_account("99000707")

    first, second = portal.staff.unlock("99000707"), portal.staff.unlock("NIMCHI07")
    portal.staff.lock_account("99000707")

    assert (first, second) == ((True, ["NimChi07"]), (True, []))
    assert portal.staff.unlock("NimChi07") == (False, ["99000707"])


def test_unlocking_whom_nobody_knows_says_so_and_changes_nothing(portal: Portal) -> None:
    before = rows(portal)

    assert not portal.staff.unlock("nobody01")
    assert rows(portal) == before
