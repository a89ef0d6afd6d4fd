"""What another process does between a page's guard and its view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import WORD, meanwhile
from web.scenes import NEW_BASIC, credentials, sign_in

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

NEW = {"internet_password": "Another202577", "internet_password_again": "Another202577"}


@pytest.mark.parametrize("current", [credentials("registered")["internet_password"], "Practice00000"])
def test_a_session_that_ends_while_the_internet_password_is_judged_changes_nothing(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch, current: str
) -> None:
    sign_in(browser)
    browser.click("menu-internet")
    meanwhile(monkeypatch, portal.tables.sessions.delete)

    page = browser.submit(current_internet_password=current, **NEW)

    assert (page.status, page.screen, page.problems) == (409, "login/form", {"form": "stale"})


def test_a_session_that_ends_while_the_basic_password_is_judged_changes_nothing(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(browser)
    browser.get("/basic-password")
    meanwhile(monkeypatch, portal.tables.sessions.delete)

    page = browser.submit(basic_password="28284271", **NEW_BASIC, captcha=WORD)

    assert (page.screen, page.notice) == ("login/form", "expired")
    assert len(portal.tables.past_passwords.where(basic_user_id="99000707")) == 1


def test_a_session_that_ends_right_after_the_login_leads_back_to_it(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = type(portal.login).enter

    def overtaken(flow: object, typed: dict[str, str]) -> object:
        answer = begin(flow, typed)  # type: ignore[arg-type]
        portal.tables.sessions.delete()
        return answer

    monkeypatch.setattr(type(portal.login), "enter", overtaken)

    page = sign_in(browser)

    assert (page.screen, page.notice) == ("login/form", "expired")
