"""A form that has changed the basic password, sent again with another new one: used up, and no wrong try."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flows.test_basic_password_repeat import GUESSES, OTHER_NEW, STALE, STEP, changed
from props import account, last, told

if TYPE_CHECKING:
    from ipportal.portal import Portal


@pytest.mark.parametrize("page", ["old", "new"])
def test_a_repeat_with_another_new_password_is_stale_no_try_and_uses_the_form_up(portal: Portal, page: str) -> None:
    session_id, typed = changed(portal, page)
    before = account(portal, "99000606")

    answer, problems = portal.basic_password.change(session_id, typed | OTHER_NEW)

    assert (answer, told(problems)) == (session_id, STALE)
    assert last(portal) == (STEP, "refused", "changed", "99000606")
    expected = {"old": STALE, "new": {"captcha": "captcha_expired"}}[page]
    marked = {"captcha_id": f"{typed['captcha_id']}-used"}
    again = [typed | OTHER_NEW, typed, typed | GUESSES[0], typed | marked]
    assert [told(portal.basic_password.change(session_id, each)[1]) for each in again] == [expected] * 4
    assert account(portal, "99000606") == before


def test_who_has_used_a_form_up_still_sees_that_the_password_is_changed(portal: Portal) -> None:
    session_id, typed = changed(portal, "new")
    portal.basic_password.change(session_id, typed | OTHER_NEW)

    session, _ = portal.sessions.find(session_id)

    assert session
    assert session.changed_with


def test_fifty_new_passwords_in_one_form_lock_nothing(portal: Portal) -> None:
    session_id, typed = changed(portal)
    news = [f"{number:08}" for number in range(55500000, 55500050)]
    for new in news:
        portal.basic_password.change(session_id, typed | {"new_basic_password": new, "new_basic_password_again": new})

    assert account(portal, "99000606").failed_tries == 0
    assert len(portal.tables.sessions.where(ended="")) == 1
