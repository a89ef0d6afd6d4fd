from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import CHAN, NOON, at_confirm, at_details, dump, journalled, last, signed_in, solved

from ipportal.clock import RealClock
from ipportal.flows.faults import STEPS as FAULTS
from ipportal.flows.journal import OUTCOMES, STEPS, UnknownStep
from ipportal.rules import Problem

if TYPE_CHECKING:
    from ipportal.portal import Portal

CANARY = "CANARY"
EVERY_FIELD = (
    "agree",
    "account_kind",
    *CHAN,
    "linked_basic_user_id_2",
    "linked_basic_user_id_3",
    "linked_basic_user_id_4",
    "captcha",
    "basic_password",
    "current_internet_password",
    "new_basic_password",
    "new_basic_password_again",
    "revision",
)


def test_the_steps_and_outcomes_are_those_that_were_agreed() -> None:
    assert [*STEPS] == [*FAULTS, "safety/access", "seed", "reset"]
    assert OUTCOMES == ("done", "refused", "declined", "fault")


def test_a_step_that_nobody_could_ask_for_is_a_bug(portal: Portal) -> None:
    before = journalled(portal)

    with pytest.raises(UnknownStep):
        portal.journal.note("register/anything")

    assert journalled(portal) == before


def test_an_entry_carries_portal_time_real_time_step_outcome_reason_and_account(portal: Portal) -> None:
    before = RealClock().now()

    portal.journal.note("login/form", "a reason", account="99000707", outcome="refused")

    entry = portal.journal.entries()[-1]
    assert entry.portal_time == NOON
    assert before <= entry.real_time <= RealClock().now()
    assert last(portal) == ("login/form", "refused", "a reason", "99000707")


def test_entries_are_ordered_by_sequence_though_the_clock_went_back(portal: Portal) -> None:
    portal.journal.note("home")
    portal.at(NOON - timedelta(days=1)).journal.note("login/form")

    first, second = portal.journal.entries()[-2:]

    assert (first.step, second.step) == ("home", "login/form")
    assert first.sequence < second.sequence


def test_a_reader_may_ask_for_what_came_after_an_entry(portal: Portal) -> None:
    portal.journal.note("home")
    seen = portal.journal.entries()[-1].sequence
    portal.journal.note("login/form")

    assert [entry.step for entry in portal.journal.entries(after=seen)] == ["login/form"]


def test_the_newest_entry_of_a_visitor_is_none_before_somebody_comes(portal: Portal) -> None:
    before = portal.journal.last()
    portal.journal.note("home")
    portal.journal.note("login/form")

    newest = portal.journal.last()

    assert before is None
    assert newest == portal.journal.entries()[-1]


@pytest.mark.parametrize(
    ("reason", "journalled_as"), [("", "form=locked,captcha=captcha_wrong"), ("no_such_user", "no_such_user")]
)
def test_a_refusals_reason_is_the_exact_one_or_else_its_codes(portal: Portal, reason: str, journalled_as: str) -> None:
    problems = {"form": Problem("locked"), "captcha": Problem("captcha_wrong")}

    returned = portal.journal.refuse("login/form", problems, reason=reason, account="99000707")

    assert returned is problems
    assert last(portal) == ("login/form", "refused", journalled_as, "99000707")


@pytest.mark.parametrize("shape", [f"{CANARY}-" + "9" * 40, f"{CANARY}\0", CANARY])
def test_what_breaks_a_format_is_stored_nowhere(portal: Portal, shape: str) -> None:
    kind, confirm, visit = at_details(portal), at_confirm(portal), signed_in(portal, "registered")
    typed = dict.fromkeys(EVERY_FIELD, shape)

    portal.register.terms(typed)
    portal.register.kind(kind, typed)
    portal.register.details(kind, typed)
    portal.register.confirm(confirm, typed)
    portal.login.enter(typed)
    portal.basic_password.change(visit, typed)
    portal.account.change_internet_password(portal.tables.sessions.where()[0], typed)
    portal.cancel.form("visit", typed)
    portal.cancel.confirm(_cancelling(portal), typed)

    assert [outcome for _, outcome, _, _ in journalled(portal)].count("refused") == 9
    assert CANARY not in dump(portal)


def test_a_longer_identity_value_is_stored_nowhere(portal: Portal) -> None:
    draft_id = at_details(portal)

    portal.register.details(draft_id, CHAN | {"identity_prefix": "ZA123456"} | solved(portal, draft_id))

    assert last(portal) == ("register/details", "refused", "identity_prefix=length", "")
    assert "ZA1234" not in dump(portal)


def test_a_whole_journey_leaves_no_secret_in_the_store_and_no_identity_value_in_the_journal(portal: Portal) -> None:
    draft_id = at_confirm(portal)
    portal.register.confirm(draft_id, {"basic_password": "86420864"})
    portal.register.confirm(draft_id, {"basic_password": "31415926"})
    portal.login.enter({"internet_user_id": "LokShan1", "internet_password": "Wrong12345678"})
    visit, _ = portal.login.enter({"internet_user_id": "LokShan1", "internet_password": "Rehearse20251"})
    assert visit
    new = {"new_basic_password": "24682468", "new_basic_password_again": "24682468"}
    visit, _ = portal.basic_password.change(visit, new | {"basic_password": "31415926"} | solved(portal, visit))
    again = {"internet_password": "Changed202512", "internet_password_again": "Changed202512"}
    session = portal.tables.sessions.get(visit)
    assert session
    portal.account.change_internet_password(session, again | {"current_internet_password": "Rehearse20251"})
    cancel, _ = portal.cancel.form("visit", _login("LokShan1", "Changed202512") | solved(portal, "visit"))
    problems = portal.cancel.confirm(cancel, {"basic_password": "24682468"})

    assert problems == {}
    secrets = ("31415926", "86420864", "24682468", "Rehearse20251", "Wrong12345678", "Changed202512")
    assert [secret for secret in secrets if secret in dump(portal)] == []
    assert [value for value in ("ZA12", "LokShan1", "lokshan1", "PASS12") if value in dump(portal, "journal")] == []


def test_an_unknown_account_is_journalled_without_the_number_that_was_typed(portal: Portal) -> None:
    draft_id = at_details(portal)

    portal.register.details(draft_id, CHAN | {"basic_user_id": "04000001"} | solved(portal, draft_id))

    assert last(portal) == ("register/details", "refused", "basic_user_id=no_such_account", "")
    assert "04000001" not in dump(portal)


def test_an_unknown_internet_user_id_is_stored_nowhere(portal: Portal) -> None:
    portal.login.enter(_login("GHOST000", "Practice20257"))
    portal.cancel.form("visit", _login("GHOST000", "Practice20257") | solved(portal, "visit"))

    assert [reason for _, _, reason, _ in journalled(portal)][-2:] == ["no_such_user", "no_such_user"]
    assert "ghost000" not in dump(portal).lower()


def _login(internet_user_id: str, internet_password: str) -> dict[str, str]:
    return {"internet_user_id": internet_user_id, "internet_password": internet_password}


def _cancelling(portal: Portal) -> str:
    draft_id, _ = portal.cancel.form("visit", _login("HoFung08", "Practice20258") | solved(portal, "visit"))
    assert draft_id
    return draft_id
