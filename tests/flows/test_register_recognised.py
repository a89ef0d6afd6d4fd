"""What only the store knows: who is recognised, and which Internet user ID is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import CHAN, at_details, draft, last, solved, told

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
        ({"internet_user_id": "gone0016"}, {"internet_user_id": "taken"}, "taken", "99000101"),
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


@pytest.mark.parametrize(
    "typed", [{}, {"basic_user_id": "99999999"}, {"identity_prefix": "ZA13"}, {"internet_user_id": "NimChi07"}]
)
def test_a_wrong_captcha_tells_nothing_of_the_store(portal: Portal, typed: dict[str, str]) -> None:
    draft_id = at_details(portal)

    problems = portal.register.details(draft_id, CHAN | typed | solved(portal, draft_id) | {"captcha": "pass12"})

    assert told(problems) == {"captcha": "captcha_wrong"}
    assert last(portal) == (STEP, "refused", "captcha=captcha_wrong", "")
