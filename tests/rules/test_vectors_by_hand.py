"""Of every rule some generated answers were also worked by hand."""

from __future__ import annotations

from typing import Final

import pytest

from ipportal.rules.vectors import vectors

BY_ID: Final = {vector.id: vector for vector in vectors()}

# Worked by hand from the guide and the specification, not from the generator.
BY_HAND: Final = {
    "agree.option.yes": "accepted",
    "agree.required.missing": "required",
    "account_kind.required.personal_newline": "required",
    "basic_user_id.length.7": "length",
    "basic_user_id.length.8": "accepted",
    "basic_user_id.length.9": "length",
    "basic_user_id.chars.full_width_digit_trailing": "chars",
    "basic_user_id.chars.arabic_indic_all": "chars",
    "basic_user_id.chars.letter_o_trailing": "chars",
    "linked_basic_user_id_2.required.empty": "accepted",
    "linked_basic_user_id_4.duplicate.linked_basic_user_id_3": "duplicate",
    "linked_basic_user_id_4.duplicate.different": "accepted",
    "identity_prefix.case.lower": "accepted",
    "internet_user_id.chars.newline_trailing": "chars",
    "internet_password.length.12": "length",
    "internet_password.length.13": "accepted",
    "internet_password.length.14": "accepted",
    "internet_password.length.15": "accepted",
    "internet_password.length.16": "length",
    "internet_password.mixed.letters_13": "mixed",
    "internet_password.mixed.digits_15": "mixed",
    "internet_password.mixed.digit_last_15": "accepted",
    "internet_password_again.differs.other_case": "differs",
    "internet_password_again.differs.same_13": "accepted",
    "new_basic_password_again.required.empty": "required",
    "captcha.length.5": "length",
    "linked_accounts.edge.4": "accepted",
    "linked_accounts.edge.5": "length",
    "password_history.edge.0": "reused",
    "password_history.edge.12": "reused",
    "password_history.edge.13": "accepted",
    "login_tries.edge.0": "accepted",
    "login_tries.edge.4": "wrong_credentials",
    "login_tries.edge.5": "locked",
    "basic_password_tries.edge.2": "wrong_basic_password",
    "basic_password_tries.edge.3": "locked",
    "captcha_minutes.edge.299": "accepted",
    "captcha_minutes.edge.300": "captcha_expired",
    "draft_minutes.edge.1799": "accepted",
    "draft_minutes.edge.1800": "stale",
    "session_idle_minutes.edge.899": "accepted",
    "session_idle_minutes.edge.900": "stale",
    "session_hours.edge.28799": "accepted",
    "session_hours.edge.28800": "stale",
    "cancelled_id_days.edge.2591999": "taken",
    "cancelled_id_days.edge.2592000": "accepted",
    "warning_minutes.edge.900": "announced",
    "warning_minutes.edge.901": "accepted",
    "weekdays.edge.monday.04:59:59": "accepted",
    "weekdays.edge.monday.05:00:00": "closed",
    "weekdays.edge.holiday.05:59:59": "closed",
    "weekdays.edge.saturday.06:00:00": "accepted",
    "sunday.edge.sunday.23:59:59": "accepted",
    "sunday.edge.sunday.00:00:00": "closed",
    "sunday.edge.sunday.06:59:59": "closed",
    "sunday.edge.sunday.07:00:00": "accepted",
    "sunday_holiday.edge.06:59:59": "closed",
    "captcha_case.case.one_lower": "captcha_wrong",
    "captcha_single_use.once.after_wrong": "captcha_expired",
    "internet_user_id_case.case.upper": "taken",
    "identity_prefix_case.case.lower": "accepted",
    "one_message.message.other_prefix": "not_recognised",
    "latest_login.session.earlier": "stale",
    "basic_password_first.first.issued": "change_first",
    "basic_password_first.first.the_change": "accepted",
}


@pytest.mark.parametrize(("name", "expected"), BY_HAND.items())
def test_an_answer_is_the_one_that_was_worked_by_hand(name: str, expected: str) -> None:
    assert BY_ID[name].expected == expected


def test_some_answer_of_every_figure_window_and_behaviour_was_worked_by_hand() -> None:
    worked = {BY_ID[name].rule for name in BY_HAND}

    assert {vector.rule for vector in BY_ID.values() if vector.kind not in {"text", "choice"}} <= worked
