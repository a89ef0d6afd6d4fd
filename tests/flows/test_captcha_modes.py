"""The six CAPTCHA modes: what each draws, shows and takes for right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, challenge, dump, new_portal

from ipportal.flows import drawing
from ipportal.rules import Problem
from ipportal.settings import CAPTCHA_MODES

if TYPE_CHECKING:
    from ipportal.portal import Portal
    from ipportal.store.schema import Challenge

WORD = "ABC123"


def in_mode(portal: Portal, mode: str, seed: str = "7") -> Portal:
    """Have a tester choose a mode; return the portal as a request then finds it."""
    portal.captcha.choose(mode, WORD if mode == "fixed" else "", seed)
    return portal.standing().portal.at(NOON)


def issued(portal: Portal, number: int) -> list[Challenge]:
    return [challenge(portal, portal.captcha.issue(f"visit {each}")) for each in range(number)]


def pictures(portal: Portal, number: int) -> list[tuple[str, bytes | None]]:
    """Return the words and pictures of new challenges, each drawn anew."""
    drawing.drawn.cache_clear()
    return [(each.answer, portal.captcha.picture(each.captcha_id, each.owner)) for each in issued(portal, number)]


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        *((mode, "") for mode in ("real", "fixed", "seeded", "reveal")),
        *(("always_wrong", "captcha_wrong"), ("expired", "captcha_expired")),
    ],
)
def test_the_right_answer_is_judged_as_the_mode_says_and_used_up(portal: Portal, mode: str, code: str) -> None:
    chosen = in_mode(portal, mode)
    captcha_id = chosen.captcha.issue("a visit")

    problem = chosen.captcha.judge(captcha_id, "a visit", challenge(portal, captcha_id).answer)

    assert (problem.code if problem else "") == code
    assert portal.tables.challenges.get(captcha_id) is None


@pytest.mark.parametrize("mode", CAPTCHA_MODES)
def test_a_wrong_answer_is_right_in_no_mode(portal: Portal, mode: str) -> None:
    chosen = in_mode(portal, mode)
    captcha_id = chosen.captcha.issue("a visit")

    problem = chosen.captcha.judge(captcha_id, "a visit", "")

    assert problem
    assert problem.code == ("captcha_expired" if mode == "expired" else "captcha_wrong")


@pytest.mark.parametrize("mode", CAPTCHA_MODES)
def test_a_challenge_that_is_over_or_anothers_is_expired_in_every_mode(portal: Portal, mode: str) -> None:
    chosen = in_mode(portal, mode)
    first, second = chosen.captcha.issue("a visit"), chosen.captcha.issue("another")
    late = chosen.at(NOON + timedelta(minutes=5))

    problems = [
        late.captcha.judge(first, "a visit", challenge(portal, first).answer),
        chosen.captcha.judge(second, "a visit", challenge(portal, second).answer),
    ]

    assert problems == [Problem("captcha_expired", {"minutes": 5})] * 2


@pytest.mark.parametrize("mode", CAPTCHA_MODES)
def test_the_answer_is_revealed_in_the_mode_for_teaching_and_in_no_other(portal: Portal, mode: str) -> None:
    chosen = in_mode(portal, mode)
    captcha_id = chosen.captcha.issue("a visit")

    revealed = chosen.captcha.revealed(captcha_id)

    assert revealed == (challenge(portal, captcha_id).answer if mode == "reveal" else "")
    assert chosen.captcha.revealed("guessed") == ""


def test_a_mode_that_is_chosen_while_a_challenge_is_open_judges_that_one_too(portal: Portal) -> None:
    captcha_id = portal.captcha.issue("a visit")

    problem = in_mode(portal, "always_wrong").captcha.judge(captcha_id, "a visit", "PASS12")

    assert problem == Problem("captcha_wrong")


def test_the_fixed_mode_draws_the_same_word_and_picture_every_time(portal: Portal) -> None:
    first, second = pictures(in_mode(portal, "fixed"), 1), pictures(in_mode(portal, "fixed"), 1)

    assert first == second
    assert first[0][0] == WORD
    assert first[0][1]


@pytest.mark.parametrize("mode", ["real", "reveal", "always_wrong", "expired"])
def test_the_other_modes_draw_by_chance(portal: Portal, mode: str) -> None:
    found = issued(in_mode(portal, mode), 6)

    assert len({each.answer for each in found}) == 6
    assert len({each.noise for each in found}) == 6


def test_the_same_seed_gives_the_same_answers_and_pictures_in_another_workspace(portal: Portal) -> None:
    here = pictures(in_mode(portal, "seeded"), 4)

    there = pictures(in_mode(new_portal(), "seeded"), 4)

    assert here == there
    assert len(set(here)) == 4


def test_another_seed_gives_other_answers(portal: Portal) -> None:
    found = {seed: issued(in_mode(portal, "seeded", seed), 1)[0].answer for seed in ("1", "2", "", "1:1", "種")}

    assert len(set(found.values())) == 5


def test_choosing_a_seed_again_begins_at_its_first_picture(portal: Portal) -> None:
    first = [each.answer for each in issued(in_mode(portal, "seeded"), 3)]

    again = [each.answer for each in issued(in_mode(portal, "seeded"), 3)]

    assert again == first


def test_a_store_counts_the_pictures_of_a_seeded_portal(portal: Portal) -> None:
    issued(in_mode(portal, "seeded"), 3)

    kept = portal.tables.facts.get("captcha_draws")
    assert kept
    assert kept.value == {"number": 3}


def test_a_setting_may_say_seeded_from_the_start() -> None:
    seeded = [new_portal(captcha_mode="seeded", captcha_word="", captcha_seed="9") for _ in range(2)]

    answers = [[each.answer for each in issued(portal, 3)] for portal in seeded]

    assert answers[0] == answers[1]


def test_the_setting_holds_until_a_mode_is_chosen_and_then_the_choice(portal: Portal) -> None:
    before = portal.standing().portal.settings.captcha_mode

    after = in_mode(portal, "seeded", "x").settings

    assert before == "fixed"
    assert (after.captcha_mode, after.captcha_word, after.captcha_seed) == ("seeded", "", "x")
    assert portal.settings.captcha_mode == "fixed"


def test_a_word_that_came_with_another_mode_is_not_shown_by_it(portal: Portal) -> None:
    portal.captcha.choose("real", WORD, "7")

    assert portal.standing().portal.settings.captcha_word == ""


def test_a_public_portal_draws_real_ones_whatever_its_store_was_told(portal: Portal) -> None:
    portal.captcha.choose("reveal", "", "7")
    real = replace(portal.settings, captcha_mode="real", captcha_word="")
    public = replace(real, public=True, access_password="invented-1", bcrypt_cost=10)

    standing = replace(portal, settings=public).standing()

    assert standing.portal.settings.captcha_mode == "real"


def test_a_lost_captcha_cannot_be_answered_and_anothers_can(portal: Portal) -> None:
    lost, kept = portal.captcha.issue("a visit"), portal.captcha.issue("another")

    portal.captcha.lose("a visit")

    assert portal.captcha.judge(lost, "a visit", "PASS12") == Problem("captcha_expired", {"minutes": 5})
    assert portal.captcha.judge(kept, "another", "PASS12") is None


@pytest.mark.parametrize("mode", ["real", "seeded", "reveal"])
def test_an_answer_stands_nowhere_but_with_its_challenge(portal: Portal, mode: str) -> None:
    chosen = in_mode(portal, mode)

    answer = challenge(portal, chosen.captcha.issue("a visit")).answer

    others = [name for name in portal.tables.by_name if name != "challenges"]
    assert answer not in dump(portal, *others)
