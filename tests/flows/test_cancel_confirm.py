"""The confirmation of a cancelling: one commit, and what it refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import (
    CHAN,
    NOON,
    SECOND,
    account,
    at_details,
    draft,
    hash_runs,
    last,
    meanwhile,
    signed_in,
    solved,
    tables_of,
    told,
)

from ipportal.rules import Problem

if TYPE_CHECKING:
    from ipportal.portal import Portal

STEP = "cancel/confirm"
HO_FUNG = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"}
RIGHT = {"basic_password": "33166247"}
WRONG = {"basic_password": "33166248"}
AGAIN = CHAN | {"basic_user_id": "99000802", "identity_prefix": "ZF22"}


def asked(portal: Portal) -> str:
    draft_id, _ = portal.cancel.form("visit", HO_FUNG | solved(portal, "visit"))
    assert draft_id
    return draft_id


def test_id_links_read_marks_and_sessions_go_and_the_id_is_kept_from_others(portal: Portal) -> None:
    visit = portal.tables.sessions.get(signed_in(portal, "registered-linked"))
    theirs = signed_in(portal, "registered")
    assert visit
    portal.account.open_notice(visit, "SYS20250317-02")
    draft_id = asked(portal)

    problems = portal.cancel.confirm(draft_id, RIGHT)

    assert problems == {}
    gone = ("users", "links", "sessions", "notices_read")
    assert [name for name in gone if tables_of(portal)[name].where(folded_id="hofung08")] == []
    assert portal.sessions.find(theirs)[1] == ""
    held = portal.tables.cancelled_ids.get("hofung08")
    assert held
    assert held.free_at == NOON + timedelta(days=30)
    assert last(portal) == (STEP, "done", "", "99000801")


def test_the_draft_remembers_the_id_its_primary_account_and_the_day_it_is_free_again(portal: Portal) -> None:
    draft_id = asked(portal)

    portal.cancel.confirm(draft_id, RIGHT)

    assert draft(portal, draft_id).facts == {
        "internet_user_id": "HoFung08",
        "basic_user_id": "99000801",
        "cancelled": True,
        "free_at": "2025-04-30T12:00:00+08:00",
        "basic_password_hash": account(portal, "99000801").basic_password_hash,
    }


@pytest.mark.parametrize(
    ("age", "refused"),
    [
        (timedelta(0), {"internet_user_id": "taken"}),
        (timedelta(days=30) - SECOND, {"internet_user_id": "taken"}),
        (timedelta(days=30), {}),
    ],
)
def test_the_id_is_free_again_after_thirty_days(portal: Portal, age: timedelta, refused: dict[str, str]) -> None:
    portal.cancel.confirm(asked(portal), RIGHT)
    later = portal.at(NOON + age)
    draft_id = at_details(later)

    problems = later.register.details(draft_id, AGAIN | {"internet_user_id": "HOFUNG08"} | solved(later, draft_id))

    assert told(problems) == refused


def test_the_accounts_are_free_at_once(portal: Portal) -> None:
    portal.cancel.confirm(asked(portal), RIGHT)
    draft_id = at_details(portal)
    portal.register.details(draft_id, AGAIN | solved(portal, draft_id))

    assert portal.register.confirm(draft_id, RIGHT) == {}


def test_a_wrong_basic_password_is_counted_and_cancels_nothing(portal: Portal) -> None:
    problems = portal.cancel.confirm(asked(portal), WRONG)

    assert problems == {"basic_password": Problem("wrong_basic_password", {"left": 2})}
    assert portal.tables.users.get("hofung08")
    assert last(portal) == (STEP, "refused", "basic_password=wrong_basic_password", "99000801")


def test_the_third_wrong_basic_password_locks_the_account_and_ends_the_draft(portal: Portal) -> None:
    draft_id = asked(portal)

    refused = [told(portal.cancel.confirm(draft_id, WRONG)) for _ in range(3)]

    assert refused == [{"basic_password": "wrong_basic_password"}] * 2 + [{"form": "locked"}]
    assert account(portal, "99000801").locked
    assert portal.cancel.draft(draft_id) is None
    assert last(portal) == (STEP, "refused", "form=locked", "99000801")


def test_an_account_locked_since_cannot_be_cancelled_with_the_right_password(portal: Portal) -> None:
    draft_id = asked(portal)
    portal.tables.accounts.update("99000801", locked=True)

    assert told(portal.cancel.confirm(draft_id, RIGHT)) == {"form": "locked"}
    assert portal.tables.users.get("hofung08")


@pytest.mark.parametrize(("typed", "code"), [({}, "required"), ({"basic_password": "3316624"}, "length")])
def test_a_format_problem_is_no_try(portal: Portal, typed: dict[str, str], code: str) -> None:
    problems = portal.cancel.confirm(asked(portal), typed)

    assert told(problems) == {"basic_password": code}
    assert account(portal, "99000801").failed_tries == 0
    assert last(portal) == (STEP, "refused", f"basic_password={code}", "")


def test_a_basic_password_changed_while_it_was_judged_is_stale(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    draft_id = asked(portal)
    meanwhile(monkeypatch, lambda: portal.tables.accounts.update("99000801", basic_password_hash="another"))

    assert told(portal.cancel.confirm(draft_id, RIGHT)) == {"form": "stale"}
    assert last(portal) == (STEP, "refused", "form=stale", "99000801")


@pytest.mark.parametrize("branch", ["right", "wrong", "repeated", "gone"])
def test_every_answer_costs_one_hash_run(portal: Portal, monkeypatch: pytest.MonkeyPatch, branch: str) -> None:
    draft_id = asked(portal)
    other = asked(portal)
    if branch in {"repeated", "gone"}:
        portal.cancel.confirm(draft_id if branch == "repeated" else other, RIGHT)
    typed = WRONG if branch == "wrong" else RIGHT
    runs = hash_runs(monkeypatch)

    portal.cancel.confirm(draft_id, typed)

    assert runs == [typed["basic_password"]]


@pytest.mark.parametrize("draft_id", [None, "guessed"])
@pytest.mark.parametrize("typed", [RIGHT, {"basic_password": "9" * 100}])
def test_without_a_draft_it_is_stale_and_nothing_typed_is_hashed(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, draft_id: str | None, typed: dict[str, str]
) -> None:
    runs = hash_runs(monkeypatch)

    assert told(portal.cancel.confirm(draft_id, typed)) == {"form": "stale"}
    assert runs == []
    assert last(portal) == (STEP, "refused", "form=stale", "")
