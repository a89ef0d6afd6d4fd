from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import (
    CHAN,
    NOON,
    WORD,
    agreed,
    at_confirm,
    at_details,
    challenge,
    draft,
    last,
    meanwhile,
    solved,
    told,
)

if TYPE_CHECKING:
    from ipportal.portal import Portal

STEP = "register/details"


def test_details_are_kept_with_a_hash_in_place_of_the_password(portal: Portal) -> None:
    draft_id = at_details(portal)
    typed = CHAN | {"identity_prefix": "za12"} | solved(portal, draft_id)

    problems = portal.register.details(draft_id, typed)

    assert problems == {}
    facts = draft(portal, draft_id).facts
    assert facts.pop("internet_password_hash").startswith("$2b$04$")
    assert facts == {
        "agreed": True,
        "account_kind": "personal",
        "basic_user_id": "99000101",
        "linked_basic_user_id_2": "",
        "linked_basic_user_id_3": "",
        "linked_basic_user_id_4": "",
        "identity_prefix": "ZA12",
        "internet_user_id": "LokShan1",
        "captcha_id": typed["captcha_id"],
    }
    assert last(portal) == (STEP, "done", "", "99000101")


def test_all_format_problems_are_told_at_once_and_before_anything_from_the_store(portal: Portal) -> None:
    draft_id = at_details(portal)
    typed = {
        "basic_user_id": "9900060",
        "linked_basic_user_id_2": "9900070A",
        "linked_basic_user_id_3": "99000801",
        "linked_basic_user_id_4": "99000801",
        "identity_prefix": "ZA123456",
        "internet_user_id": "NimChi7",
        "internet_password": "onlyletterspw",
        "internet_password_again": "otherletters1",
    }

    problems = portal.register.details(draft_id, typed | solved(portal, draft_id) | {"captcha": "PASS1"})

    assert told(problems) == {
        "basic_user_id": "length",
        "linked_basic_user_id_2": "chars",
        "linked_basic_user_id_4": "duplicate",
        "identity_prefix": "length",
        "internet_user_id": "length",
        "internet_password": "mixed",
        "internet_password_again": "differs",
        "captcha": "length",
    }
    assert last(portal) == (
        STEP,
        "refused",
        ",".join(f"{field}={code}" for field, code in told(problems).items()),
        "",
    )


def test_an_empty_form_asks_for_every_field_but_the_linked_accounts(portal: Portal) -> None:
    problems = portal.register.details(at_details(portal), {})

    assert told(problems) == dict.fromkeys((*CHAN, "captcha"), "required")


def test_a_second_press_of_the_details_is_taken_once(portal: Portal) -> None:
    draft_id = at_details(portal)
    typed = CHAN | solved(portal, draft_id)
    portal.register.details(draft_id, typed)
    before = draft(portal, draft_id)

    problems = portal.register.details(draft_id, typed)

    assert problems == {}
    assert draft(portal, draft_id) == before


@pytest.mark.parametrize(
    "other",
    [
        {"internet_user_id": "LOKSHAN1"},
        {"identity_prefix": "ZA13"},
        {"linked_basic_user_id_2": "99000110"},
        {"internet_password": "Rehearse20252", "internet_password_again": "Rehearse20252"},
    ],
)
def test_a_changed_repeat_of_the_details_is_stale(portal: Portal, other: dict[str, str]) -> None:
    draft_id = at_details(portal)
    typed = CHAN | solved(portal, draft_id)
    portal.register.details(draft_id, typed)
    before = draft(portal, draft_id)

    problems = portal.register.details(draft_id, typed | other)

    assert told(problems) == {"form": "stale"}
    assert draft(portal, draft_id) == before
    assert last(portal) == (STEP, "refused", "form=stale", "")


def test_going_back_and_answering_with_a_new_captcha_replaces_the_details(portal: Portal) -> None:
    draft_id = at_confirm(portal)

    problems = portal.register.details(draft_id, CHAN | {"internet_user_id": "LokShan2"} | solved(portal, draft_id))

    assert problems == {}
    assert draft(portal, draft_id).facts["internet_user_id"] == "LokShan2"


def test_details_before_a_kind_was_chosen_are_stale(portal: Portal) -> None:
    problems = portal.register.details(agreed(portal), CHAN)

    assert told(problems) == {"form": "stale"}
    assert last(portal) == (STEP, "refused", "form=stale", "")


def test_a_draft_that_ends_while_the_password_is_hashed_takes_nothing(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = at_details(portal)
    typed = CHAN | solved(portal, draft_id)
    meanwhile(monkeypatch, portal.tables.drafts.delete)

    problems = portal.register.details(draft_id, typed)

    assert told(problems) == {"form": "stale"}
    assert last(portal) == (STEP, "refused", "form=stale", "")
    assert challenge(portal, typed["captcha_id"]).answer == WORD


def test_a_form_without_its_captchas_name_is_refused(portal: Portal) -> None:
    draft_id = at_details(portal)
    typed = CHAN | solved(portal, draft_id)
    del typed["captcha_id"]

    problems = portal.register.details(draft_id, typed)

    assert told(problems) == {"captcha": "captcha_expired"}


def test_a_cancelled_id_can_be_registered_when_its_time_is_over(portal: Portal) -> None:
    portal.tables.cancelled_ids.update("gone0016", free_at=NOON)

    draft_id = at_confirm(portal, internet_user_id="GONE0016")

    assert portal.register.confirm(draft_id, {"basic_password": "31415926"}) == {}
    assert portal.tables.cancelled_ids.get("gone0016") is None
