"""What a second press, or a second draft, finds after an Internet user ID was cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, SECOND, account, at_confirm, last, solved, tables_of, told

if TYPE_CHECKING:
    from ipportal.portal import Portal

STEP = "cancel/confirm"
HO_FUNG = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"}
RIGHT = {"basic_password": "33166247"}
WRONG = {"basic_password": "33166248"}
STALE = {"form": "stale"}


def asked(portal: Portal) -> str:
    draft_id, _ = portal.cancel.form("visit", HO_FUNG | solved(portal, "visit"))
    assert draft_id
    return draft_id


def cancelled(portal: Portal) -> str:
    draft_id = asked(portal)
    assert portal.cancel.confirm(draft_id, RIGHT) == {}
    return draft_id


def test_a_second_press_is_shown_as_done_and_changes_nothing(portal: Portal) -> None:
    draft_id = cancelled(portal)
    before = {name: table.where() for name, table in tables_of(portal).items()}

    problems = portal.at(NOON + SECOND).cancel.confirm(draft_id, RIGHT)

    assert problems == {}
    assert before == {name: table.where() for name, table in tables_of(portal).items()}


@pytest.mark.parametrize("typed", [RIGHT, WRONG])
def test_a_second_draft_for_a_cancelled_id_is_stale_and_no_try(portal: Portal, typed: dict[str, str]) -> None:
    first, second = asked(portal), asked(portal)
    portal.cancel.confirm(first, RIGHT)

    problems = portal.cancel.confirm(second, typed)

    assert told(problems) == STALE
    assert account(portal, "99000801").failed_tries == 0
    assert last(portal) == (STEP, "refused", "form=stale", "99000801")


def test_a_draft_that_outlived_its_id_cannot_cancel_the_next_holders(portal: Portal) -> None:
    lasting = replace(portal, settings=replace(portal.settings, draft_minutes=10_000, cancelled_id_days=1))
    first, second = asked(lasting), asked(lasting)
    lasting.cancel.confirm(first, RIGHT)
    tomorrow = lasting.at(NOON + timedelta(days=1))
    assert (
        tomorrow.register.confirm(at_confirm(tomorrow, internet_user_id="HOFUNG08"), {"basic_password": "31415926"})
        == {}
    )

    problems = tomorrow.cancel.confirm(second, RIGHT)

    assert told(problems) == STALE
    assert portal.tables.links.get("99000101")


def test_a_second_press_of_the_form_leads_to_the_same_draft(portal: Portal) -> None:
    typed = HO_FUNG | solved(portal, "visit")
    first, _ = portal.cancel.form("visit", typed)

    assert portal.cancel.form("visit", typed) == (first, {})
    assert [each.draft_id for each in portal.tables.drafts.where()] == [first]


def test_a_form_that_was_used_is_no_way_to_guess(portal: Portal) -> None:
    typed = HO_FUNG | solved(portal, "visit")
    portal.cancel.form("visit", typed)

    told_ = [told(portal.cancel.form("visit", typed | {"internet_password": "Guess20250001"})[1]) for _ in range(5)]

    assert told_ == [{"form": "wrong_credentials"}] * 4 + [{"form": "locked"}]


def test_a_form_that_was_used_is_expired_with_another_captcha(portal: Portal) -> None:
    typed = HO_FUNG | solved(portal, "visit")
    portal.cancel.form("visit", typed)

    for password in (HO_FUNG["internet_password"], "Guess20250001"):
        told_ = told(portal.cancel.form("visit", typed | {"captcha": "ZZZZZZ", "internet_password": password})[1])
        assert told_ == {"captcha": "captcha_expired"}


def test_a_form_that_was_used_is_expired_for_another_id(portal: Portal) -> None:
    typed = HO_FUNG | solved(portal, "visit")
    portal.cancel.form("visit", typed)
    other = {"internet_user_id": "NimChi07", "internet_password": "Practice20257"}

    assert told(portal.cancel.form("visit", typed | other)[1]) == {"captcha": "captcha_expired"}
