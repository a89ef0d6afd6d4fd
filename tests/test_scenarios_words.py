"""Words of a scenario file are for pages and terminals: none may hold what a terminal obeys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import MINE, new_portal, scenario_file
from test_scenarios_faults import NOTICE, fault, with_line

from ipportal.people import read
from ipportal.portal import SCENARIO
from ipportal.scenarios import in_force, seed

if TYPE_CHECKING:
    from pathlib import Path

WORDS = '{{ "zh-Hant" = "某", en = "X{character}", "zh-Hans" = "某" }}'


@pytest.mark.parametrize("character", ["\\u0000", "\\u0007", "\\u001b[31m", "\\u007f", "\\u009b", "\\u202e"])
@pytest.mark.parametrize(
    ("row", "where", "name"),
    [
        *((MINE, "mine", name) for name in ("names", "situation")),
        *((NOTICE, "TRN20250101-01", name) for name in ("subject", "body")),
    ],
)
def test_words_that_a_terminal_would_obey_are_refused(
    tmp_path: Path, row: str, where: str, name: str, character: str
) -> None:
    line = f"{name} = {WORDS.format(character=character)}"

    assert fault(tmp_path, with_line(row, line)) == ("value", f"{where}.{name}")


@pytest.mark.parametrize("number", ["0x" + "f" * 4000, "0b" + "1" * 20_000, "0o" + "7" * 9000])
def test_a_number_that_nobody_can_read_is_refused(tmp_path: Path, number: str) -> None:
    for line in (f"now = {number}", f"[[faults]]\nkind = {number}"):
        assert fault(tmp_path, line) == ("file", "class.toml")


def test_a_portal_that_an_earlier_version_filled_with_such_words_goes_on(tmp_path: Path) -> None:
    portal = new_portal(scenario=scenario_file(tmp_path, MINE))
    seed(portal)
    kept = portal.tables.recall(SCENARIO)
    portal.tables.remember(SCENARIO, kept | {"text": kept["text"].replace('en = "', 'en = "\u202e')})

    assert in_force(portal).people == read(str(tmp_path / "class.toml")).people


def test_a_portal_that_an_earlier_version_filled_with_what_is_refused_now_goes_on(tmp_path: Path) -> None:
    portal = new_portal(scenario=scenario_file(tmp_path, MINE))
    seed(portal)
    kept = portal.tables.recall(SCENARIO)
    portal.tables.remember(SCENARIO, kept | {"text": kept["text"].replace('"mine"', '" "')})

    assert [person.key for person in in_force(portal).people] == [" "]
