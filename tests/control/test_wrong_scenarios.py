"""A scenario that cannot be used is answered with where it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import MINE

if TYPE_CHECKING:
    from control.api import Api


@pytest.mark.parametrize(
    ("text", "where", "accepted"),
    [
        ('people = [ "31415926', "inline, line 1, column 21", ["TOML, UTF-8"]),
        (
            'captcha = { mode = "open" }',
            "captcha.mode",
            ["real", "fixed", "seeded", "reveal", "always_wrong", "expired"],
        ),
        ('[[faults]]\nkind = "delay"\nstep = "home"\ntimes = -1', "faults[0].times", ["0 to 1000"]),
        ('[[faults]]\nkind = "delay"\nstep = "home"\n' * 21, "faults", ["at most 20"]),
        (r'"\u001b[2J\n" = 1', r"\x1b[2J\n", ["people", "notices", "captcha", "clock", "faults", "now"]),
        (MINE.replace("internet_", "# ") + 'locked = "internet"', "mine.locked", ["internet_user_id"]),
        (MINE + MINE, "key", ["a value of the right type that its rule accepts", "GET /_control/v1/rules"]),
    ],
)
def test_a_wrong_scenario_is_answered_with_its_place_and_what_is_accepted(
    api: Api, text: str, where: str, accepted: list[str]
) -> None:
    found = api.refused("POST", "/workspaces", {"scenario_toml": text})

    assert (found.json["where"], found.accepted) == (where, accepted)
