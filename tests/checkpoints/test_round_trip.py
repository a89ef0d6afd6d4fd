"""A snapshot that is restored is the state that it was taken of, whatever was done before."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from checkpoints.forge import furnished, own
from deeds import DEEDS
from houses import house_at, rows
from props import MINE, NOON, new_portal, scenario_file, signed_in

from ipportal.checkpoints import Shelf
from ipportal.checkpoints.files import LEFT_BEHIND, STAYING_FACTS
from ipportal.people import EMPTY, INLINE, parse, read
from ipportal.places import IDENTITY
from ipportal.scenarios import cookie_key, in_force, seed

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.portal import Portal


def taken(portal: Portal) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows that a checkpoint takes along."""
    found = {name: found for name, found in rows(portal).items() if name not in LEFT_BEHIND}
    found["facts"] = [each for each in found["facts"] if each[0] not in {*STAYING_FACTS, "faults"}]
    return found


@pytest.mark.parametrize("chance", range(12))
def test_whatever_was_done_a_snapshot_brings_it_back_elsewhere(seeded: Portal, chance: int) -> None:
    portal, other, dice = own(seeded), own(seeded), Random(chance)
    for deed in dice.choices(DEEDS, k=60):
        deed(portal, dice)
    before = taken(portal)

    Shelf(other).restore(Shelf(portal).snapshot())

    assert taken(other) == before
    assert json.loads(Shelf(other).snapshot())["tables"] == json.loads(Shelf(portal).snapshot())["tables"]


def test_a_row_of_every_table_is_brought_back_in_the_same_workspace(seeded: Portal) -> None:
    portal = furnished(own(seeded))
    before, text = taken(portal), Shelf(portal).snapshot()
    seed(portal, read(EMPTY), anew=True)

    Shelf(portal).restore(text)

    assert taken(portal) == before
    assert all(before.values())


def test_a_checkpoint_of_one_workspace_opens_in_another_which_stays_itself(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    one, other = house.create("one"), house.create("other", read(EMPTY))
    furnished(one)
    birth, key = other.tables.facts.get(IDENTITY), cookie_key(other.tables)

    Shelf(other).restore(Shelf(one).snapshot())

    assert taken(other) == taken(one)
    assert (other.tables.facts.get(IDENTITY), cookie_key(other.tables)) == (birth, key)
    assert house.get("other").name == "other"


def test_no_secret_of_the_server_is_in_a_snapshot(tmp_path: Path) -> None:
    portal = house_at(tmp_path).create("one")
    seed(main := new_portal())
    birth = portal.tables.facts.get(IDENTITY)
    assert birth

    text = Shelf(portal).snapshot() + Shelf(main).snapshot()

    assert birth.value["birth"] not in text
    assert cookie_key(main.tables) not in text
    assert "access_tries" not in text


def test_faults_do_not_travel_and_are_disarmed_by_a_restore(seeded: Portal) -> None:
    portal, other = own(seeded), own(seeded)
    for each in (portal, other):
        each.faults.arm(kind="error_500", step="home", moment="page", times=0)

    text = Shelf(portal).snapshot()
    Shelf(other).restore(text)

    assert "error_500" not in text
    assert other.standing().armed == ()
    assert len(portal.standing().armed) == 1


def test_a_restore_forgets_open_links_and_challenges_and_makes_one_link(seeded: Portal) -> None:
    portal = own(seeded)
    text = Shelf(portal).snapshot()
    Shelf(portal).restore(text)
    portal.captcha.issue("a visit")

    opened = Shelf(portal).restore(text)

    assert [each.ticket_id for each in portal.tables.tickets.where()] == [opened.ticket_id]
    assert portal.tables.challenges.where() == []


def test_the_clock_stands_again_where_it_stood(seeded: Portal) -> None:
    portal = own(seeded)
    portal.stored_clock.set(NOON)
    text = Shelf(portal).snapshot()
    portal.stored_clock.follow()

    Shelf(portal).restore(text)

    assert portal.stored_clock.reading() == (NOON, "frozen")


def test_a_journal_whose_numbers_leave_no_room_is_counted_anew(seeded: Portal) -> None:
    portal = own(seeded)
    portal.tables.journal.delete()
    for step in ("home", "logout", "home"):
        portal.journal.note(step)
    file = json.loads(Shelf(portal).snapshot())
    at = file["columns"]["journal"].index("sequence")
    for row, number in zip(file["tables"]["journal"], (2**53 - 1, 2**53 - 3, 7), strict=True):
        row[at] = number

    Shelf(portal).restore(json.dumps(file))
    portal.journal.note("logout")

    assert [entry.step for entry in portal.journal.entries()] == ["home", "logout", "home", "logout"]
    assert portal.journal.entries()[-1].sequence < 2**40
    Shelf(portal).restore(Shelf(portal).snapshot())


def test_a_scenario_of_ones_own_goes_along_as_its_text(tmp_path: Path, seeded: Portal) -> None:
    portal = new_portal(scenario=scenario_file(tmp_path, MINE))
    seed(portal)
    text = Shelf(portal).snapshot()
    (tmp_path / "class.toml").unlink()

    Shelf(other := own(seeded)).restore(text)

    assert str(tmp_path) not in json.dumps(json.loads(text)["tables"]["facts"])
    assert in_force(other) == parse(INLINE, MINE)


def answer(portal: Portal) -> str:
    now = portal.standing().portal
    return now.captcha.answer(now.captcha.issue("a visit"))


def test_a_seeded_captcha_goes_on_where_it_was(seeded: Portal) -> None:
    portal = own(seeded)
    portal.captcha.choose("seeded", "", "7")
    portal.standing().portal.captcha.issue("a visit")
    text = Shelf(portal).snapshot()
    wanted = answer(portal)

    Shelf(portal).restore(text)

    assert answer(portal) == wanted


@pytest.mark.parametrize("first", ["session", "draft"])
def test_a_snapshot_opens_where_its_newest_living_visit_is(seeded: Portal, first: str) -> None:
    portal = own(seeded)
    portal.stored_clock.set(NOON)
    portal, later = portal.at(NOON), portal.at(NOON.replace(minute=5))
    session_id = signed_in(portal if first == "session" else later, "registered")
    draft_id, _ = (later if first == "session" else portal).register.terms({"agree": "yes"})
    portal.stored_clock.set(NOON.replace(minute=6))

    opened = Shelf(portal).restore(Shelf(portal).snapshot())

    ticket = portal.tables.tickets.get(opened.ticket_id)
    assert ticket
    told = ({"register": draft_id}, "/register/kind") if first == "session" else ({"signed_in": session_id}, "/account")
    assert (ticket.cookie, ticket.path) == (told[0], opened.path) == told


def test_visits_that_are_over_open_nothing_but_the_home_page(seeded: Portal) -> None:
    portal = own(seeded)
    signed_in(portal, "registered")
    portal.register.terms({"agree": "yes"})
    portal.stored_clock.set(NOON.replace(hour=23))

    opened = Shelf(portal).restore(Shelf(portal).snapshot())

    ticket = portal.tables.tickets.get(opened.ticket_id)
    assert ticket
    assert (ticket.cookie, opened.path) == ({}, "/")
