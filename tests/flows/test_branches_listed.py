"""What only the portal knows, step by step: a report of coverage that a class keeps names these."""

from __future__ import annotations

from ipportal.flows.branches import STEPS

LISTED = {
    "register/terms": "not_agreed done",
    "register/kind": "stale done",
    "register/details": (
        "stale captcha_wrong captcha_expired no_such_account other_kind other_prefix locked already_registered taken "
        "done"
    ),
    "register/confirm": (
        "stale reviewed_another_revision changed password_changed wrong_basic_password locked already_registered taken "
        "done"
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
