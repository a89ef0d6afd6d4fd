"""Staff and testers who work on one account at the same time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.test_staff import HELD, NEW, WORDS, past
from props import account

if TYPE_CHECKING:
    from ipportal.portal import Portal


def test_two_that_are_reissued_at_once_are_both_history(portal: Portal) -> None:
    seen, old = account(portal, HELD), past(portal)

    portal.staff.reissue(seen, "11223344")
    portal.staff.reissue(seen, "55667788")

    kept = portal.tables.past_passwords.where(basic_user_id=HELD)
    assert len(kept) == len(old) + 2
    assert portal.staff.hasher.check("11223344", kept[-1].basic_password_hash)


def test_an_account_that_was_closed_meanwhile_gets_no_history(portal: Portal) -> None:
    portal.staff.add_account(NEW, "12121212")
    seen = account(portal, NEW.basic_user_id)
    portal.staff.remove_account(NEW.basic_user_id)

    portal.staff.reissue(seen, "34343434")
    portal.staff.fill_history(seen, ["40000001"])

    assert past(portal, NEW.basic_user_id) == []
    assert portal.tables.accounts.get(NEW.basic_user_id) is None


def test_an_account_without_a_basic_user_id_is_given_a_free_one(portal: Portal) -> None:
    given = [portal.staff.add_account(replace(NEW, basic_user_id=""), "12121212") for _ in range(2)]

    assert given == ["99100000", "99100001"]
    assert account(portal, "99100001").names == WORDS
