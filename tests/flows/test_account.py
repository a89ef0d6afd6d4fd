from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import SECOND, hash_runs, last, meanwhile, session, signed_in, told, user

from ipportal.flows.account import FUNCTIONS, REHEARSED

if TYPE_CHECKING:
    from ipportal.portal import Portal

STEP = "account/internet"
CHANGE = {
    "current_internet_password": "Practice20258",
    "internet_password": "Changed202512",
    "internet_password_again": "Changed202512",
}
OLD = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"}
NEW = {"internet_user_id": "HoFung08", "internet_password": "Changed202512"}


def test_the_menu_has_the_guides_nineteen_functions_in_its_order() -> None:
    assert (
        *("notices", "instruction", "counterparties", "subscription", "dividend", "voting", "eipo", "tender"),
        *("withdrawal", "enquiry", "statement", "particulars", "forms", "internet", "contact", "rules", "terms"),
        *("phone", "exit"),
    ) == FUNCTIONS
    assert len(FUNCTIONS) == 19


def test_only_the_functions_of_the_first_house_are_rehearsed() -> None:
    assert {"notices", "internet", "contact", "rules", "terms", "phone", "exit"} == REHEARSED


def test_a_user_sees_their_accounts_with_the_primary_one_first(portal: Portal) -> None:
    visit = session(portal, signed_in(portal, "registered-linked"))

    linked = portal.account.linked(visit)

    assert [(each.basic_user_id, each.issued) for each in linked] == [
        ("99000801", False),
        ("99000802", True),
        ("99000803", True),
    ]
    assert portal.account.user(visit) == user(portal, "HoFung08")


def test_the_board_shows_the_newest_notice_first_and_all_of_them_unread(portal: Portal) -> None:
    board = portal.account.board(session(portal, signed_in(portal, "registered")))

    assert [(row.notice.reference, row.unread) for row in board] == [
        ("TRN20250324-01", True),
        ("SYS20250317-02", True),
        ("GEN20250303-01", True),
    ]


def test_an_opened_notice_becomes_read_for_its_reader_only(portal: Portal) -> None:
    mine = session(portal, signed_in(portal, "registered"))
    theirs = session(portal, signed_in(portal, "registered-linked"))

    notice = portal.account.open_notice(mine, "SYS20250317-02")

    assert notice == portal.account.notice("SYS20250317-02")
    assert [row.unread for row in portal.account.board(mine)] == [True, False, True]
    assert [row.unread for row in portal.account.board(theirs)] == [True, True, True]


def test_a_notice_opened_twice_is_read_once(portal: Portal) -> None:
    visit = session(portal, signed_in(portal, "registered"))
    portal.account.open_notice(visit, "SYS20250317-02")

    again = portal.account.open_notice(visit, "SYS20250317-02")

    assert again
    assert len(portal.tables.notices_read.where()) == 1


def test_a_notice_that_is_not_there_is_none_and_becomes_nothing(portal: Portal) -> None:
    visit = session(portal, signed_in(portal, "registered"))

    assert portal.account.open_notice(visit, "XXX20250101-01") is None
    assert portal.account.notice("XXX20250101-01") is None
    assert portal.tables.notices_read.where() == []


def test_a_changed_internet_password_opens_and_the_old_one_does_not(portal: Portal) -> None:
    _, problems = portal.account.change_internet_password(
        session(portal, signed_in(portal, "registered-linked")), CHANGE
    )

    assert problems == {}
    assert last(portal) == (STEP, "done", "", "99000801")
    assert told(portal.login.enter(OLD)[1]) == {"form": "wrong_credentials"}
    assert portal.login.enter(NEW)[1] == {}


def test_the_change_goes_on_in_a_new_session_and_ends_the_old_one(portal: Portal) -> None:
    old = signed_in(portal, "registered-linked")

    new, _ = portal.account.change_internet_password(session(portal, old), CHANGE)

    assert new != old
    assert portal.sessions.find(new)[1] == ""
    assert portal.sessions.find(old) == (None, "changed")


def test_the_new_internet_password_follows_the_rules_of_the_registration(portal: Portal) -> None:
    visit = session(portal, signed_in(portal, "registered-linked"))
    typed = {"internet_password": "1234567890123", "internet_password_again": "1234567890124"}

    answer, problems = portal.account.change_internet_password(visit, typed)

    assert answer == visit.session_id
    assert told(problems) == {
        "current_internet_password": "required",
        "internet_password": "mixed",
        "internet_password_again": "differs",
    }
    reason = "current_internet_password=required,internet_password=mixed,internet_password_again=differs"
    assert last(portal) == (STEP, "refused", reason, "")


def test_a_wrong_current_internet_password_is_counted_and_keeps_the_session(portal: Portal) -> None:
    visit = session(portal, signed_in(portal, "registered-linked"))

    answer, problems = portal.account.change_internet_password(
        visit, CHANGE | {"current_internet_password": "Practice20259"}
    )

    assert answer == visit.session_id
    assert told(problems) == {"current_internet_password": "wrong_credentials"}
    assert user(portal, "HoFung08").failed_tries == 1
    assert portal.sessions.find(answer)[1] == ""
    assert last(portal) == (STEP, "refused", "current_internet_password=wrong_credentials", "99000801")


def test_the_fifth_wrong_current_password_locks_the_id_and_ends_the_session(portal: Portal) -> None:
    visit = session(portal, signed_in(portal, "registered-linked"))
    wrong = CHANGE | {"current_internet_password": "Practice20259"}

    refused = [told(portal.account.change_internet_password(visit, wrong)[1]) for _ in range(5)]

    assert refused == [{"current_internet_password": "wrong_credentials"}] * 4 + [{"form": "locked"}]
    assert user(portal, "HoFung08").locked
    assert portal.tables.sessions.where() == []
    assert last(portal) == (STEP, "refused", "form=locked", "99000801")


def test_a_change_in_a_session_that_ended_is_stale(portal: Portal) -> None:
    earlier = session(portal, signed_in(portal, "registered-linked"))
    signed_in(portal.at(earlier.begun_at + SECOND), "registered-linked")

    _, problems = portal.account.change_internet_password(earlier, CHANGE)

    assert told(problems) == {"form": "stale"}
    assert portal.login.enter(OLD)[1] == {}


def test_a_change_for_a_user_who_is_gone_is_stale(portal: Portal) -> None:
    visit = session(portal, signed_in(portal, "registered-linked"))
    portal.tables.links.delete(folded_id="hofung08")
    portal.tables.users.delete(folded_id="hofung08")

    _, problems = portal.account.change_internet_password(visit, CHANGE)

    assert told(problems) == {"form": "stale"}
    assert last(portal) == (STEP, "refused", "form=stale", "")


def test_a_password_changed_while_it_was_judged_is_stale(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = session(portal, signed_in(portal, "registered-linked"))
    meanwhile(monkeypatch, lambda: portal.tables.users.update("hofung08", internet_password_hash="another"))

    _, problems = portal.account.change_internet_password(visit, CHANGE)

    assert told(problems) == {"form": "stale"}
    assert user(portal, "HoFung08").internet_password_hash == "another"
    assert last(portal) == (STEP, "refused", "form=stale", "99000801")


@pytest.mark.parametrize("branch", ["changed", "wrong", "ended", "gone"])
def test_every_answer_after_the_format_costs_two_hash_runs(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, branch: str
) -> None:
    visit = session(portal, signed_in(portal, "registered-linked"))
    typed = CHANGE | ({"current_internet_password": "Practice20259"} if branch == "wrong" else {})
    if branch == "ended":
        portal.sessions.end_user("hofung08")
    if branch == "gone":
        portal.tables.users.delete(folded_id="hofung08")
    runs = hash_runs(monkeypatch)

    portal.account.change_internet_password(visit, typed)

    assert runs == [typed["current_internet_password"], "Changed202512"]
