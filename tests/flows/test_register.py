from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import CHAN, agreed, at_confirm, at_details, draft, last, solved, told

if TYPE_CHECKING:
    from ipportal.portal import Portal


def test_agreeing_to_the_terms_begins_a_registration(portal: Portal) -> None:
    draft_id, problems = portal.register.terms({"agree": "yes"})

    assert problems == {}
    assert draft_id
    assert draft(portal, draft_id).facts == {"agreed": True}
    assert last(portal) == ("register/terms", "done", "", "")


def test_not_agreeing_begins_nothing_and_is_no_refusal(portal: Portal) -> None:
    answer = portal.register.terms({"agree": "no"})

    assert answer == (None, {})
    assert portal.tables.drafts.where() == []
    assert last(portal) == ("register/terms", "declined", "not_agreed", "")


@pytest.mark.parametrize("typed", [{}, {"agree": ""}, {"agree": "YES"}, {"agree": "on"}])
def test_the_terms_ask_for_one_answer_or_the_other(portal: Portal, typed: dict[str, str]) -> None:
    draft_id, problems = portal.register.terms(typed)

    assert draft_id is None
    assert told(problems) == {"agree": "required"}
    assert last(portal) == ("register/terms", "refused", "agree=required", "")


@pytest.mark.parametrize("kind", ["corporate", "personal"])
def test_choosing_a_kind_opens_the_details_with_a_captcha(portal: Portal, kind: str) -> None:
    draft_id = agreed(portal)

    problems = portal.register.kind(draft_id, {"account_kind": kind})

    assert problems == {}
    assert draft(portal, draft_id).facts == {"agreed": True, "account_kind": kind}
    assert [each.owner for each in portal.tables.challenges.where()] == [draft_id]
    assert last(portal) == ("register/kind", "done", "", "")


@pytest.mark.parametrize("typed", [{}, {"account_kind": "joint"}, {"account_kind": "Personal"}])
def test_the_kind_must_be_one_of_the_two(portal: Portal, typed: dict[str, str]) -> None:
    draft_id = agreed(portal)

    problems = portal.register.kind(draft_id, typed)

    assert told(problems) == {"account_kind": "required"}
    assert draft(portal, draft_id).facts == {"agreed": True}
    assert portal.tables.challenges.where() == []
    assert last(portal) == ("register/kind", "refused", "account_kind=required", "")


@pytest.mark.parametrize("draft_id", [None, "", "guessed"])
@pytest.mark.parametrize("kind", ["personal", "joint"])
def test_a_kind_without_the_terms_is_stale(portal: Portal, draft_id: str | None, kind: str) -> None:
    problems = portal.register.kind(draft_id, {"account_kind": kind})

    assert told(problems) == {"form": "stale"}
    assert portal.tables.challenges.where() == []
    assert last(portal) == ("register/kind", "refused", "form=stale", "")


def test_choosing_the_kind_again_clears_what_followed(portal: Portal) -> None:
    draft_id = at_confirm(portal)

    portal.register.kind(draft_id, {"account_kind": "personal"})

    assert draft(portal, draft_id).facts == {"agreed": True, "account_kind": "personal"}


def test_confirming_makes_the_user_and_the_link_and_tells_the_journal(portal: Portal) -> None:
    draft_id = at_confirm(portal)

    problems = portal.register.confirm(draft_id, {"basic_password": "31415926"})

    assert problems == {}
    user = portal.tables.users.get("lokshan1")
    assert user
    assert (user.internet_user_id, user.last_login_at, user.locked) == ("LokShan1", None, False)
    assert [(link.basic_user_id, link.position) for link in portal.tables.links.where(folded_id="lokshan1")] == [
        ("99000101", 1)
    ]
    assert last(portal) == ("register/confirm", "done", "", "99000101")


def test_a_registered_visitor_can_log_in_with_what_they_chose(portal: Portal) -> None:
    portal.register.confirm(at_confirm(portal), {"basic_password": "31415926"})

    session_id, problems = portal.login.enter({"internet_user_id": "LOKSHAN1", "internet_password": "Rehearse20251"})

    assert problems == {}
    assert session_id


def test_four_accounts_of_one_holder_are_linked_in_the_order_they_were_typed(portal: Portal) -> None:
    typed = {
        "basic_user_id": "99000403",
        "linked_basic_user_id_2": "99000401",
        "linked_basic_user_id_3": "99000404",
        "linked_basic_user_id_4": "99000402",
        "identity_prefix": "ZC78",
    }

    portal.register.confirm(at_confirm(portal, **typed), {"basic_password": "14142135"})

    links = sorted(portal.tables.links.where(folded_id="lokshan1"), key=lambda link: link.position)
    assert [link.basic_user_id for link in links] == ["99000403", "99000401", "99000404", "99000402"]


def test_a_gap_between_linked_accounts_is_allowed_and_leaves_none(portal: Portal) -> None:
    draft_id = at_confirm(portal, basic_user_id="99000401", linked_basic_user_id_4="99000402", identity_prefix="ZC78")

    portal.register.confirm(draft_id, {"basic_password": "14142135"})

    links = portal.tables.links.where(folded_id="lokshan1")
    assert [(link.basic_user_id, link.position) for link in links] == [("99000401", 1), ("99000402", 2)]


def test_an_all_digit_identity_prefix_registers(portal: Portal) -> None:
    draft_id = at_confirm(portal, basic_user_id="99000505", identity_prefix="5090")

    assert portal.register.confirm(draft_id, {"basic_password": "17320508"}) == {}


def test_a_company_registers_as_a_company(portal: Portal) -> None:
    draft_id = at_details(portal, "corporate")
    typed = CHAN | {"basic_user_id": "99000303", "identity_prefix": "7z56"} | solved(portal, draft_id)
    portal.register.details(draft_id, typed)

    assert portal.register.confirm(draft_id, {"basic_password": "16180339"}) == {}
