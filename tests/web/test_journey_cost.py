"""What a journey spends, counted rather than timed: hash runs, pictures and commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import hash_runs
from web.scenes import NEW_BASIC, PEOPLE, WORD, at_done, sign_in

from ipportal.flows import captcha, drawing

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal


@pytest.mark.sqlite
def test_a_journey_to_the_main_page_costs_five_hash_runs_two_pictures_and_six_commits(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = hash_runs(monkeypatch)
    pictures: list[str] = []
    statements: list[str] = []
    drawn = drawing.repeated

    def counted(word: str, seed: str) -> bytes:
        pictures.append(word)
        return drawn(word, seed)

    monkeypatch.setattr(captcha, "repeated", counted)
    portal.tables.backend._connection().set_trace_callback(statements.append)  # type: ignore[attr-defined]

    browser.get("/")
    at_done(browser)
    browser.get("/login")
    browser.submit(internet_user_id="LokShan1", internet_password="Rehearse20251")
    current = {"basic_password": PEOPLE["fresh-individual"].basic_password}
    browser.submit(**current | NEW_BASIC | {"captcha": WORD})
    browser.click("continue")

    assert browser.page.screen == "account/home"
    assert (len(runs), len(pictures), statements.count("COMMIT")) == (5, 2, 6)


def test_a_login_draws_a_picture_only_where_the_basic_password_must_be_changed(
    browser: Browser, portal: Portal
) -> None:
    sign_in(browser, "registered-linked")
    assert portal.tables.challenges.where() == []

    sign_in(browser, "registered-first-login-due")
    drawn = portal.tables.challenges.where()
    browser.get("/basic-password")

    assert [each.owner for each in drawn] == [browser.kept["signed_in"]]
    assert portal.tables.challenges.where() == drawn
