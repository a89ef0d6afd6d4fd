from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, SECOND, session, signed_in, user

if TYPE_CHECKING:
    from ipportal.portal import Portal

IDLE = timedelta(minutes=15)
WHOLE = timedelta(hours=8)


@pytest.mark.parametrize(
    ("age", "why"), [(timedelta(0), ""), (IDLE - SECOND, ""), (IDLE, "expired"), (IDLE + SECOND, "expired")]
)
def test_a_session_ends_after_fifteen_idle_minutes(portal: Portal, age: timedelta, why: str) -> None:
    session_id = signed_in(portal, "registered")

    found, reason = portal.at(NOON + age).sessions.find(session_id)

    assert (found is None) == bool(why)
    assert reason == why


@pytest.mark.parametrize(("age", "why"), [(WHOLE - SECOND, ""), (WHOLE, "expired")])
def test_a_busy_session_ends_after_eight_hours(portal: Portal, age: timedelta, why: str) -> None:
    session_id = signed_in(portal, "registered")
    portal.at(NOON + WHOLE - timedelta(minutes=1)).sessions.touch(session(portal, session_id))

    found, reason = portal.at(NOON + age).sessions.find(session_id)

    assert (found is None) == bool(why)
    assert reason == why


def test_a_clock_set_back_before_the_login_ends_the_session(portal: Portal) -> None:
    session_id = signed_in(portal, "registered")

    found = portal.at(NOON - SECOND).sessions.find(session_id)

    assert found == (None, "expired")


def test_a_clock_set_back_before_the_last_visit_ends_the_session(portal: Portal) -> None:
    session_id = signed_in(portal, "registered")
    portal.at(NOON + timedelta(minutes=10)).sessions.touch(session(portal, session_id))

    found = portal.at(NOON + timedelta(minutes=5)).sessions.find(session_id)

    assert found == (None, "expired")


def test_a_visit_gives_the_session_fifteen_minutes_more(portal: Portal) -> None:
    session_id = signed_in(portal, "registered")

    portal.at(NOON + timedelta(minutes=10)).sessions.touch(session(portal, session_id))

    found, _ = portal.at(NOON + timedelta(minutes=25) - SECOND).sessions.find(session_id)
    assert found
    assert portal.at(NOON + timedelta(minutes=25)).sessions.find(session_id) == (None, "expired")


def test_a_session_lives_for_all_of_its_fifteen_minutes(portal: Portal) -> None:
    begun = NOON + timedelta(milliseconds=900)
    session_id = signed_in(portal.at(begun), "registered")
    moments = [begun + timedelta(minutes=15) - timedelta(microseconds=1), begun + timedelta(minutes=15)]

    assert [portal.at(each).sessions.find(session_id)[1] for each in moments] == ["", "expired"]


@pytest.mark.parametrize("milliseconds", [1000, 1900])
def test_a_visit_a_second_later_is_written_with_all_of_its_time(portal: Portal, milliseconds: int) -> None:
    session_id = signed_in(portal, "registered")
    moment = NOON + timedelta(milliseconds=milliseconds)

    portal.at(moment).sessions.touch(session(portal, session_id))

    assert session(portal, session_id).seen_at == moment


def test_two_visits_in_one_second_are_written_once(portal: Portal) -> None:
    session_id = signed_in(portal, "registered")
    seen = session(portal, session_id)
    portal.tables.sessions.update(session_id, seen_at=NOON - SECOND)

    portal.at(NOON + timedelta(milliseconds=900)).sessions.touch(seen)

    assert session(portal, session_id).seen_at == NOON - SECOND


@pytest.mark.parametrize(("session_id", "why"), [(None, ""), ("", ""), ("guessed", "expired")])
def test_a_guessed_session_is_no_session(portal: Portal, session_id: str | None, why: str) -> None:
    assert portal.sessions.find(session_id) == (None, why)


def test_the_latest_login_ends_the_earlier_one_and_says_so_there(portal: Portal) -> None:
    earlier = signed_in(portal, "registered")

    later = signed_in(portal, "registered")

    assert portal.sessions.find(earlier) == (None, "elsewhere")
    assert portal.sessions.find(later) == (session(portal, later), "")


def test_a_login_does_not_touch_another_users_session(portal: Portal) -> None:
    theirs = signed_in(portal, "registered-linked")

    signed_in(portal, "registered")

    assert portal.sessions.find(theirs)[1] == ""


def test_a_login_sweeps_away_the_users_sessions_of_yesterday(portal: Portal) -> None:
    yesterday = signed_in(portal, "registered")

    signed_in(portal.at(NOON + WHOLE + SECOND), "registered")

    assert portal.tables.sessions.get(yesterday) is None


def test_of_many_sessions_under_a_clock_that_stands_still_some_fifty_can_say_why_they_are_over(portal: Portal) -> None:
    ids = [signed_in(portal, "registered") for _ in range(60)]

    renewed = portal.sessions.renew(session(portal, ids[-1]), "internet_password")

    told = [portal.sessions.find(each)[1] for each in ids]
    assert told.count("elsewhere") == 49
    assert (told[-1], len(portal.tables.sessions.where())) == ("changed", 51)
    assert portal.sessions.find(renewed)[0]


def test_what_began_later_than_a_clock_that_was_set_back_is_the_first_to_go(portal: Portal) -> None:
    for _ in range(30):
        signed_in(portal.at(NOON + WHOLE), "registered")
    ids = [signed_in(portal, "registered") for _ in range(40)]

    assert [portal.sessions.find(each)[1] for each in ids] == ["elsewhere"] * 39 + [""]


def test_a_renewed_session_goes_on_under_a_new_name_from_its_old_beginning(portal: Portal) -> None:
    old = session(portal, signed_in(portal, "registered"))

    new_id = portal.at(NOON + SECOND).sessions.renew(old)

    assert new_id != old.session_id
    seen = replace(old, session_id=new_id, seen_at=NOON + SECOND)  # what renewed it was a visit
    assert portal.at(NOON + SECOND).sessions.find(new_id) == (seen, "")
    assert session(portal, old.session_id).successor == new_id


def test_a_renewal_ends_the_users_other_sessions_as_changed(portal: Portal) -> None:
    mine = session(portal, signed_in(portal, "registered"))
    portal.tables.sessions.insert(replace(mine, session_id="other window"))
    theirs = signed_in(portal, "registered-linked")

    portal.sessions.renew(mine)

    assert portal.sessions.find("other window") == (None, "changed")
    assert portal.sessions.find(mine.session_id) == (None, "changed")
    assert portal.sessions.find(theirs)[1] == ""


def test_a_session_that_ended_elsewhere_still_says_so_after_a_change(portal: Portal) -> None:
    elsewhere = signed_in(portal, "registered")
    here = session(portal, signed_in(portal, "registered"))

    portal.sessions.renew(here)

    assert portal.sessions.find(elsewhere) == (None, "elsewhere")


def test_nothing_is_left_of_a_session_that_was_ended(portal: Portal) -> None:
    session_id = signed_in(portal, "registered")

    portal.sessions.end(session_id)

    assert portal.tables.sessions.where() == []


def test_ending_a_user_ends_all_their_sessions_and_nobody_elses(portal: Portal) -> None:
    signed_in(portal, "registered")
    signed_in(portal, "registered")
    theirs = signed_in(portal, "registered-linked")

    portal.sessions.end_user("nimchi07")

    assert [each.session_id for each in portal.tables.sessions.where()] == [theirs]


def test_a_session_remembers_the_login_before_it(portal: Portal) -> None:
    first = session(portal, signed_in(portal, "registered-first-login-due"))
    second = session(portal, signed_in(portal.at(NOON + SECOND), "registered-first-login-due"))

    assert first.previous_login_at is None
    assert second.previous_login_at == NOON
    assert user(portal, "LongTin6").last_login_at == NOON + SECOND
