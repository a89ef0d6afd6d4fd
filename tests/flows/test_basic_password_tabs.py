"""A tab left open beside a change of the basic password: a right current password is no wrong try."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flows.test_basic_password_repeat import CHANGE, STALE, changed
from props import account, signed_in, solved, told

if TYPE_CHECKING:
    from ipportal.portal import Portal

EXPIRED = {"captcha": "captcha_expired"}


@pytest.mark.parametrize("new", ["13571357", "24682468"])
def test_another_tab_with_the_password_that_holds_now_is_stale_and_no_try(portal: Portal, new: str) -> None:
    session_id, form = changed(portal, "new")
    before = account(portal, "99000606")
    typed = form | {"basic_password": "24682468", "new_basic_password": new, "new_basic_password_again": new}

    presses = [portal.basic_password.change(session_id, typed)[1] for _ in range(4)]

    assert [told(problems) for problems in presses] == [STALE, *[EXPIRED] * 3]
    assert account(portal, "99000606") == before


@pytest.mark.parametrize("new", ["13571357", "33166247"])
def test_another_tab_for_another_account_of_the_holder_is_stale_and_no_try(portal: Portal, new: str) -> None:
    session_id = signed_in(portal, "registered-linked")
    form = CHANGE | {"basic_password": "33166247"} | solved(portal, session_id)
    session_id, problems = portal.basic_password.change(session_id, form, 3)
    assert problems == {}
    before = account(portal, "99000802")

    typed = form | {"new_basic_password": new, "new_basic_password_again": new}
    presses = [portal.basic_password.change(session_id, typed, 2)[1] for _ in range(4)]

    assert [told(problems) for problems in presses] == [STALE, *[EXPIRED] * 3]
    assert account(portal, "99000802") == before
