"""One commit or none: a fault at the last write leaves nothing half done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import at_confirm, session, signed_in, solved, tables_of

from ipportal.flows import Journal, Sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.portal import Portal


class PowerCut(Exception):
    """What ends a process between two writes."""


def cut(*_: object, **__: object) -> None:
    raise PowerCut


def assert_nothing_happens(portal: Portal, deed: Callable[[], object]) -> None:
    before = {name: table.where() for name, table in tables_of(portal).items()}
    with pytest.raises(PowerCut):
        deed()
    assert before == {name: table.where() for name, table in tables_of(portal).items()}


def test_a_registration_is_there_whole_or_not_at_all(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    draft_id = at_confirm(portal)
    monkeypatch.setattr(Journal, "note", cut)

    assert_nothing_happens(portal, lambda: portal.register.confirm(draft_id, {"basic_password": "31415926"}))


def test_a_change_of_the_basic_password_is_there_whole_or_not_at_all(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = signed_in(portal, "registered")
    typed = {"basic_password": "28284271", "new_basic_password": "24682468", "new_basic_password_again": "24682468"}
    typed |= solved(portal, session_id)
    monkeypatch.setattr(Sessions, "renew", cut)

    assert_nothing_happens(portal, lambda: portal.basic_password.change(session_id, typed))


def test_a_change_of_the_internet_password_is_there_whole_or_not_at_all(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = session(portal, signed_in(portal, "registered"))
    typed = {"current_internet_password": "Practice20257"}
    typed |= {"internet_password": "Changed202512", "internet_password_again": "Changed202512"}
    monkeypatch.setattr(Sessions, "renew", cut)

    assert_nothing_happens(portal, lambda: portal.account.change_internet_password(visit, typed))


def test_a_cancelling_is_there_whole_or_not_at_all(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"} | solved(portal, "visit")
    draft_id, _ = portal.cancel.form("visit", typed)
    monkeypatch.setattr(Journal, "note", cut)

    assert_nothing_happens(portal, lambda: portal.cancel.confirm(draft_id, {"basic_password": "33166247"}))


def test_a_login_is_there_whole_or_not_at_all(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"}
    monkeypatch.setattr(Journal, "note", cut)

    assert_nothing_happens(portal, lambda: portal.login.enter(typed))
