"""What a portal saves of itself it also takes back, at its limits too."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flows.test_cancel_confirm import HO_FUNG, RIGHT
from props import MINE, SECOND, new_portal, shared, solved

from ipportal.checkpoints import Shelf
from ipportal.clock import LATEST, RealClock
from ipportal.scenarios import in_force, named, seed

if TYPE_CHECKING:
    from pathlib import Path

    from ipportal.portal import Portal


def test_a_class_of_hundreds(tmp_path: Path) -> None:
    portal = new_portal()
    people = (
        MINE.partition("internet_user_id")[0]
        .replace('"mine"', f'"mine-{number}"')
        .replace('"99100001", "99100002"', f'"99{number:06}"')
        .replace("Somebody", "Somebody of the class who is named at length")
        for number in range(600)
    )
    file = tmp_path / "class.toml"
    file.write_text("\n".join(people), encoding="utf-8")
    seed(portal, named(str(file), portal.settings), anew=True)

    text = Shelf(portal).snapshot()
    Shelf(portal).restore(text)

    assert len(text) > 200_000
    assert len(in_force(portal).people) == 600


@pytest.mark.parametrize("name", ["第一\u3000課", "a\u00a0b", "\u200bx"])
def test_a_scenario_whose_files_name_no_page_could_show(tmp_path: Path, name: str) -> None:
    portal = new_portal()
    file = tmp_path / f"{name}.toml"
    file.write_text(MINE, encoding="utf-8")
    seed(portal, named(str(file), portal.settings), anew=True)

    Shelf(portal).restore(Shelf(portal).snapshot())

    reason = portal.journal.entries()[0].reason
    assert reason == "".join(each for each in name if each.isprintable())


def test_an_id_that_is_cancelled_at_the_end_of_time(portal: Portal) -> None:
    late = portal.at(LATEST - timedelta(days=1))
    late.stored_clock.set(late.clock.now())
    draft_id, _ = late.cancel.form("visit", HO_FUNG | solved(late, "visit"))
    assert late.cancel.confirm(draft_id, RIGHT) == {}

    Shelf(late).restore(Shelf(late).snapshot())

    held = late.tables.cancelled_ids.get("hofung08")
    assert held
    assert held.free_at == LATEST


def test_a_clock_that_has_run_to_the_end_of_time() -> None:
    portal = shared(new_portal())
    over = LATEST - RealClock().now() + SECOND
    portal.tables.remember("clock", {"shift_seconds": over.total_seconds()})
    portal.register.terms({"agree": "yes"})
    portal.suspensions.begin(portal.clock.now() + SECOND)

    Shelf(portal).restore(Shelf(portal).snapshot())

    assert portal.stored_clock.reading() == (LATEST, "shifted")
    assert portal.journal.entries()[-1].portal_time == LATEST
