"""A change of the Internet password that is sent again, by the session that it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.test_account import CHANGE
from props import account, hash_runs, journalled, session, signed_in, told, user

if TYPE_CHECKING:
    import pytest

    from ipportal.portal import Portal


def test_the_same_again_goes_on_in_the_session_that_went_on_while_that_lives(portal: Portal) -> None:
    old = signed_in(portal, "registered-linked")
    portal.account.change_internet_password(session(portal, old), CHANGE)
    living = portal.tables.sessions.where(ended="")[0].session_id

    over = session(portal, old)

    assert portal.account.change_internet_password(over, CHANGE) == (living, {})
    portal.sessions.end(living)
    assert told(portal.account.change_internet_password(over, CHANGE)[1]) == {"form": "stale"}


def test_a_repeat_is_as_dear_as_the_change(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    old = signed_in(portal, "registered-linked")
    portal.account.change_internet_password(session(portal, old), CHANGE)
    runs = hash_runs(monkeypatch)

    portal.account.change_internet_password(session(portal, old), CHANGE)

    assert len(runs) == 2


def test_a_user_that_is_gone_repeats_nothing(portal: Portal) -> None:
    old = signed_in(portal, "registered-linked")
    portal.account.change_internet_password(session(portal, old), CHANGE)
    portal.tables.users.delete()

    assert told(portal.account.change_internet_password(session(portal, old), CHANGE)[1]) == {"form": "stale"}


def test_a_session_that_ended_otherwise_repeats_nothing(portal: Portal) -> None:
    old = signed_in(portal, "registered-linked")
    signed_in(portal, "registered-linked")

    assert told(portal.account.change_internet_password(session(portal, old), CHANGE)[1]) == {"form": "stale"}
    assert user(portal, "HoFung08").failed_tries == 0


def test_another_new_password_is_no_wrong_try_and_uses_the_form_up(portal: Portal) -> None:
    old = signed_in(portal, "registered-linked")
    portal.account.change_internet_password(session(portal, old), CHANGE)
    over = session(portal, old)
    other = CHANGE | {"internet_password": "Changed202513", "internet_password_again": "Changed202513"}

    refused = told(portal.account.change_internet_password(over, other)[1])
    right = told(portal.account.change_internet_password(session(portal, old), CHANGE)[1])

    assert (refused, right) == ({"form": "stale"}, {"form": "stale"})
    assert user(portal, "HoFung08").failed_tries == 0
    assert [entry[2:] for entry in journalled(portal)[-2:]] == [("changed", "99000801"), ("form=stale", "99000801")]


def test_what_ended_the_session_is_no_captcha_of_the_basic_passwords_form(portal: Portal) -> None:
    old = signed_in(portal, "registered-linked")
    portal.account.change_internet_password(session(portal, old), CHANGE)
    typed = {"basic_password": "33166247", "new_basic_password": "24682468", "new_basic_password_again": "24682468"}

    answer, problems = portal.basic_password.change(
        old, typed | {"captcha": "PASS12", "captcha_id": session(portal, old).changed_with}
    )

    assert (answer, told(problems)) == (old, {"form": "stale"})
    assert account(portal, "99000801").failed_tries == 0
