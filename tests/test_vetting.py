"""Scenarios that come as text, the empty one, and what staff put in by hand are held to the same rules as a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from houses import rows
from props import MINE, PEOPLE, new_portal, scenario_file

from ipportal.people import EMPTY, INLINE, Scenario, parse, read
from ipportal.scenarios import in_force, seed
from ipportal.store.schema import Notice
from ipportal.vetting import CheckpointError, ScenarioError, vet, vet_notice, vet_person

if TYPE_CHECKING:
    from ipportal.portal import Portal

WORDS = {"zh-Hant": "某", "en": "X", "zh-Hans": "某"}
NOTICE = Notice("TRN-1", "2025-01-01", "training", WORDS, WORDS)
PERSON = PEOPLE["registered"]


def test_a_scenario_of_text_is_the_one_of_a_file_with_that_text(tmp_path: Path) -> None:
    inline, filed = parse(INLINE, MINE), read(scenario_file(tmp_path, MINE))

    assert inline.people == filed.people
    assert (inline.name, inline.text, filed.text) == ("inline", MINE, MINE)


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("[[people", "file", "inline"),
        ("people = " + "[" * 5000, "file", "inline"),
        ("\0", "file", "inline"),
        ("title = 1", "unknown", "title"),
        ('[[faults]]\nkind = []\nstep = "home"', "value", "faults[0].kind"),
        ('[[faults]]\nkind = "delay"\nstep = { a = 1 }', "value", "faults[0].step"),
        (MINE + MINE, "value", "key"),
        (MINE.replace("9910", "0410"), "invented", "mine"),
        (MINE.replace('en = "practice"', 'fr = "x"'), "words", "mine"),
        (MINE.replace('en = "practice"', 'en = " "'), "words", "mine"),
        (MINE.replace('en = "practice"', r'en = "\n\u200B\u3164\u00AD \U000E0041"'), "words", "mine"),
    ],
)
def test_a_scenario_of_text_is_refused_by_code_and_place(text: str, code: str, where: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        parse(INLINE, text)

    assert (refused.value.code, refused.value.where) == (code, where)


def test_the_empty_scenario_has_nobody_in_it_and_no_file() -> None:
    assert read(EMPTY) == Scenario("empty", (), ())
    assert parse(INLINE, "").people == ()


def test_a_portal_of_nobody_is_filled_once_and_stays_so() -> None:
    portal = new_portal(scenario=EMPTY)

    seeded = [seed(portal), seed(portal)]

    assert seeded == [read(EMPTY), None]
    assert in_force(portal) == read(EMPTY)
    assert portal.tables.accounts.where() == []


def test_a_scenario_is_remembered_by_its_text_so_that_its_file_may_go(tmp_path: Path) -> None:
    inline, filed = new_portal(), new_portal(scenario=(path := scenario_file(tmp_path, MINE)))

    seed(inline, parse(INLINE, MINE))
    seed(filed)

    told = [fact.value for portal in (inline, filed) if (fact := portal.tables.facts.get("scenario"))]
    assert told == [{"name": "inline", "text": MINE}, {"name": path, "text": MINE}]
    Path(path).unlink()
    assert in_force(filed) == parse(path, MINE)


def test_a_reset_may_begin_at_a_moment_at_which_the_clock_then_stands(portal: Portal) -> None:
    moment = portal.clock.now()

    seed(portal, anew=True, now=moment)

    assert portal.stored_clock.reading() == (moment, "frozen")
    entry = portal.journal.entries()[0]
    assert (entry.step, entry.reason) == ("reset", "default")


def test_a_reset_that_fails_half_way_leaves_everything(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows(portal)
    monkeypatch.setattr("ipportal.seeds.put", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        seed(portal, anew=True)

    assert rows(portal) == before


def test_a_person_and_a_notice_that_fit_are_let_in() -> None:
    vet_person(PERSON)
    vet_notice(NOTICE)

    vet(Scenario("x", (PERSON,), (NOTICE,)))


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"basic_user_ids": ("04000001",)}, "invented", "registered"),
        ({"basic_user_ids": ()}, "value", "registered.basic_user_ids"),
        ({"locked": "yes"}, "value", "registered.locked"),
        ({"last_login": "2025-03-28"}, "value", "registered.last_login"),
        ({"internet_user_id": None}, "value", "registered.internet_user_id"),
        ({"internet_password": None}, "value", "registered.internet_password"),
        ({"names": {"en": "X"}}, "words", "registered"),
    ],
)
def test_a_person_that_does_not_fit_is_refused(changes: dict[str, object], code: str, where: str) -> None:
    person = replace(PERSON, **changes)  # type: ignore[arg-type]

    with pytest.raises(ScenarioError) as refused:
        vet_person(person)

    assert (refused.value.code, refused.value.where) == (code, where)


@pytest.mark.parametrize(
    ("people", "notices", "where"),
    [
        ((PERSON, replace(PEOPLE["history-11"], key="registered")), (), "key"),
        ((PERSON, replace(PEOPLE["history-11"], basic_user_ids=PERSON.basic_user_ids)), (), "basic_user_ids"),
        ((PERSON, replace(PEOPLE["history-11"], internet_user_id="NIMCHI07")), (), "internet_user_id"),
        ((), (NOTICE, replace(NOTICE, topic="general")), "reference"),
    ],
)
def test_what_can_be_only_once_is_refused_the_second_time(
    people: tuple[object, ...], notices: tuple[Notice, ...], where: str
) -> None:
    with pytest.raises(ScenarioError) as refused:
        vet(Scenario("x", people, notices))  # type: ignore[arg-type]

    assert (refused.value.code, refused.value.where) == ("value", where)


@pytest.mark.parametrize("kind", [ScenarioError, CheckpointError])
def test_a_refusal_carries_its_code_and_place(kind: type[ScenarioError | CheckpointError]) -> None:
    refusal = kind("row", "users[0]")

    assert (refusal.code, refusal.where, refusal.args) == ("row", "users[0]", ("row", "users[0]"))
