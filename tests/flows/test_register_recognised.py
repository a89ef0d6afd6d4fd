"""What only the store knows: who is recognised, and which Internet user ID is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import CHAN, at_confirm, at_details, draft, last, solved, told

if TYPE_CHECKING:
    from ipportal.portal import Portal

STEP = "register/details"
LINK = {"basic_user_id": "99000401", "identity_prefix": "ZC78"}


@pytest.mark.parametrize(
    ("typed", "refused", "reason", "account"),
    [
        ({"basic_user_id": "99999999"}, {"form": "not_recognised"}, "basic_user_id=no_such_account", ""),
        (
            {"basic_user_id": "99000303", "identity_prefix": "7Z56"},
            {"form": "not_recognised"},
            "basic_user_id=other_kind",
            "99000303",
        ),
        ({"identity_prefix": "ZA13"}, {"form": "not_recognised"}, "basic_user_id=other_prefix", "99000101"),
        ({"basic_user_id": "99000110"}, {"form": "not_recognised"}, "basic_user_id=other_prefix", "99000110"),
        (
            {"basic_user_id": "99000707", "identity_prefix": "ZE11"},
            {"form": "not_recognised"},
            "basic_user_id=already_registered",
            "99000707",
        ),
        (
            LINK | {"linked_basic_user_id_2": "99000101"},
            {"form": "not_recognised"},
            "linked_basic_user_id_2=other_prefix",
            "99000401",
        ),
        (
            LINK | {"linked_basic_user_id_3": "99999998"},
            {"form": "not_recognised"},
            "linked_basic_user_id_3=no_such_account",
            "99000401",
        ),
        (
            LINK | {"linked_basic_user_id_4": "99000303"},
            {"form": "not_recognised"},
            "linked_basic_user_id_4=other_kind",
            "99000401",
        ),
        ({"internet_user_id": "NimChi07"}, {"internet_user_id": "taken"}, "taken", "99000101"),
        ({"internet_user_id": "NIMCHI07"}, {"internet_user_id": "taken"}, "taken", "99000101"),
        ({"internet_user_id": "gone0016"}, {"internet_user_id": "taken"}, "recently_cancelled", "99000101"),
        (
            {"identity_prefix": "ZA13", "internet_user_id": "NimChi07", "linked_basic_user_id_2": "99999999"},
            {"form": "not_recognised", "internet_user_id": "taken"},
            "basic_user_id=other_prefix,linked_basic_user_id_2=no_such_account,taken",
            "99000101",
        ),
    ],
)
def test_what_the_store_refuses_is_told_after_a_right_captcha_with_the_exact_reason_in_the_journal(
    portal: Portal, typed: dict[str, str], refused: dict[str, str], reason: str, account: str
) -> None:
    draft_id = at_details(portal)

    problems = portal.register.details(draft_id, CHAN | typed | solved(portal, draft_id))

    assert told(problems) == refused
    assert draft(portal, draft_id).facts == {"agreed": True, "account_kind": "personal"}
    assert last(portal) == (STEP, "refused", reason, account)


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_locked_linked_account_is_not_recognised(portal: Portal, number: int) -> None:
    portal.tables.accounts.update("99000402", locked=True)
    draft_id = at_details(portal)
    typed = CHAN | LINK | {f"linked_basic_user_id_{number}": "99000402"}

    problems = portal.register.details(draft_id, typed | solved(portal, draft_id))

    assert told(problems) == {"form": "not_recognised"}
    assert draft(portal, draft_id).facts == {"agreed": True, "account_kind": "personal"}
    assert last(portal) == (STEP, "refused", f"linked_basic_user_id_{number}=locked", "99000401")


def test_a_linked_account_locked_since_the_details_is_not_recognised_at_the_confirmation(portal: Portal) -> None:
    draft_id = at_confirm(portal, **LINK, linked_basic_user_id_2="99000402")
    portal.tables.accounts.update("99000402", locked=True)

    problems = portal.register.confirm(draft_id, {"basic_password": "14142135"})

    assert told(problems) == {"form": "not_recognised"}
    assert portal.tables.users.get("lokshan1") is None
    assert portal.tables.links.where(folded_id="lokshan1") == []
    assert last(portal) == ("register/confirm", "refused", "linked_basic_user_id_2=locked", "99000401")


@pytest.mark.parametrize("basic_password", ["14142135", "14142136"])
def test_a_locked_primary_account_is_told_so_at_the_confirmation(portal: Portal, basic_password: str) -> None:
    portal.tables.accounts.update("99000401", locked=True)
    draft_id = at_confirm(portal, **LINK, linked_basic_user_id_2="99000402")

    problems = portal.register.confirm(draft_id, {"basic_password": basic_password})

    assert told(problems) == {"form": "locked"}
    assert portal.register.draft(draft_id) is None
    assert portal.tables.users.get("lokshan1") is None
    assert last(portal) == ("register/confirm", "refused", "form=locked", "99000401")


@pytest.mark.parametrize(
    "typed", [{}, {"basic_user_id": "99999999"}, {"identity_prefix": "ZA13"}, {"internet_user_id": "NimChi07"}]
)
def test_a_wrong_captcha_tells_nothing_of_the_store(portal: Portal, typed: dict[str, str]) -> None:
    draft_id = at_details(portal)

    problems = portal.register.details(draft_id, CHAN | typed | solved(portal, draft_id) | {"captcha": "pass12"})

    assert told(problems) == {"captcha": "captcha_wrong"}
    assert last(portal) == (STEP, "refused", "captcha=captcha_wrong", "")
