"""What a journey spends, counted rather than timed: hash runs, pictures and commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import hash_runs
from web.scenes import NEW_BASIC, PEOPLE, WORD, at_details, at_done, sign_in

from ipportal.flows import drawing

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal


@pytest.mark.sqlite
def test_a_journey_to_the_main_page_costs_five_hash_runs_and_six_commits(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = hash_runs(monkeypatch)
    statements: list[str] = []
    portal.tables.backend._connection().set_trace_callback(statements.append)  # type: ignore[attr-defined]

    browser.get("/")
    at_done(browser)
    browser.get("/login")
    browser.submit(internet_user_id="LokShan1", internet_password="Rehearse20251")
    current = {"basic_password": PEOPLE["fresh-individual"].basic_password}
    browser.submit(**current | NEW_BASIC | {"captcha": WORD})
    browser.click("continue")

    assert browser.page.screen == "account/home"
    assert (len(runs), statements.count("COMMIT")) == (5, 6)


def test_a_picture_is_drawn_when_it_is_looked_at_and_once(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    generate = drawing._painter().generate_image

    def counted(word: str, **how: object) -> object:
        looked_at.append(word)
        return generate(word, **how)

    monkeypatch.setattr(drawing._painter(), "generate_image", counted)
    drawing.drawn.cache_clear()
    picture = at_details(browser).by("captcha")["src"]
    assert looked_at == []

    pictures = {browser.get(picture).response.data for _ in range(2)}

    assert (len(pictures), looked_at) == (1, [WORD])


def test_a_login_issues_a_captcha_only_where_the_basic_password_must_be_changed(
    browser: Browser, portal: Portal
) -> None:
    sign_in(browser, "registered-linked")
    assert portal.tables.challenges.where() == []

    sign_in(browser, "registered-first-login-due")
    issued = portal.tables.challenges.where()
    browser.get("/basic-password")

    assert [each.owner for each in issued] == [browser.kept["signed_in"]]
    assert portal.tables.challenges.where() == issued
