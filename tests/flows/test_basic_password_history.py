"""Not the current password and not one of the twelve before it (guide: login, the note of step 6)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from props import PEOPLE, account, hash_runs, last, signed_in, solved, told

if TYPE_CHECKING:
    from ipportal.flows import Problems
    from ipportal.portal import Portal


def change(portal: Portal, session_id: str, current: str, new: str) -> tuple[str, Problems]:
    typed = {"basic_password": current, "new_basic_password": new, "new_basic_password_again": new}
    return portal.basic_password.change(session_id, typed | solved(portal, session_id))


@pytest.mark.parametrize(
    ("key", "current", "new", "refused"),
    [
        ("history-11", "40000011", "40000011", True),
        ("history-11", "40000011", "41110001", True),
        ("history-11", "40000011", "41110011", True),
        ("history-11", "40000011", "41110012", False),
        ("history-12", "40000012", "40000012", True),
        ("history-12", "40000012", "42220001", True),
        ("history-12", "40000012", "42220012", True),
        ("history-12", "40000012", "42220013", False),
        ("history-13", "40000013", "40000013", True),
        ("history-13", "40000013", "43330001", True),
        ("history-13", "40000013", "43330012", True),
        ("history-13", "40000013", "43330013", False),
        ("registered-first-login-due", "26457513", "26457513", True),
    ],
)
def test_the_current_password_and_the_twelve_before_it_are_refused(
    portal: Portal, key: str, current: str, new: str, *, refused: bool
) -> None:
    session_id = signed_in(portal, key)

    _, problems = change(portal, session_id, current, new)

    assert told(problems) == ({"new_basic_password": "reused"} if refused else {})


@pytest.mark.parametrize("key", ["history-11", "history-12", "history-13"])
def test_every_published_past_password_of_the_last_twelve_is_refused(portal: Portal, key: str) -> None:
    session_id = signed_in(portal, key)
    person = PEOPLE[key]

    codes = [
        told(change(portal, session_id, person.basic_password, past)[1]) for past in person.past_basic_passwords[:12]
    ]

    assert codes == [{"new_basic_password": "reused"}] * min(12, len(person.past_basic_passwords))


def test_a_reused_password_changes_nothing_and_keeps_the_session(portal: Portal) -> None:
    session_id = signed_in(portal, "history-12")
    before = (account(portal, "99001212"), portal.tables.past_passwords.where())

    answer, problems = change(portal, session_id, "40000012", "42220012")

    assert answer == session_id
    assert problems["new_basic_password"].figures == {"history": 12}
    assert before == (account(portal, "99001212"), portal.tables.past_passwords.where())
    assert portal.sessions.find(session_id)[1] == ""
    assert last(portal) == ("basic_password/form", "refused", "new_basic_password=reused", "99001212")


def test_whether_a_password_was_used_is_told_only_to_who_knows_the_current_one(portal: Portal) -> None:
    session_id = signed_in(portal, "history-12")

    _, problems = change(portal, session_id, "11111111", "42220012")

    assert told(problems) == {"basic_password": "wrong_basic_password"}


def test_a_change_pushes_the_thirteenth_password_out_of_the_history(portal: Portal) -> None:
    session_id = signed_in(portal, "history-12")
    session_id, _ = change(portal, session_id, "40000012", "50000001")

    _, again = change(portal, session_id, "50000001", "42220011")
    _, oldest = change(portal, session_id, "50000001", "42220012")

    assert told(again) == {"new_basic_password": "reused"}
    assert oldest == {}


def test_thirteen_changes_in_a_row_bring_the_first_password_back(portal: Portal) -> None:
    session_id = signed_in(portal, "registered-first-login-due")
    passwords = ["26457513", *(f"600000{each:02}" for each in range(13))]
    for current, new in pairwise(passwords):
        session_id, problems = change(portal, session_id, current, new)
        assert problems == {}

    _, problems = change(portal, session_id, passwords[-1], "26457513")

    assert problems == {}
    kept = portal.tables.past_passwords.where(basic_user_id="99000606")
    assert [each.number for each in kept] == list(range(3, 15))  # the fourteenth pushed out the first two


def test_a_change_forgets_no_past_password_of_another_account(portal: Portal) -> None:
    others = [each for each in portal.tables.past_passwords.where() if each.basic_user_id != "99001313"]
    session_id = signed_in(portal, "history-13")

    assert change(portal, session_id, "40000013", "50000001")[1] == {}

    left = portal.tables.past_passwords.where()
    assert len([each for each in left if each.basic_user_id == "99001313"]) == 12
    assert [each for each in left if each.basic_user_id != "99001313"] == others


def test_an_account_keeps_one_salt_for_its_whole_history_and_shares_it_with_no_other(portal: Portal) -> None:
    session_id = signed_in(portal, "history-12")

    change(portal, session_id, "40000012", "50000001")

    salts = {
        each.basic_user_id: {each.basic_password_hash[:29]}
        | {
            past.basic_password_hash[:29]
            for past in portal.tables.past_passwords.where(basic_user_id=each.basic_user_id)
        }
        for each in portal.tables.accounts.where()
    }
    assert {len(each) for each in salts.values()} == {1}
    assert len(set().union(*salts.values())) == len(salts)


CHANGE = {"basic_password": "40000012", "new_basic_password": "50000001", "new_basic_password_again": "50000001"}
REUSED = {"new_basic_password": "42220012", "new_basic_password_again": "42220012"}


@pytest.mark.parametrize(
    ("branch", "typed"),
    [
        ("changed", {}),
        ("reused", REUSED),
        ("wrong", {"basic_password": "11111111"}),
        ("wrong and reused", REUSED | {"basic_password": "11111111"}),
        ("captcha", {"captcha": "PASS13"}),
        ("locked", {}),
        ("elsewhere", {}),
        ("repeated", {}),
        ("guessed", {"basic_password": "11111111"}),
    ],
)
def test_every_answer_after_the_format_costs_two_hash_runs(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, branch: str, typed: dict[str, str]
) -> None:
    session_id = signed_in(portal, "history-12")
    typed = CHANGE | solved(portal, session_id) | typed
    if branch == "locked":
        portal.tables.accounts.update("99001212", locked=True)
    if branch == "elsewhere":
        signed_in(portal, "history-12")
    if branch in {"repeated", "guessed"}:
        portal.basic_password.change(session_id, typed | CHANGE)
    runs = hash_runs(monkeypatch)

    portal.basic_password.change(session_id, typed)

    assert runs == [typed["basic_password"], typed["new_basic_password"]]
