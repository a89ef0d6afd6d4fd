"""A form that nobody has filled in is written once, and each visitor's own ids are put in."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Final

import pytest
from props import NOON, new_portal
from web.client import Browser
from web.scenes import LANGUAGES, at, at_details, at_kind

from ipportal.web import blank
from ipportal.web.visit import EXTENSION, house_of
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from flask import Flask

    from ipportal.portal import Portal

PATHS: Final = {
    "register/terms": "/register/terms",
    "register/kind": "/register/kind",
    "register/details": "/register/details",
    "login/form": "/login",
    "cancel/form": "/cancel",
}
MARKS: Final = (blank._TOKEN, blank._PICTURE, blank._TIME, blank._ROOT, blank._WORKSPACE)


def bring(browser: Browser, screen: str) -> None:
    """Bring a visitor to where a screen opens, with the ids that it will have."""
    if screen == "register/kind":
        at_kind(browser)
    if screen == "register/details":
        at_details(browser)
    browser.get(PATHS[screen])


def test_the_screens_that_show_nothing_but_a_form_are_all_here() -> None:
    assert tuple(PATHS) == blank.SCREENS


@pytest.mark.parametrize("screen", PATHS)
@pytest.mark.parametrize("lang_and_mode", list(product(LANGUAGES, ("frozen", "shifted", "real"))))
def test_it_is_the_very_page_that_the_template_makes_of_the_visitors_own_form(
    inside: Browser, app: Flask, monkeypatch: pytest.MonkeyPatch, screen: str, lang_and_mode: tuple[str, str]
) -> None:
    (lang, mode), alpha = lang_and_mode, house_of(app).get("alpha")
    inside.get(f"/?lang={lang}")
    bring(inside, screen)
    if mode != "frozen":
        monkeypatch.setattr("ipportal.clock.RealClock.now", lambda _: NOON)
        alpha.stored_clock.shift(timedelta(minutes=1)) if mode == "shifted" else alpha.stored_clock.follow()
    pages = [inside.get(PATHS[screen]) for _ in range(2)]
    monkeypatch.setattr(blank, "SCREENS", ())

    made = inside.get(PATHS[screen])

    assert (made.screen, made.lang, made.status) == (screen, lang, 200)
    assert [each.body for each in pages] == [made.body] * 2
    assert len(app.extensions[blank.EXTENSION]) > 0
    assert not any(mark.encode() in made.body for mark in MARKS)


@pytest.mark.parametrize("screen", PATHS)
def test_each_visitor_finds_only_what_is_theirs(browser: Browser, another: Browser, screen: str) -> None:
    bring(browser, screen)
    bring(another, screen)

    assert browser.page.value("csrf_token") != another.page.value("csrf_token")
    if browser.page.has("captcha"):
        assert browser.page.value("captcha_id") != another.page.value("captcha_id")
        assert browser.page.by("captcha")["src"] == f"/captcha/{browser.page.value('captcha_id')}.png"
    assert browser.get(PATHS[screen]).body != another.get(PATHS[screen]).body


@pytest.mark.parametrize("screen", PATHS)
def test_the_workspaces_share_what_is_written_and_each_finds_its_own_name_and_addresses(
    app: Flask, inside: Browser, beta: Portal, monkeypatch: pytest.MonkeyPatch, screen: str
) -> None:
    visitors = (inside.beside(""), inside, inside.beside(f"/w/{beta.name}"))
    for visitor in visitors:
        bring(visitor, screen)
    kept = {wanted for wanted in app.extensions[blank.EXTENSION] if wanted[1] == screen}
    found = [visitor.get(PATHS[screen]).body for visitor in visitors]
    monkeypatch.setattr(blank, "SCREENS", ())

    assert len(kept) == 2
    assert found == [visitor.get(PATHS[screen]).body for visitor in visitors]
    assert b"/w/alpha/" not in found[0] + found[2]
    assert b"/w/beta/" not in found[0] + found[1]


def test_what_is_remembered_or_refused_is_shown_and_not_kept_for_others(browser: Browser, another: Browser) -> None:
    at_details(browser)
    refused = browser.submit(basic_user_id="9900010", internet_user_id="LokShan1")
    at_details(another)

    assert (refused.status, refused.value("internet_user_id")) == (422, "LokShan1")
    assert (another.page.status, another.page.value("internet_user_id"), another.page.problems) == (200, "", {})


def test_a_chosen_kind_is_shown_to_who_chose_it(browser: Browser, another: Browser) -> None:
    at_kind(another)
    at_details(browser)

    chosen = browser.get("/register/kind").first("input[checked]")

    assert chosen
    assert chosen["value"] == "personal"
    assert not another.get("/register/kind").select("input[checked]")


def test_the_answer_of_a_picture_is_revealed_only_where_a_tester_says_so(browser: Browser, portal: Portal) -> None:
    at_details(browser)
    portal.captcha.choose("reveal", "", "")
    shown = browser.get("/register/details")
    portal.captcha.choose("real", "", "")

    assert shown.has("captcha-answer")
    assert not browser.get("/register/details").has("captcha-answer")


def test_the_row_of_the_day_is_marked_on_every_day(browser: Browser, portal: Portal) -> None:
    rows = []
    for days in (-1, 0):  # a Sunday, then a Monday
        at(portal, NOON + timedelta(days=days))
        table = browser.get("/login").by("maintenance")
        rows.append([row.get("class") for row in table.select("tbody tr")])

    assert rows == [["", "today"], ["today", ""]]


def test_what_is_announced_or_told_is_on_the_page_while_it_is(browser: Browser, portal: Portal) -> None:
    browser.get("/login")
    at(portal, NOON.replace(hour=4, minute=50))
    soon = browser.get("/login").has("maintenance-soon")
    at(portal, NOON)
    told = browser.get("/account").notice

    assert (soon, told) == (True, "login_first")
    assert (browser.get("/login").has("maintenance-soon"), browser.page.notice) == (False, "")


def test_many_workspaces_do_not_fill_the_memory(app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blank, "_MOST", 2)
    for path in PATHS.values():
        browser.get(path)

    assert 0 < len(app.extensions[blank.EXTENSION]) <= 2


def test_another_house_has_its_own_settings(app: Flask, browser: Browser) -> None:
    browser.get("/login")
    other = new_portal(lang="en", store=":memory:")
    other.stored_clock.set(NOON)
    app.extensions[EXTENSION] = Workspaces(other)

    assert Browser(app).get("/login").lang == "en"
    other.close()
