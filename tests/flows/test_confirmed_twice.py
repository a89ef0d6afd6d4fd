"""What is confirmed already and confirmed again: the same is shown as done, a change is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from props import account, at_confirm, last, solved, tables_of, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.flows import Problems
    from ipportal.portal import Portal

STALE, LOCKED = {"form": "stale"}, {"form": "locked"}


class Way(NamedTuple):
    """A draft that is confirmed: by which step, of which account, and with which basic password."""

    portal: Portal
    step: str
    draft_id: str
    reference: str
    password: str

    def confirm(self, password: str = "") -> Problems:
        deed = self.portal.register if self.step == "register/confirm" else self.portal.cancel
        return deed.confirm(self.draft_id, {"basic_password": password or self.password})

    def state(self) -> dict[str, list[object]]:
        return {name: table.where() for name, table in tables_of(self.portal).items() if name != "journal"}


def registered(portal: Portal) -> Way:
    return Way(portal, "register/confirm", at_confirm(portal), "99000101", "31415926")


def cancelled(portal: Portal) -> Way:
    who = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"}
    draft_id, _ = portal.cancel.form("visit", who | solved(portal, "visit"))
    return Way(portal, "cancel/confirm", draft_id or "", "99000801", "33166247")


@pytest.fixture(params=[registered, cancelled])
def done(request: pytest.FixtureRequest, portal: Portal) -> Way:
    begin: Callable[[Portal], Way] = request.param
    way = begin(portal)
    assert way.confirm() == {}
    return way


def test_a_wrong_password_is_stale_and_counted(done: Way) -> None:
    assert told(done.confirm("31415927")) == STALE
    assert account(done.portal, done.reference).failed_tries == 1
    assert last(done.portal) == (done.step, "refused", "changed", done.reference)


def test_the_third_wrong_password_locks_the_account_says_so_and_ends_the_draft(done: Way) -> None:
    refused = [told(done.confirm("31415927")) for _ in range(3)]

    assert refused == [STALE, STALE, LOCKED]
    assert account(done.portal, done.reference).locked
    assert last(done.portal) == (done.step, "refused", "locked", done.reference)
    assert told(done.confirm()) == STALE


def test_the_right_password_begins_the_count_anew(done: Way) -> None:
    done.confirm("31415927")

    assert done.confirm() == {}
    assert account(done.portal, done.reference).failed_tries == 0


def test_the_right_password_is_shown_as_done_after_it_was_changed(done: Way) -> None:
    new = done.portal.staff.hasher.hash("86420135")
    done.portal.tables.accounts.update(done.reference, basic_password_hash=new, failed_tries=1)
    before = done.state()

    assert [done.confirm() for _ in range(4)] == [{}] * 4
    assert done.state() == before


@pytest.mark.parametrize("password", ["31415927", "86420135"])
def test_another_password_is_stale_and_no_try_after_it_was_changed(done: Way, password: str) -> None:
    new = done.portal.staff.hasher.hash("86420135")
    done.portal.tables.accounts.update(done.reference, basic_password_hash=new)
    before = done.state()

    assert [told(done.confirm(password)) for _ in range(4)] == [STALE] * 4
    assert done.state() == before
    assert last(done.portal) == (done.step, "refused", "changed", done.reference)


def test_the_right_password_is_shown_as_done_while_the_account_is_locked_and_unlocks_nothing(done: Way) -> None:
    done.portal.tables.accounts.update(done.reference, locked=True, failed_tries=3)
    before = done.state()

    assert done.confirm() == {}
    assert done.state() == before


def test_a_wrong_password_for_a_locked_account_can_be_tried_once(done: Way) -> None:
    done.portal.tables.accounts.update(done.reference, locked=True)

    assert [told(done.confirm(password)) for password in ("31415927", "")] == [LOCKED, STALE]


def test_the_right_password_is_shown_as_done_when_the_account_is_gone(done: Way) -> None:
    done.portal.tables.accounts.delete(basic_user_id=done.reference)

    assert done.confirm() == {}
    assert told(done.confirm("31415927")) == STALE


def test_a_draft_of_an_earlier_version_is_judged_by_the_accounts_own_password(done: Way) -> None:
    draft = done.portal.tables.drafts.get(done.draft_id)
    assert draft
    facts = {name: value for name, value in draft.facts.items() if name != "basic_password_hash"}
    done.portal.tables.drafts.update(done.draft_id, facts=facts)

    assert (done.confirm(), told(done.confirm("31415927"))) == ({}, STALE)
    done.portal.tables.accounts.delete(basic_user_id=done.reference)
    assert told(done.confirm()) == STALE
