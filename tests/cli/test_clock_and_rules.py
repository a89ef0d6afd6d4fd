from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from ipportal.wording import say

if TYPE_CHECKING:
    from cli.conftest import Terminal


@pytest.mark.parametrize("words", [("clock",), ("clock", "show")])
def test_the_clock_is_shown_with_its_mode(terminal: Terminal, words: tuple[str, ...]) -> None:
    said = terminal.run(*words)

    assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\+08:00 real\n", said.out)


def test_the_clock_can_be_stopped_advanced_run_and_put_back(terminal: Terminal) -> None:
    told = [
        terminal.run("clock", *words).out.split()
        for words in (
            ("set", "2025-03-30T05:30+08:00"),
            ("advance", "90m"),
            ("advance", "-1h"),
            ("advance", "2d"),
            ("run",),
            ("advance", "1h30m"),
            ("real",),
        )
    ]

    assert told[:4] == [
        ["2025-03-30T05:30:00+08:00", "frozen"],
        ["2025-03-30T07:00:00+08:00", "frozen"],
        ["2025-03-30T06:00:00+08:00", "frozen"],
        ["2025-04-01T06:00:00+08:00", "frozen"],
    ]
    assert told[4][0].startswith("2025-04-01T06:00:0")
    assert told[5][0].startswith("2025-04-01T07:30:0")
    assert [mode for _, mode in told[4:]] == ["shifted", "shifted", "real"]


def test_a_moment_of_another_offset_is_told_in_hong_kong_time(terminal: Terminal) -> None:
    assert terminal.run("clock", "set", "2025-03-29T21:30:00Z").out == "2025-03-30T05:30:00+08:00 frozen\n"


RANGE = {"earliest": "2000-01-01T00:00:00+08:00", "latest": "2199-12-31T00:00:00+08:00"}


@pytest.mark.parametrize(
    ("words", "code", "figures"),
    [
        (("set", "2025-03-30T05:30"), "naive", {"text": "2025-03-30T05:30"}),
        (("set", "noon"), "moment", {"text": "noon"}),
        (("advance", "soon"), "span", {"text": "soon"}),
        (("advance", ""), "span", {"text": ""}),
        (("set", "1999-12-31T00:00+08:00"), "range", RANGE),
        (("advance", "99999d"), "range", RANGE),
    ],
)
def test_a_time_that_cannot_be_used_is_refused_with_an_example(
    terminal: Terminal, words: tuple[str, ...], code: str, figures: dict[str, str]
) -> None:
    before = terminal.run("clock").out.split()[1]

    said = terminal.run("clock", *words)

    assert (said.code, said.out, said.err) == (2, "", f"ipportal: {say(f'cli.time.{code}', 'en', **figures)}\n")
    assert terminal.run("clock").out.split()[1] == before


def test_a_negative_span_needs_no_special_writing(terminal: Terminal) -> None:
    terminal.run("clock", "set", "2025-03-30T05:30+08:00")

    assert terminal.run("clock", "advance", "-45s").out == "2025-03-30T05:29:15+08:00 frozen\n"


def test_the_rules_are_listed_with_their_sources(bare: Terminal) -> None:
    lines = bare.run("rules").out.splitlines()

    assert re.fullmatch("rule +kind +what +source", lines[0])
    assert any(line.startswith("basic_user_id ") and line.endswith("guide: register, step 5") for line in lines)
    assert any(line.startswith("login_tries ") and "value=5" in line and line.endswith("assumed") for line in lines)
    assert not list(bare.folder.iterdir()), "the rules need no store"


def test_the_rules_as_json_have_the_figures_in_force(bare: Terminal) -> None:
    rows = {row["name"]: row for row in json.loads(bare.run("rules", "--json", "--login-tries", "7").out)}

    assert rows["login_tries"]["value"] == 7
    assert rows["internet_password"]["min"] == 13
    assert rows["weekdays"] == {
        "name": "weekdays",
        "kind": "window",
        "source": "guide: login, step 3 (table)",
        "start_hour": 5,
        "end_hour": 6,
        "stated": True,
    }


@pytest.mark.parametrize(
    ("words", "attribute", "pair"),
    [
        (("--sunday-holiday", "weekdays"), "value", ["sunday", "weekdays"]),
        (("--holidays=+2025-12-24,-2025-07-01",), "holidays", [[], ["-2025-07-01", "+2025-12-24"]]),
    ],
)
def test_two_portals_that_close_otherwise_do_not_have_the_same_rules(
    bare: Terminal, words: tuple[str, ...], attribute: str, pair: list[object]
) -> None:
    (old := bare.folder / "old.json").write_text(bare.run("rules", "--json").out)
    (new := bare.folder / "new.json").write_text(bare.run("rules", "--json", *words).out)

    said = bare.run("rules", "diff", "--json", str(old), str(new))

    assert (said.code, json.loads(said.out)["changed"]) == (1, {"sunday_holiday": {attribute: pair}})


def test_the_schema_judges_as_the_portal_does(bare: Terminal) -> None:
    schema = json.loads(bare.run("rules", "--schema").out)

    Draft202012Validator.check_schema(schema)
    prefix = Draft202012Validator(schema["$defs"]["identity_prefix"])
    assert prefix.is_valid("ZA12")
    assert not prefix.is_valid("ZA12\n")
    assert not prefix.is_valid("AC123456")
