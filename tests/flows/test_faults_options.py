"""What a fault may be given, at its edges."""

from __future__ import annotations

import pytest

from ipportal.flows.faults import OPTIONS, PAGE, STEPS, SUBMIT

EDGES: dict[str, tuple[list[object], list[object]]] = {
    "times": ([0, 1000], [-1, 1001, 1.0, True, "1"]),
    "chance": ([0.01, 1.0, 1], [0.0, 0, 1.01, 2, True, "1"]),
    "seed": (["", "s" * 80], ["s" * 81, 1]),
    "milliseconds": ([0, 60_000], [-1, 60_001]),
    "up_to_milliseconds": ([0, 60_000], [-1, 60_001]),
    "minutes": ([1, 10_000], [0, 10_001]),
}


@pytest.mark.parametrize("option", EDGES)
def test_an_option_takes_what_lies_within_its_limits(option: str) -> None:
    good, wrong = EDGES[option]

    assert [value for value in good if not OPTIONS[option](value)] == []
    assert [value for value in wrong if OPTIONS[option](value)] == []


def test_every_option_has_its_limits_here() -> None:
    assert set(EDGES) == set(OPTIONS)


def test_faults_are_armed_at_the_steps_that_testers_were_promised() -> None:
    both, submit, page = (SUBMIT, PAGE), (SUBMIT,), (PAGE,)

    assert {
        **dict.fromkeys(("home", "register/done", "login/tips", "basic_password/done", "account/home"), page),
        **dict.fromkeys(
            ("account/notice", "account/function", "cancel/done", "captcha/picture", "captcha/sound"), page
        ),
        **dict.fromkeys(("register/terms", "register/kind", "register/details", "register/confirm"), both),
        **dict.fromkeys(
            ("login/form", "basic_password/form", "account/internet", "cancel/form", "cancel/confirm"), both
        ),
        **dict.fromkeys(("logout", "captcha/refresh"), submit),
    } == STEPS
