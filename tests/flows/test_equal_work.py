"""A refusal costs what a success costs: as many hash runs, each as dear, so that time tells nothing.

The other flows' tests count theirs: login, confirmation, cancellation and both changes of a password.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import CHAN, PEOPLE, WORD, at_details, signed_in, solved

from ipportal.flows.passwords import gate

if TYPE_CHECKING:
    from ipportal.portal import Portal


@pytest.fixture
def costs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that grows by the algorithm and cost of every hash run."""
    found: list[str] = []
    run = gate.run

    def counted(secret: str, salt: str) -> str:
        found.append(salt[:7])
        return run(secret, salt)

    monkeypatch.setattr(gate, "run", counted)
    return found


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"captcha": "WRONG1"},
        {"captcha_id": "guessed"},
        {"basic_user_id": "99999999"},
        {"basic_user_id": "99000707"},
        {"identity_prefix": "ZZ98"},
        {"internet_user_id": "NimChi07"},
        {"internet_user_id": "GONE0016"},
        {"linked_basic_user_id_2": "99000102"},
        {"basic_user_id": "99001515"},
    ],
)
def test_details_cost_one_run_whatever_the_store_says(portal: Portal, costs: list[str], typed: dict[str, str]) -> None:
    draft_id = at_details(portal)

    portal.register.details(draft_id, CHAN | solved(portal, draft_id) | typed)

    assert costs == ["$2b$04$"]


def test_details_sent_twice_cost_two_runs_whether_they_say_the_same_or_not(portal: Portal, costs: list[str]) -> None:
    draft_id = at_details(portal)
    typed = CHAN | solved(portal, draft_id)
    portal.register.details(draft_id, typed)

    for again in ({}, {"internet_user_id": "OtherOne"}, {"internet_password": "Rehearse20252"} | AGAIN):
        costs.clear()
        portal.register.details(draft_id, typed | again)
        assert costs == ["$2b$04$"] * 2


AGAIN = {"internet_password_again": "Rehearse20252"}


@pytest.mark.parametrize("key", ["registered", "locked-internet", "cancelled", None])
def test_a_login_costs_one_run_as_dear_as_any_whoever_it_is(portal: Portal, costs: list[str], key: str | None) -> None:
    known = PEOPLE[key] if key else None
    internet_user_id = str(known.internet_user_id) if known else "Nobody00"

    portal.login.enter({"internet_user_id": internet_user_id, "internet_password": "Practice20250"})
    portal.cancel.form(
        "a visit",
        {"internet_user_id": internet_user_id, "internet_password": "Practice20250"} | solved(portal, "a visit"),
    )

    assert costs == ["$2b$04$"] * 2


@pytest.mark.parametrize("current", ["28284271", "00000000"])
@pytest.mark.parametrize("new", ["86420135", "28284271"])
@pytest.mark.parametrize("captcha", [WORD, "WRONG1"])
def test_a_change_of_the_basic_password_costs_two_runs(
    portal: Portal, costs: list[str], current: str, new: str, captcha: str
) -> None:
    session_id = signed_in(portal, "registered")
    costs.clear()
    typed = {"basic_password": current, "new_basic_password": new, "new_basic_password_again": new}

    portal.basic_password.change(session_id, typed | solved(portal, session_id) | {"captcha": captcha})

    assert costs == ["$2b$04$"] * 2
