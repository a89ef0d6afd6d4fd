from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import NOON, SECOND, hash_runs, journalled, last, meanwhile, session, signed_in, told, user

if TYPE_CHECKING:
    from ipportal.portal import Portal

STEP = "login/form"
RIGHT = {"internet_user_id": "NimChi07", "internet_password": "Practice20257"}
WRONG = {"internet_user_id": "NimChi07", "internet_password": "Practice20258"}
UNKNOWN = {"internet_user_id": "NOBODY00", "internet_password": "Practice20257"}


def test_a_login_begins_a_session_and_is_remembered_as_the_last(portal: Portal) -> None:
    session_id, problems = portal.login.enter(RIGHT)

    assert problems == {}
    assert session_id
    assert session(portal, session_id).folded_id == "nimchi07"
    assert user(portal, "NimChi07").last_login_at == NOON
    assert last(portal) == (STEP, "done", "", "99000707")


def test_a_user_is_told_the_login_before_this_one(portal: Portal) -> None:
    session_id = signed_in(portal, "registered")

    previous = session(portal, session_id).previous_login_at
    assert previous
    assert previous.isoformat() == "2025-03-28T10:33:31+08:00"


@pytest.mark.parametrize("internet_user_id", ["nimchi07", "NIMCHI07", "nIMcHI07"])
def test_the_case_of_the_internet_user_id_does_not_matter(portal: Portal, internet_user_id: str) -> None:
    session_id, _ = portal.login.enter(RIGHT | {"internet_user_id": internet_user_id})

    assert session_id


def test_the_case_of_the_password_matters(portal: Portal) -> None:
    _, problems = portal.login.enter(RIGHT | {"internet_password": "practice20257"})

    assert told(problems) == {"form": "wrong_credentials"}


def test_both_fields_are_asked_for_at_once(portal: Portal) -> None:
    session_id, problems = portal.login.enter({})

    assert session_id is None
    assert told(problems) == {"internet_user_id": "required", "internet_password": "required"}
    assert last(portal) == (STEP, "refused", "internet_user_id=required,internet_password=required", "")


def test_a_format_problem_is_no_try(portal: Portal) -> None:
    portal.login.enter(RIGHT | {"internet_password": "Practice2025"})

    assert user(portal, "NimChi07").failed_tries == 0


def test_an_unknown_id_and_a_wrong_password_get_the_same_message(portal: Portal) -> None:
    unknown = portal.login.enter(UNKNOWN)

    wrong = portal.login.enter(WRONG)

    assert unknown == wrong
    assert told(wrong[1]) == {"form": "wrong_credentials"}


def test_the_journal_knows_an_unknown_id_from_a_wrong_password(portal: Portal) -> None:
    portal.login.enter(UNKNOWN)
    portal.login.enter(WRONG)

    assert journalled(portal)[-2:] == [
        (STEP, "refused", "no_such_user", ""),
        (STEP, "refused", "wrong_credentials", "99000707"),
    ]


def test_a_cancelled_id_is_as_unknown_as_any(portal: Portal) -> None:
    _, problems = portal.login.enter({"internet_user_id": "GONE0016", "internet_password": "Practice20216"})

    assert told(problems) == {"form": "wrong_credentials"}
    assert last(portal) == (STEP, "refused", "no_such_user", "")


def test_the_fifth_wrong_password_in_a_row_locks_the_id(portal: Portal) -> None:
    refused = [told(portal.login.enter(WRONG)[1])["form"] for _ in range(5)]

    assert refused == ["wrong_credentials"] * 4 + ["locked"]
    assert user(portal, "NimChi07").locked
    assert last(portal) == (STEP, "refused", "locked", "99000707")


def test_after_four_wrong_passwords_the_right_one_opens_and_begins_the_count_anew(portal: Portal) -> None:
    for _ in range(4):
        portal.login.enter(WRONG)

    session_id, _ = portal.login.enter(RIGHT)

    assert session_id
    assert user(portal, "NimChi07").failed_tries == 0
    assert [told(portal.login.enter(WRONG)[1])["form"] for _ in range(4)] == ["wrong_credentials"] * 4


@pytest.mark.parametrize("password", ["Practice20214", "Practice20215"])
def test_a_locked_id_opens_to_no_password(portal: Portal, password: str) -> None:
    session_id, problems = portal.login.enter({"internet_user_id": "LOCKED14", "internet_password": password})

    assert session_id is None
    assert told(problems) == {"form": "locked"}
    assert user(portal, "LOCKED14").last_login_at != NOON
    assert last(portal) == (STEP, "refused", "locked", "99001414")


def test_a_locked_primary_account_suspends_the_login(portal: Portal) -> None:
    portal.tables.accounts.update("99000707", locked=True)

    session_id, problems = portal.login.enter(RIGHT)

    assert session_id is None
    assert told(problems) == {"form": "suspended"}
    assert portal.tables.sessions.where() == []
    assert last(portal) == (STEP, "refused", "suspended", "99000707")


def test_suspension_is_told_only_to_who_knows_the_password(portal: Portal) -> None:
    portal.tables.accounts.update("99000707", locked=True)

    _, problems = portal.login.enter(WRONG)

    assert told(problems) == {"form": "wrong_credentials"}


def test_an_id_without_accounts_is_suspended(portal: Portal) -> None:
    portal.tables.links.delete(folded_id="nimchi07")

    _, problems = portal.login.enter(RIGHT)

    assert told(problems) == {"form": "suspended"}
    assert last(portal) == (STEP, "refused", "suspended", "")


def test_a_password_changed_while_the_old_one_was_judged_lets_nobody_in(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: portal.tables.users.update("nimchi07", internet_password_hash="another"))

    session_id, problems = portal.login.enter(RIGHT)

    assert session_id is None
    assert told(problems) == {"form": "wrong_credentials"}


@pytest.mark.parametrize(
    "typed",
    [
        RIGHT,
        WRONG,
        UNKNOWN,
        {"internet_user_id": "LOCKED14", "internet_password": "Practice20214"},
        {"internet_user_id": "GONE0016", "internet_password": "Practice20216"},
    ],
)
def test_every_answer_costs_one_hash_run(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, typed: dict[str, str]
) -> None:
    runs = hash_runs(monkeypatch)

    portal.login.enter(typed)

    assert runs == [typed["internet_password"]]


def test_a_suspended_login_costs_one_hash_run(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    portal.tables.accounts.update("99000707", locked=True)
    runs = hash_runs(monkeypatch)

    portal.login.enter(RIGHT)

    assert runs == ["Practice20257"]


def test_logging_out_leaves_nothing_of_the_session(portal: Portal) -> None:
    session_id = signed_in(portal, "registered")

    portal.login.leave(session_id)

    assert portal.tables.sessions.where() == []
    assert last(portal) == ("logout", "done", "", "99000707")


@pytest.mark.parametrize("session_id", [None, "guessed"])
def test_logging_out_without_a_session_does_nothing(portal: Portal, session_id: str | None) -> None:
    before = journalled(portal)

    portal.at(NOON + SECOND).login.leave(session_id)

    assert journalled(portal) == before
