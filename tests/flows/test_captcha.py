from __future__ import annotations

import re
import wave
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from props import CHAN, NOON, SECOND, WORD, at_details, challenge, last, solved, told

from ipportal.flows.drawing import drawn
from ipportal.rules import Problem

if TYPE_CHECKING:
    from datetime import datetime

    from ipportal.portal import Portal

FIVE_MINUTES = timedelta(minutes=5)


@pytest.mark.parametrize("typed", ["PASS13", "pass12", "Pass12", "PASS1\uff12", "", "PASS12 "])
def test_a_wrong_captcha_or_one_in_another_case_is_refused(portal: Portal, typed: str) -> None:
    captcha_id = portal.captcha.issue("a visit")

    problem = portal.captcha.judge(captcha_id, "a visit", typed)

    assert problem == Problem("captcha_wrong")


@pytest.mark.parametrize("typed", [WORD, "PASS13"])
def test_a_judged_captcha_is_used_up_right_or_wrong(portal: Portal, typed: str) -> None:
    captcha_id = portal.captcha.issue("a visit")
    portal.captcha.judge(captcha_id, "a visit", typed)

    problem = portal.captcha.judge(captcha_id, "a visit", WORD)

    assert problem == Problem("captcha_expired", {"minutes": 5})


@pytest.mark.parametrize(
    ("age", "code"),
    [
        (timedelta(0), None),
        (FIVE_MINUTES - SECOND, None),
        (FIVE_MINUTES, "captcha_expired"),
        (-SECOND, "captcha_expired"),
    ],
)
def test_a_captcha_holds_five_minutes_and_never_before_it_was_shown(
    portal: Portal, age: timedelta, code: str | None
) -> None:
    captcha_id = portal.captcha.issue("a visit")

    problem = portal.at(NOON + age).captcha.judge(captcha_id, "a visit", WORD)

    assert (problem and problem.code) == code
    assert portal.tables.challenges.get(captcha_id) is None


def test_another_visitors_captcha_is_refused_and_stays_theirs(portal: Portal) -> None:
    captcha_id = portal.captcha.issue("a visit")

    problem = portal.captcha.judge(captcha_id, "another visit", WORD)

    assert problem == Problem("captcha_expired", {"minutes": 5})
    assert portal.captcha.judge(captcha_id, "a visit", WORD) is None


def test_a_captcha_is_not_used_up_by_a_form_with_a_format_problem(portal: Portal) -> None:
    draft_id = at_details(portal)
    typed = CHAN | solved(portal, draft_id)
    portal.register.details(draft_id, typed | {"identity_prefix": "ZA1"})

    problems = portal.register.details(draft_id, typed)

    assert problems == {}


def test_a_captcha_is_used_up_by_a_form_that_the_store_refuses(portal: Portal) -> None:
    draft_id = at_details(portal)
    typed = CHAN | solved(portal, draft_id)
    portal.register.details(draft_id, typed | {"identity_prefix": "ZA13"})

    problems = portal.register.details(draft_id, typed)

    assert told(problems) == {"captcha": "captcha_expired"}
    assert last(portal) == ("register/details", "refused", "captcha=captcha_expired", "")


def test_a_refreshed_captcha_takes_the_place_of_the_earlier_one(portal: Portal) -> None:
    earlier = portal.captcha.issue("a visit")

    later = portal.captcha.issue("a visit")

    assert portal.captcha.judge(earlier, "a visit", WORD) == Problem("captcha_expired", {"minutes": 5})
    assert portal.captcha.judge(later, "a visit", WORD) is None


def test_a_page_shown_again_keeps_the_captcha_that_is_open(portal: Portal) -> None:
    captcha_id = portal.captcha.issue("a visit")

    assert portal.at(NOON + FIVE_MINUTES - SECOND).captcha.shown("a visit") == captcha_id


@pytest.mark.parametrize("moment", [NOON + FIVE_MINUTES, NOON - SECOND])
def test_a_page_shown_after_its_captcha_is_over_has_a_new_one(portal: Portal, moment: datetime) -> None:
    captcha_id = portal.captcha.issue("a visit")

    assert portal.at(moment).captcha.shown("a visit") != captcha_id


def test_a_new_captcha_sweeps_away_those_that_nobody_can_answer(portal: Portal) -> None:
    over = portal.captcha.issue("a visit")
    standing = portal.at(NOON + SECOND).captcha.issue("another visit")

    portal.at(NOON + FIVE_MINUTES + SECOND).captcha.issue("a third visit")

    assert portal.tables.challenges.get(over) is None
    assert portal.tables.challenges.get(standing)


def test_the_picture_is_a_png_for_its_owner_only(portal: Portal) -> None:
    captcha_id = portal.captcha.issue("a visit")

    picture = portal.captcha.picture(captcha_id, "a visit")

    assert picture
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    drawn.cache_clear()
    assert portal.captcha.picture(captcha_id, "a visit") == picture
    assert portal.captcha.picture(captcha_id, "another visit") is None
    assert portal.captcha.picture("guessed", "a visit") is None


def test_the_sound_is_a_wave_for_its_owner_only(portal: Portal) -> None:
    captcha_id = portal.captcha.issue("a visit")

    sound = portal.captcha.sound(captcha_id, "a visit")

    assert sound
    with wave.open(BytesIO(sound)) as heard:
        assert heard.getnframes() > heard.getframerate()
    assert portal.captcha.sound(captcha_id, "another visit") is None
    assert portal.captcha.sound("guessed", "a visit") is None


def test_a_real_captcha_is_six_capitals_and_digits_drawn_anew_each_time(portal: Portal) -> None:
    real = replace(portal, settings=replace(portal.settings, captcha_mode="real", captcha_word=""))

    answers = {challenge(portal, real.captcha.issue(f"visit {each}")).answer for each in range(20)}

    assert len(answers) == 20
    assert all(re.fullmatch("[A-Z0-9]{6}", answer) for answer in answers)
