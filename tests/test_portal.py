from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from props import CHAN, NOON, SECOND, WORD, account, new_portal, shared

from ipportal.clock import HONG_KONG
from ipportal.portal import assemble
from ipportal.scenarios import fill, open_portal, seed
from ipportal.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.portal import Portal

SUNDAY = datetime(2025, 3, 30, 6, 59, 59, tzinfo=HONG_KONG)


def test_a_whole_registration_needs_no_web_server() -> None:
    portal = new_portal()
    seed(portal)
    draft_id, _ = portal.register.terms({"agree": "yes"})
    assert draft_id
    portal.register.kind(draft_id, {"account_kind": "personal"})
    portal.register.details(draft_id, CHAN | {"captcha_id": portal.captcha.shown(draft_id), "captcha": WORD})

    problems = portal.register.confirm(draft_id, {"basic_password": "31415926"})

    assert problems == {}
    assert portal.login.enter(CHAN)[0]


def test_everything_a_visitor_can_do_is_judged_at_one_moment(portal: Portal) -> None:
    later = portal.at(NOON + SECOND)

    desks = (later.register, later.login, later.basic_password, later.account, later.cancel, later.captcha)

    assert {desk.clock.now() for desk in (*desks, later.sessions, later.journal)} == {NOON + SECOND}
    assert portal.clock.now() == NOON
    assert later.tables is portal.tables


def test_the_stored_clock_moves_every_portal_on_the_store(portal: Portal) -> None:
    one, other = shared(portal), shared(portal)
    one.stored_clock.set(NOON)

    one.stored_clock.advance(timedelta(hours=1))

    assert other.clock.now() == NOON + timedelta(hours=1)


def test_a_sundays_window_is_closed_to_its_last_second(portal: Portal) -> None:
    closure = portal.closed(SUNDAY)

    assert closure
    assert (closure.row, closure.end) == ("sunday", SUNDAY + SECOND)
    assert portal.closed(SUNDAY + SECOND) is None


def test_the_calendar_follows_the_settings(portal: Portal) -> None:
    settings = replace(portal.settings, holidays=("+2025-03-31",), sunday_holiday="weekdays")

    calendar = replace(portal, settings=settings).calendar

    assert calendar.holiday(date(2025, 3, 31))
    assert not portal.calendar.holiday(date(2025, 3, 31))
    assert calendar.sunday_holiday == "weekdays"


def test_assembling_a_portal_writes_nothing(tmp_path: Path) -> None:
    store = tmp_path / "instance" / "portal.sqlite"

    portal = assemble(Settings(store=str(store)))

    assert not store.parent.exists()
    assert portal.settings.store == str(store)


def test_a_registration_survives_a_restart(tmp_path: Path) -> None:
    store = str(tmp_path / "portal.sqlite")
    before = new_portal(store)
    draft_id, _ = before.register.terms({"agree": "yes"})
    before.close()

    after = new_portal(store)

    assert after.register.draft(draft_id)
    after.close()


def test_a_portal_cannot_be_altered_under_its_visitors(portal: Portal) -> None:
    with pytest.raises(FrozenInstanceError):
        portal.settings = Settings()  # type: ignore[misc]  # what the test tries


def test_opening_a_portal_makes_and_fills_the_store_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPPORTAL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("IPPORTAL_BCRYPT_COST", "4")

    portal = open_portal()

    assert portal.settings.store == str(tmp_path / "portal.sqlite")
    assert portal.tables.accounts.get("99000101")
    portal.close()


def test_opening_a_portal_again_finds_it_as_it_was_left(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "portal.sqlite"), bcrypt_cost=4)
    before = open_portal(settings)
    before.tables.accounts.update("99000101", locked=True)
    before.close()

    after = open_portal(settings)

    assert account(after, "99000101").locked
    assert fill(after) is None
    after.close()
