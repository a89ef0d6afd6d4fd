from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, SECOND, at_confirm, at_details, draft, last, meanwhile, shared, solved, told

from ipportal.flows.drafts import Drafts

if TYPE_CHECKING:
    from datetime import datetime

    from ipportal.portal import Portal

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("age", "lives"),
    [
        (timedelta(0), True),
        (HALF_AN_HOUR - SECOND, True),
        (HALF_AN_HOUR, False),
        (HALF_AN_HOUR + SECOND, False),
        (-SECOND, False),
    ],
)
def test_a_draft_lives_thirty_minutes_from_its_beginning(portal: Portal, age: timedelta, *, lives: bool) -> None:
    draft_id = at_details(portal)

    found = portal.at(NOON + age).register.draft(draft_id)

    assert (found is not None) == lives


def test_a_draft_waits_on_the_clock_that_the_trainer_moves(portal: Portal) -> None:
    class_room = shared(portal)
    class_room.stored_clock.set(NOON)
    draft_id = at_details(class_room)

    class_room.stored_clock.advance(HALF_AN_HOUR)

    assert class_room.register.draft(draft_id) is None


def test_an_answer_does_not_lengthen_a_drafts_life(portal: Portal) -> None:
    draft_id = at_details(portal)

    portal.at(NOON + timedelta(minutes=20)).register.kind(draft_id, {"account_kind": "corporate"})

    assert portal.at(NOON + HALF_AN_HOUR).register.draft(draft_id) is None


@pytest.mark.parametrize("moment", [NOON + HALF_AN_HOUR, NOON - SECOND])
def test_a_draft_that_is_over_confirms_nothing(portal: Portal, moment: datetime) -> None:
    draft_id = at_confirm(portal)
    portal.stored_clock.set(moment)

    problems = shared(portal).register.confirm(draft_id, {"basic_password": "31415926"})

    assert told(problems) == {"form": "stale"}
    assert portal.tables.users.get("lokshan1") is None


def test_a_draft_that_is_over_cancels_nothing(portal: Portal) -> None:
    typed = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"} | solved(portal, "visit")
    draft_id, _ = portal.cancel.form("visit", typed)

    problems = portal.at(NOON + HALF_AN_HOUR).cancel.confirm(draft_id, {"basic_password": "33166247"})

    assert told(problems) == {"form": "stale"}
    assert portal.tables.users.get("hofung08")


def test_a_registration_that_ends_while_the_password_is_judged_is_stale(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = at_confirm(portal)
    meanwhile(monkeypatch, portal.tables.drafts.delete)

    problems = portal.register.confirm(draft_id, {"basic_password": "31415926"})

    assert told(problems) == {"form": "stale"}
    assert last(portal) == ("register/confirm", "refused", "form=stale", "")
    assert portal.tables.users.get("lokshan1") is None


def test_a_cancelling_that_ends_while_the_password_is_judged_is_stale(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"} | solved(portal, "visit")
    draft_id, _ = portal.cancel.form("visit", typed)
    meanwhile(monkeypatch, portal.tables.drafts.delete)

    problems = portal.cancel.confirm(draft_id, {"basic_password": "33166247"})

    assert told(problems) == {"form": "stale"}
    assert last(portal) == ("cancel/confirm", "refused", "form=stale", "")
    assert portal.tables.users.get("hofung08")


@pytest.mark.parametrize("draft_id", [None, "", "guessed"])
def test_a_guessed_draft_is_no_draft(portal: Portal, draft_id: str | None) -> None:
    assert portal.register.draft(draft_id) is None


def test_a_registration_cannot_be_gone_on_with_as_a_cancelling(portal: Portal) -> None:
    assert portal.cancel.draft(at_confirm(portal)) is None


def test_a_new_draft_sweeps_away_those_that_are_over(portal: Portal) -> None:
    old = at_details(portal)
    young = at_details(portal.at(NOON + timedelta(minutes=10)))

    at_details(portal.at(NOON + HALF_AN_HOUR + SECOND))

    assert portal.tables.drafts.get(old) is None
    assert portal.tables.drafts.get(young)


def test_every_answer_gives_a_draft_its_next_revision(portal: Portal) -> None:
    drafts = Drafts(portal.tables, portal.clock, portal.settings)
    draft_id = drafts.begin("register", agreed=True, account_kind="personal")

    drafts.extend(draft(portal, draft_id), without={"account_kind"}, identity_prefix="ZA12")

    assert draft(portal, draft_id).facts == {"agreed": True, "identity_prefix": "ZA12"}
    assert draft(portal, draft_id).revision == 1


def test_no_two_drafts_have_the_same_name_and_none_is_short(portal: Portal) -> None:
    names = {at_details(portal) for _ in range(20)}

    assert len(names) == 20
    assert min(map(len, names)) >= 43


def test_a_draft_is_kept_under_the_name_of_its_flow(portal: Portal) -> None:
    assert draft(portal, at_confirm(portal)).flow == "register"
