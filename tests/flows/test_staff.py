"""Staff open, lock and close accounts, issue passwords and fill histories; a refusal changes nothing."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from houses import rows
from props import PEOPLE, account, new_portal, signed_in, solved, told

from ipportal.flows.accounts import HISTORY
from ipportal.flows.staff import digits
from ipportal.store.schema import Account, Notice

if TYPE_CHECKING:
    from ipportal.portal import Portal

WORDS = {"zh-Hant": "某", "en": "Somebody", "zh-Hans": "某"}
NEW = Account("99123456", "new", "personal", "ZZ99", WORDS, "")
HELD = "99000707"  # registered's
TRAINING = Notice("TRN-1", "2025-03-31", "training", WORDS, WORDS)


def past(portal: Portal, basic_user_id: str = HELD) -> list[int]:
    return [each.number for each in portal.tables.past_passwords.where(basic_user_id=basic_user_id)]


def change_to(portal: Portal, new: str) -> dict[str, str]:
    """Change the held account's basic password to *new*; return the refusals."""
    visit = signed_in(portal, "registered")
    typed = {"basic_password": "11223344", "new_basic_password": new, "new_basic_password_again": new}
    return told(portal.basic_password.change(visit, typed | solved(portal, visit))[1])


def test_a_free_basic_user_id_is_invented_and_nobodys(portal: Portal) -> None:
    first = portal.staff.free_basic_user_id()
    portal.staff.add_account(replace(NEW, basic_user_id=first), "12121212")

    second = portal.staff.free_basic_user_id()

    assert (first, second) == ("99100000", "99100001")


def test_a_new_account_can_be_registered_with_its_issued_password(portal: Portal) -> None:
    added = portal.staff.add_account(NEW, "12121212")

    found = account(portal, "99123456")
    assert added == "99123456"
    assert (found.issued, found.locked, found.names) == (True, False, WORDS)
    assert portal.staff.hasher.check("12121212", found.basic_password_hash)


def test_a_basic_user_id_that_is_taken_is_refused(portal: Portal) -> None:
    before = rows(portal)

    added = portal.staff.add_account(replace(NEW, basic_user_id=HELD), "12121212")

    assert added == ""
    assert rows(portal) == before


def test_an_account_without_a_user_is_closed_with_its_history(portal: Portal) -> None:
    portal.staff.add_account(NEW, "12121212")
    portal.staff.fill_history(account(portal, "99123456"), ["34343434"])

    removed = portal.staff.remove_account("99123456")

    assert removed
    assert portal.tables.accounts.get("99123456") is None
    assert past(portal, "99123456") == []


def test_an_account_that_a_user_holds_is_not_closed(portal: Portal) -> None:
    before = rows(portal)

    assert not portal.staff.remove_account(HELD)
    assert rows(portal) == before


def test_a_locked_account_ends_its_users_sessions_and_refuses_the_login(portal: Portal) -> None:
    visit = signed_in(portal, "registered")

    portal.staff.lock_account(HELD)

    assert account(portal, HELD).locked
    assert portal.sessions.find(visit)[0] is None
    person = PEOPLE["registered"]
    typed = {"internet_user_id": person.internet_user_id or "", "internet_password": person.internet_password or ""}
    assert told(portal.login.enter(typed)[1]) == {"form": "suspended"}


def test_an_account_that_nobody_holds_is_locked_too(portal: Portal) -> None:
    portal.staff.lock_account("99000101")

    assert account(portal, "99000101").locked


def test_an_unlocked_account_has_all_its_tries_again(portal: Portal) -> None:
    portal.tables.accounts.update(HELD, locked=True, failed_tries=3)

    portal.staff.unlock_account(HELD)

    assert (account(portal, HELD).locked, account(portal, HELD).failed_tries) == (False, 0)


def test_a_reissued_password_must_be_changed_and_the_replaced_one_is_history(portal: Portal) -> None:
    before, old = account(portal, HELD), past(portal)
    portal.tables.accounts.update(HELD, failed_tries=2)

    portal.staff.reissue(before, "11223344")

    found = account(portal, HELD)
    assert (found.issued, found.failed_tries) == (True, 0)
    assert portal.staff.hasher.check("11223344", found.basic_password_hash)
    assert past(portal) == [*old, old[-1] + 1]
    assert change_to(portal, "28284271") == {"new_basic_password": "reused"}


def test_a_reissued_password_unlocks_nothing_and_keeps_what_caused_the_lock(portal: Portal) -> None:
    portal.tables.accounts.update(HELD, locked=True, failed_tries=3)

    portal.staff.reissue(account(portal, HELD), "11223344")

    assert (account(portal, HELD).locked, account(portal, HELD).failed_tries) == (True, 3)


def test_a_history_never_grows_beyond_what_the_rule_looks_at(portal: Portal) -> None:
    for each in range(HISTORY + 3):
        portal.staff.reissue(account(portal, HELD), f"5000000{each % 10}")

    assert len(past(portal)) == HISTORY
    assert past(portal)[-1] - past(portal)[0] == HISTORY - 1


def test_an_account_without_a_history_begins_one_when_it_is_reissued(portal: Portal) -> None:
    portal.staff.add_account(NEW, "12121212")

    portal.staff.reissue(account(portal, "99123456"), "34343434")

    assert past(portal, "99123456") == [1]


def test_a_filled_history_takes_the_place_of_the_old_one_the_newest_last(portal: Portal) -> None:
    portal.staff.reissue(account(portal, HELD), "11223344")

    portal.staff.fill_history(account(portal, HELD), ["40000003", "40000002", "40000001"])

    kept = portal.tables.past_passwords.where(basic_user_id=HELD)
    check = portal.staff.hasher.check
    assert [check(f"4000000{each.number}", each.basic_password_hash) for each in kept] == [True] * 3
    assert change_to(portal, "40000002") == {"new_basic_password": "reused"}
    assert change_to(portal, "28284271") == {}


def test_an_empty_history_forgets_all(portal: Portal) -> None:
    portal.staff.fill_history(account(portal, HELD), [])

    assert past(portal) == []


@pytest.mark.parametrize("count", [0, 1, 12])
def test_made_up_passwords_are_eight_digits_all_different_and_not_those_to_avoid(count: int) -> None:
    made = digits(["12121212"], count)

    assert len(set(made)) == count
    assert all(len(each) == 8 and each.isdecimal() and each != "12121212" for each in made)


def test_a_password_that_comes_up_twice_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([7, 8, 8, 7, 9])
    monkeypatch.setattr(secrets, "randbelow", lambda _: next(drawn))

    assert digits(["00000007"], 2) == ["00000008", "00000009"]


def test_the_next_free_number_is_found_in_a_portal_with_nobody() -> None:
    assert new_portal().staff.free_basic_user_id() == "99100000"
