"""What a scenario file sets besides its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import MINE, NOON, new_portal

from ipportal.people import parse
from ipportal.scenarios import seed
from ipportal.vetting import ScenarioError
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from ipportal.portal import Portal

LESSON = """now = "2025-03-30T06:55:00+08:00"
captcha = { mode = "fixed", word = "ABC123" }

[[faults]]
kind = "delay"
step = "register/details"
times = 0
milliseconds = 200

[[faults]]
kind = "maintenance_now"
step = "login/form"
moment = "page"
minutes = 5
"""


def staged(portal: Portal) -> tuple[str, str, list[tuple[str, str, int]]]:
    """Return the time, the CAPTCHA word and the faults of a portal."""
    standing = portal.standing()
    now, settings = standing.portal.clock.now(), standing.portal.settings
    return f"{now:%a %H:%M}", settings.captcha_word, [(each.kind, each.moment, each.times) for each in standing.armed]


WANTED = ("Sun 06:55", "ABC123", [("delay", "submit", 0), ("maintenance_now", "page", 1)])


def test_a_lesson_sets_the_scene_of_a_new_workspace() -> None:
    house = Workspaces(new_portal())

    portal = house.create("lesson", parse("inline", LESSON + MINE))

    assert staged(portal) == WANTED
    assert [account.practice for account in portal.tables.accounts.where()] == ["mine", "mine"]


@pytest.mark.parametrize(
    ("clock", "mode"), [("", "frozen"), ('clock = "frozen"', "frozen"), ('clock = "run"', "shifted")]
)
def test_a_lessons_clock_stands_or_runs_from_its_moment(clock: str, mode: str) -> None:
    house = Workspaces(new_portal())

    portal = house.create("lesson", parse("inline", f"{clock}\n{LESSON}{MINE}"))

    now, found = portal.stored_clock.reading()
    assert (f"{now:%a %H:%M}", found) == ("Sun 06:55", mode)


@pytest.mark.parametrize("clock", ['"runs"', "7", "true"])
def test_a_clock_that_neither_stands_nor_runs_is_refused(clock: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        parse("inline", f"clock = {clock}")

    assert (refused.value.where, refused.value.figures) == ("clock", {"accepted": ("frozen", "run")})


def test_a_delay_whose_most_is_less_than_its_least_is_refused() -> None:
    fault = 'kind = "delay"\nstep = "home"\nmilliseconds = 200\nup_to_milliseconds = 100'

    with pytest.raises(ScenarioError) as refused:
        parse("inline", f"[[faults]]\n{fault}")

    assert refused.value.where == "faults[0].up_to_milliseconds"
    assert refused.value.figures == {"least": 200, "most": 60_000}


def test_a_reset_sets_the_scene_anew() -> None:
    portal = new_portal()
    scenario = parse("inline", LESSON + MINE)
    seed(portal, scenario)
    portal.faults.disarm_all()
    portal.stored_clock.follow()

    seed(portal, scenario, anew=True)

    assert staged(portal) == WANTED


def test_a_moment_that_is_asked_for_stands_before_the_lessons() -> None:
    portal = Workspaces(new_portal()).create("lesson", parse("inline", LESSON), NOON)

    assert staged(portal)[0] == "Mon 12:00"


def test_a_seed_is_the_lessons_own_or_the_settings() -> None:
    house = Workspaces(new_portal())
    own = parse("inline", 'captcha = { mode = "seeded", seed = "lesson 3" }')
    number = parse("inline", 'captcha = { mode = "seeded", seed = 5 }')
    other = parse("inline", 'captcha = { mode = "seeded" }')

    seeds = [house.create("", scenario).standing().portal.settings.captcha_seed for scenario in (own, number, other)]

    assert seeds == ["lesson 3", "5", "1"]


def test_a_faults_seed_may_be_written_as_a_number() -> None:
    scenario = parse("inline", '[[faults]]\nkind = "delay"\nstep = "home"\nseed = 5')

    (fault,) = Workspaces(new_portal()).create("lesson", scenario).standing().armed

    assert fault.seed == "5"


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("now = 5", "value", "now"),
        ('now = "2025-03-30T06:55:00"', "value", "now"),
        ("captcha = 5", "value", "captcha"),
        ("captcha = { mode = 5 }", "value", "captcha"),
        ('captcha = { mode = "easy" }', "value", "captcha.mode"),
        ('captcha = { word = "ABC123" }', "value", "captcha.mode"),
        ('captcha = { mode = "fixed" }', "value", "captcha.word"),
        ('captcha = { mode = "fixed", word = "abc123" }', "value", "captcha.word"),
        ('captcha = { mode = "real", word = "ABC123" }', "value", "captcha.word"),
        ('captcha = { mode = "real", colour = "red" }', "unknown", "captcha.colour"),
        (f'captcha = {{ mode = "seeded", seed = "{"7" * 81}" }}', "value", "captcha.seed"),
        ('captcha = { mode = "seeded", seed = true }', "value", "captcha"),
        ('captcha = { mode = "seeded", seed = 1.5 }', "value", "captcha"),
        ("faults = 5", "value", "faults"),
        ("faults = [5]", "value", "faults[0]"),
        ('[[faults]]\nkind = "delay"\nstep = "home"\n' * 21, "value", "faults"),
        ('[[faults]]\nstep = "home"', "value", "faults[0].kind"),
        ('[[faults]]\nkind = "delay"\nstep = "hone"', "value", "faults[0].step"),
        ('[[faults]]\nkind = "delay"\nstep = "home"\nmoment = "submit"', "value", "faults[0].moment"),
        ('[[faults]]\nkind = "delay"\nstep = "home"\ntimes = -1', "value", "faults[0].times"),
        ('[[faults]]\nkind = "delay"\nstep = "home"\ntimes = true', "value", "faults[0].times"),
        ('[[faults]]\nkind = "delay"\nstep = "home"\nchance = 0.0', "value", "faults[0].chance"),
        ('[[faults]]\nkind = "delay"\nstep = "home"\nchance = true', "value", "faults[0].chance"),
        ('[[faults]]\nkind = "delay"\nstep = "home"\nseed = true', "value", "faults[0].seed"),
        ('[[faults]]\nkind = "delay"\nstep = "home"\nminutes = 5', "unknown", "faults[0].minutes"),
    ],
)
def test_a_scene_that_cannot_be_set_is_refused_by_its_place(text: str, code: str, where: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        parse("inline", text)

    assert (refused.value.code, refused.value.where) == (code, where)


def test_a_chance_of_one_needs_no_point() -> None:
    scenario = parse("inline", '[[faults]]\nkind = "delay"\nstep = "home"\nchance = 1')

    assert scenario.stage.faults[0]["chance"] == 1


def test_a_public_portal_keeps_to_captchas_that_cannot_be_guessed() -> None:
    portal = new_portal(
        public=True,
        access_password="long enough",
        captcha_mode="real",
        captcha_word="",
        bcrypt_cost=10,
        trusted_hosts=("here",),
    )

    with pytest.raises(ScenarioError, match=r"captcha\.mode"):
        seed(portal, parse("inline", LESSON))
    assert portal.tables.facts.where() == []
