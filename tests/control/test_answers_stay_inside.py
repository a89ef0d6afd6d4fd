"""The answer to a CAPTCHA appears nowhere outside the control API and the mode that shows it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from props import CHAN
from web.client import Browser
from web.scenes import at_details, sign_in

if TYPE_CHECKING:
    from control.api import Api
    from flask import Flask

MAIN = "/workspaces/main"


class Recorded(Browser):
    """Keeps every answer that it was given: page, headers, cookie as sent and as read."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.seen: list[str] = []

    def open(self, path: str, **request: object) -> object:  # type: ignore[override]
        page = super().open(path, **request)  # type: ignore[arg-type]
        self.seen.append(page.body.decode("latin-1") + str(page.headers) + self.cookie + str(self.kept))
        return page


@pytest.fixture
def recorded(app: Flask) -> Recorded:
    return Recorded(app)


def answers(api: Api) -> set[str]:
    return {each["answer"] for each in api.get(f"{MAIN}/captcha")["challenges"]}


def walk(api: Api, browser: Browser) -> set[str]:
    """Meet every page that has a CAPTCHA, with wrong answers and refreshed pictures; return all answers."""
    at_details(browser)
    found = answers(api)
    browser.submit("captcha-refresh", **CHAN)
    found |= answers(api)
    browser.submit(**CHAN, captcha="AAAAAA")
    found |= answers(api)
    assert browser.get(f"/captcha/{browser.page.value('captcha_id')}.png").status == 200
    at_details(browser)
    browser.get("/cancel")
    found |= answers(api)
    sign_in(browser, "registered-first-login-due")
    found |= answers(api)
    for path in ("/practice", "/practice/rules", "/health", "/", "/account"):
        assert browser.get(path).status == 200
    return found | answers(api)


@pytest.mark.parametrize("mode", ["real", "seeded", "always_wrong", "expired"])
def test_no_page_header_cookie_log_or_journal_tells_an_answer(
    api: Api, recorded: Recorded, caplog: pytest.LogCaptureFixture, mode: str
) -> None:
    api.done("PUT", f"{MAIN}/captcha", {"mode": mode, "seed": "7"})
    with caplog.at_level(logging.DEBUG):
        found = walk(api, recorded)
    assert len(found) >= 3

    others = [api.ask("GET", f"{MAIN}/{each}").text for each in ("journal", "sessions", "snapshot", "coverage")]
    everything = "".join([*recorded.seen, *others, caplog.text])

    assert [answer for answer in found if answer in everything] == []


def test_the_answer_stands_on_the_page_in_the_mode_that_shows_it(api: Api, recorded: Recorded) -> None:
    api.done("PUT", f"{MAIN}/captcha", {"mode": "reveal"})
    at_details(recorded)

    [answer] = answers(api)

    assert answer in recorded.page.words


def test_the_answers_of_one_workspace_are_told_in_no_other(api: Api, recorded: Recorded) -> None:
    api.create("w")
    api.done("PUT", f"{MAIN}/captcha", {"mode": "real"})
    at_details(recorded)

    assert api.get("/workspaces/w/captcha")["challenges"] == []
    assert len(answers(api)) == 1
