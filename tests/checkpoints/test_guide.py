"""Each of the guide's 23 steps is reached with a state in which its screen opens and its person can go on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from checkpoints.forge import own
from props import NOON, new_portal

from ipportal.checkpoints import NEW_BASIC_PASSWORD, STEPS, TYPED, Shelf
from ipportal.flows.register import FLOW, PLAIN
from ipportal.people import DEFAULT, EMPTY, read
from ipportal.scenarios import in_force, seed

if TYPE_CHECKING:
    from ipportal.portal import Portal
    from ipportal.store.schema import Ticket

MODES = ["real", "fixed", "seeded", "reveal", "always_wrong", "expired"]
FILLED = {
    "register-5": (),
    "register-6": ("basic_user_id",),
    "register-7": ("basic_user_id", "identity_prefix"),
    "register-8": ("basic_user_id", "identity_prefix", "internet_user_id"),
    "register-9": ("basic_user_id", "identity_prefix", "internet_user_id"),
}


def opened(portal: Portal, name: str) -> Ticket:
    """Open a checkpoint and return its ticket."""
    found = Shelf(portal).open(name)
    assert found
    ticket = portal.tables.tickets.get(found.ticket_id)
    assert ticket
    assert ticket.path == found.path
    return ticket


def test_there_are_thirteen_steps_of_registration_and_ten_of_the_first_login() -> None:
    wanted = [f"register-{each}" for each in range(1, 14)] + [f"login-{each}" for each in range(1, 11)]

    assert list(STEPS) == wanted


@pytest.mark.parametrize("name", [name for name in STEPS if name.startswith("register")])
def test_a_step_of_the_registration_opens_on_the_screen_that_its_draft_has_reached(seeded: Portal, name: str) -> None:
    portal = own(seeded)

    ticket = opened(portal, name)

    draft = portal.standing().portal.register.draft(ticket.cookie.get("register"))
    page = ticket.path.partition("#")[0].removeprefix("/register/").removeprefix("/")
    assert (draft is None) == (page in {"", "terms"})
    assert page in {"", "terms"} or (draft and FLOW.furthest(draft.facts) == page)


@pytest.mark.parametrize("name", FILLED)
def test_the_details_are_filled_in_up_to_the_step(seeded: Portal, name: str) -> None:
    portal = own(seeded)

    ticket = opened(portal, name)

    draft = portal.register.draft(ticket.cookie["register"])
    assert draft
    assert {key: draft.facts[key] for key in PLAIN if key in draft.facts} == {key: TYPED[key] for key in FILLED[name]}


@pytest.mark.parametrize("name", ["register-10", "register-11"])
def test_the_review_of_the_guide_can_be_confirmed(seeded: Portal, name: str) -> None:
    portal = own(seeded)
    ticket = opened(portal, name)

    problems = portal.register.confirm(ticket.cookie["register"], TYPED)

    assert problems == {}
    assert portal.tables.users.get("lokshan1")


@pytest.mark.parametrize("name", ["register-12", "register-13"])
def test_a_finished_registration_can_sign_in(seeded: Portal, name: str) -> None:
    portal = own(seeded)
    ticket = opened(portal, name)

    session_id, problems = portal.login.enter(TYPED)

    assert (bool(session_id), problems) == (True, {})
    assert portal.tables.drafts.where()[0].draft_id == ticket.cookie["register"]


@pytest.mark.parametrize("name", ["login-5", "login-6", "login-7", "login-8"])
def test_the_first_login_waits_for_a_new_basic_password(seeded: Portal, name: str) -> None:
    portal = own(seeded)

    session_id = opened(portal, name).cookie["signed_in"]

    session, _ = portal.sessions.find(session_id)
    assert session
    assert portal.account.linked(session)[0].issued


@pytest.mark.parametrize("name", ["login-9", "login-10"])
def test_after_the_change_the_account_opens_with_the_published_password(seeded: Portal, name: str) -> None:
    portal = own(seeded)

    session_id = opened(portal, name).cookie["signed_in"]

    session, _ = portal.sessions.find(session_id)
    assert session
    account = portal.account.linked(session)[0]
    assert not account.issued
    assert portal.staff.hasher.check(NEW_BASIC_PASSWORD, account.basic_password_hash)


@pytest.mark.parametrize("name", ["register-1", "register-2", "register-3", "login-1", "login-2", "login-3", "login-4"])
def test_the_first_screens_need_no_visit(seeded: Portal, name: str) -> None:
    portal = own(seeded)

    ticket = opened(portal, name)

    assert ticket.cookie == {}
    assert [*portal.tables.drafts.where(), *portal.tables.sessions.where()] == []


@pytest.mark.parametrize("name", STEPS)
def test_every_step_can_be_saved_shared_and_opened_elsewhere(seeded: Portal, name: str) -> None:
    portal, other = own(seeded), own(seeded)
    opened(portal, name)

    Shelf(other).restore(Shelf(portal).snapshot())

    assert other.tables.drafts.where() == portal.tables.drafts.where()
    assert other.tables.sessions.where() == portal.tables.sessions.where()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["register-12", "login-10"])
def test_a_step_is_reached_in_every_captcha_mode_which_stays(seeded: Portal, name: str, mode: str) -> None:
    portal = own(seeded)
    portal.captcha.choose(mode, "ABC123" if mode == "fixed" else "", "7")

    ticket = opened(portal, name)

    assert set(ticket.cookie) == ({"register"} if name.startswith("register") else {"signed_in"})
    assert portal.standing().portal.settings.captcha_mode == mode


def test_clock_and_suspension_stay_while_practice_data_begins_anew_and_faults_go(seeded: Portal) -> None:
    portal = own(seeded)
    portal.stored_clock.set(NOON)
    portal.suspensions.begin(NOON.replace(hour=13))
    portal.faults.arm(kind="error_500", step="home", moment="page")
    portal.staff.lock_account("99000101")

    ticket = opened(portal, "login-10")

    standing = portal.standing()
    assert (standing.portal.clock.now(), standing.clock_mode, standing.armed) == (NOON, "frozen", ())
    assert standing.portal.suspension
    session = portal.tables.sessions.get(ticket.cookie["signed_in"])
    assert session
    assert session.begun_at == NOON
    account = portal.tables.accounts.get("99000101")
    assert account
    assert not account.locked


def test_practice_data_that_begins_anew_is_dated_by_the_portals_clock(seeded: Portal) -> None:
    portal = own(seeded)
    portal.stored_clock.set(NOON)

    opened(portal, "register-4")

    (held,) = portal.tables.cancelled_ids.where()
    assert held.free_at == NOON + timedelta(days=30)
    assert portal.stored_clock.reading() == (NOON, "frozen")


def test_a_step_opens_in_a_workspace_that_began_with_nobody(seeded: Portal) -> None:
    portal = own(seeded)
    seed(portal, read(EMPTY), anew=True)

    opened(portal, "register-13")

    assert in_force(portal) == read(DEFAULT)


def test_without_its_person_the_first_login_has_no_visit() -> None:
    assert STEPS["login-5"].reach(new_portal()) == {}


@pytest.mark.parametrize("name", ["login-11", "register-0", "", "Register-1", "register-1 "])
def test_a_name_that_is_no_step_and_was_not_saved_opens_nothing(seeded: Portal, name: str) -> None:
    portal = own(seeded)
    before = portal.tables.facts.dump()

    assert Shelf(portal).open(name) is None
    assert portal.tables.facts.dump() == before
