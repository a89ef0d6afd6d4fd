"""A change of the Internet password that is sent again, by the session that it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.test_account import CHANGE
from props import hash_runs, session, signed_in

if TYPE_CHECKING:
    import pytest

    from ipportal.portal import Portal


def test_a_session_that_went_on_for_another_reason_repeats_nothing(portal: Portal) -> None:
    old = signed_in(portal, "registered-linked")
    portal.account.change_internet_password(session(portal, old), CHANGE)
    living = portal.tables.sessions.where(ended="")[0].session_id

    assert portal.account.internet_password_changed(old, CHANGE) == living
    assert portal.account.internet_password_changed(living, CHANGE) == ""
    assert portal.account.internet_password_changed("guessed", CHANGE) == ""
    portal.sessions.end(living)
    assert portal.account.internet_password_changed(old, CHANGE) == ""


def test_a_repeat_is_as_dear_as_the_change(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    old = signed_in(portal, "registered-linked")
    portal.account.change_internet_password(session(portal, old), CHANGE)
    runs = hash_runs(monkeypatch)

    portal.account.internet_password_changed(old, CHANGE)

    assert len(runs) == 2


def test_a_user_that_is_gone_repeats_nothing(portal: Portal) -> None:
    old = signed_in(portal, "registered-linked")
    portal.account.change_internet_password(session(portal, old), CHANGE)
    portal.tables.users.delete()

    assert portal.account.internet_password_changed(old, CHANGE) == ""
