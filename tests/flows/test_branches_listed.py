"""What only the portal knows, step by step: a report of coverage that a class keeps names these."""

from __future__ import annotations

from ipportal.flows.branches import ANYWHERE, STEPS, told
from ipportal.rules import CODES

LISTED = {
    "register/terms": "not_agreed done",
    "register/kind": "stale done",
    "register/details": (
        "stale captcha_wrong captcha_expired no_such_account other_kind other_prefix locked already_registered taken "
        "recently_cancelled done"
    ),
    "register/confirm": (
        "stale reviewed_another_revision changed password_changed wrong_basic_password locked already_registered taken "
        "recently_cancelled done"
    ),
    "login/form": "no_such_user wrong_credentials locked suspended done",
    "logout": "done",
    "basic_password/form": (
        "stale captcha_wrong captcha_expired wrong_basic_password locked reused changed issued done"
    ),
    "account/internet": "stale wrong_credentials locked done",
    "cancel/form": "captcha_wrong captcha_expired no_such_user wrong_credentials locked suspended done",
    "cancel/confirm": "stale changed wrong_basic_password locked done",
}


def test_the_branches_of_each_step_are_those_that_were_agreed() -> None:
    assert {step: " ".join(reasons) for step, reasons in STEPS.items()} == LISTED
    assert " ".join(ANYWHERE) == "csrf signed_out expired elsewhere changed"


def test_a_visitor_is_told_of_every_reason_for_a_refusal_with_a_code() -> None:
    silent = {"not_agreed", "issued", "done"}

    assert {
        reason for step, reasons in STEPS.items() for reason in reasons if told(step, reason)[1] not in CODES
    } == silent


def test_a_wrong_internet_password_is_told_at_its_own_field_where_that_password_is_changed() -> None:
    assert [told(step, "wrong_credentials") for step in ("account/internet", "login/form")] == [
        ("current_internet_password", "wrong_credentials"),
        ("form", "wrong_credentials"),
    ]
