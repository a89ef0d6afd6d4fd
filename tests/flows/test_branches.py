"""The branches that are listed are those that a journal can show, and a journal is counted by them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from props import CHAN, NOON, at_confirm, at_details, new_portal, signed_in, solved

from ipportal.flows.branches import BRANCHES, STEPS, reached, summary, told
from ipportal.rules import FIELDS
from ipportal.rules.vectors import vectors
from ipportal.store.schema import JournalEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.portal import Portal

HO_FUNG = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"}
RIGHT, WRONG = {"basic_password": "31415926"}, {"basic_password": "31415927"}


def entry(step: str, reason: str = "", outcome: str = "refused", **judged: str) -> JournalEntry:
    told = {field: {"length": 1, "classes": {}, "branch": branch} for field, branch in judged.items()}
    return JournalEntry(1, NOON, NOON, step, outcome, reason, "", {}, told)


def details(portal: Portal, **typed: str) -> None:
    draft_id = at_details(portal)
    portal.register.details(draft_id, CHAN | solved(portal, draft_id) | typed)


def linked_to_a_locked_account(portal: Portal) -> None:
    portal.tables.accounts.update("99000402", locked=True)
    details(portal, basic_user_id="99000401", identity_prefix="ZC78", linked_basic_user_id_2="99000402")


def change(portal: Portal, key: str, **typed: str) -> None:
    session_id = signed_in(portal, key)
    plain = {"new_basic_password": "73915026", "new_basic_password_again": "73915026"}
    portal.basic_password.change(session_id, plain | solved(portal, session_id) | typed)


def enter(portal: Portal, name: str, password: str = "Practice20258") -> None:
    portal.login.enter({"internet_user_id": name, "internet_password": password})


def leave(portal: Portal) -> None:
    portal.login.leave(signed_in(portal, "registered"))


def cancel(portal: Portal, **typed: str) -> str:
    draft_id, _ = portal.cancel.form("visit", HO_FUNG | solved(portal, "visit") | typed)
    return draft_id or ""


SCENES: dict[str, Callable[[Portal], object]] = {
    "register/terms.not_agreed": lambda portal: portal.register.terms({"agree": "no"}),
    "register/terms.done": lambda portal: portal.register.terms({"agree": "yes"}),
    "register/kind.stale": lambda portal: portal.register.kind(None, {"account_kind": "personal"}),
    "register/kind.done": at_details,
    "register/details.stale": lambda portal: portal.register.details(None, CHAN),
    "register/details.captcha_wrong": lambda portal: details(portal, captcha="PASS13"),
    "register/details.captcha_expired": lambda portal: details(portal, captcha_id="x"),
    "register/details.no_such_account": lambda portal: details(portal, basic_user_id="99999999"),
    "register/details.other_kind": lambda portal: details(portal, basic_user_id="99000303"),
    "register/details.other_prefix": lambda portal: details(portal, identity_prefix="ZA13"),
    "register/details.locked": linked_to_a_locked_account,
    "register/details.already_registered": lambda portal: details(
        portal, basic_user_id="99000707", identity_prefix="ZE11"
    ),
    "register/details.taken": lambda portal: details(portal, internet_user_id="HOFUNG08"),
    "register/details.recently_cancelled": lambda portal: details(portal, internet_user_id="GONE0016"),
    "register/details.done": at_confirm,
    "register/confirm.stale": lambda portal: portal.register.confirm(None, RIGHT),
    "register/confirm.reviewed_another_revision": lambda portal: portal.register.confirm(
        at_confirm(portal), RIGHT | {"revision": "99"}
    ),
    "register/confirm.wrong_basic_password": lambda portal: portal.register.confirm(at_confirm(portal), WRONG),
    "register/confirm.done": lambda portal: portal.register.confirm(at_confirm(portal), RIGHT),
    "login/form.no_such_user": lambda portal: enter(portal, "Nobody01"),
    "login/form.wrong_credentials": lambda portal: enter(portal, "HoFung08", "Practice20259"),
    "login/form.locked": lambda portal: enter(portal, "LOCKED14", "Practice20214"),
    "login/form.done": lambda portal: enter(portal, "HoFung08"),
    "logout.done": leave,
    "basic_password/form.stale": lambda portal: portal.basic_password.change("x", {}),
    "basic_password/form.issued": lambda portal: change(
        portal, "registered-first-login-due", basic_password="26457513"
    ),
    "basic_password/form.done": lambda portal: change(portal, "registered", basic_password="28284271"),
    "basic_password/form.wrong_basic_password": lambda portal: change(portal, "registered", basic_password="28284272"),
    "basic_password/form.reused": lambda portal: change(
        portal,
        "registered",
        basic_password="28284271",
        new_basic_password="28284271",
        new_basic_password_again="28284271",
    ),
    "cancel/form.done": cancel,
    "cancel/form.captcha_expired": lambda portal: cancel(portal, captcha_id="x"),
    "cancel/form.no_such_user": lambda portal: cancel(portal, internet_user_id="Nobody01"),
    "cancel/confirm.stale": lambda portal: portal.cancel.confirm(None, RIGHT),
    "cancel/confirm.wrong_basic_password": lambda portal: portal.cancel.confirm(cancel(portal), WRONG),
    "cancel/confirm.done": lambda portal: portal.cancel.confirm(cancel(portal), {"basic_password": "33166247"}),
}


@pytest.mark.parametrize("branch", SCENES)
def test_a_branch_is_reached_where_a_visitor_takes_it(portal: Portal, branch: str) -> None:
    before = reached(portal.journal.entries())

    SCENES[branch](portal)

    taken = reached(portal.journal.entries())
    step = branch.rpartition(".")[0]
    assert before[branch] == 0
    assert {name: count for name, count in taken.items() if name.startswith(f"{step}.")} == {branch: 1}


@pytest.mark.parametrize("branch", [each for each in SCENES if not each.endswith(("done", "issued", "not_agreed"))])
def test_a_visitor_is_told_of_a_reason_where_and_as_it_is_said_here(portal: Portal, branch: str) -> None:
    SCENES[branch](portal)

    step, _, reason = branch.rpartition(".")
    assert told(step, reason) in portal.journal.entries()[-1].codes.items()


@pytest.mark.parametrize("name", [rule.name for rule in FIELDS])
def test_the_branches_of_a_field_are_those_that_its_vectors_take(name: str) -> None:
    journal = new_portal().journal
    taken = {
        f"{name}.{journal.hearing([name], vector.given).judged[name]['branch']}"
        for vector in vectors()
        if vector.rule == name
    }

    assert taken == {branch for branch in BRANCHES if branch.rpartition(".")[0] == name}


def test_no_branch_is_listed_twice_and_every_step_can_be_done() -> None:
    assert len(set(BRANCHES)) == len(BRANCHES)
    assert [step for step, reasons in STEPS.items() if "done" not in reasons] == []


def test_every_field_of_an_entry_is_counted_in_whatever_step_it_was_typed() -> None:
    entries = [
        entry("register/details", "captcha=length", basic_user_id="accepted", captcha="length_short"),
        entry("cancel/form", "captcha=length,internet_user_id=chars", captcha="length_short", internet_user_id="chars"),
    ]

    assert reached(entries) == {
        "basic_user_id.accepted": 1,
        "captcha.length_short": 2,
        "internet_user_id.chars": 1,
    }


def test_every_exact_reason_of_an_entry_counts_once() -> None:
    reason = "basic_user_id=other_kind,linked_basic_user_id_2=other_kind,taken"

    assert reached([entry("register/details", reason)]) == {
        "register/details.other_kind": 1,
        "register/details.taken": 1,
    }


def test_what_was_done_with_a_remark_is_a_branch_of_its_own() -> None:
    entries = [entry("basic_password/form", outcome="done"), entry("basic_password/form", "issued", outcome="done")]

    assert reached(entries) == {"basic_password/form.done": 1, "basic_password/form.issued": 1}


@pytest.mark.parametrize(
    "strange",
    [entry("seed", "default", outcome="done"), entry("login/form", "form=no_such_code"), entry("", "")],
    ids=repr,
)
def test_an_entry_that_is_no_submit_reaches_nothing(strange: JournalEntry) -> None:
    assert reached([strange]) == {}


def test_a_judgement_without_a_branch_reaches_nothing() -> None:
    judged: dict[str, Any] = {"captcha": {"length": 6}}

    assert reached([JournalEntry(1, NOON, NOON, "login/form", "refused", "x", "", {}, judged)]) == {}


def test_the_summary_counts_branches_and_not_visits() -> None:
    parts = summary(Counter({"agree.yes": 7, "agree.no": 0, "register/details.taken": 1}))

    assert parts["agree"] == (1, 3)
    assert parts["register/details"] == (1, 11)
    assert parts["captcha"] == (0, 5)
    assert sum(total for _, total in parts.values()) == len(BRANCHES)
    assert sum(some for some, _ in parts.values()) == 2
