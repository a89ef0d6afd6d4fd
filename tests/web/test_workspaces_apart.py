"""`main` and two workspaces in the tabs of one browser: none of them knows of the others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON, WORD, dump
from web.scenes import (
    DETAILS,
    LANGUAGES,
    STATES,
    at_confirm,
    at_details,
    at_done,
    at_kind,
    bring_to,
    change,
    credentials,
    sign_in,
)

from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from flask import Flask
    from web.client import Browser

    from ipportal.portal import Portal

NOTICE = "TRN20250324-01"


@pytest.fixture
def tabs(browser: Browser, inside: Browser, beta: Portal) -> list[Browser]:
    """The tabs at `main`, `alpha` and `beta`."""
    return [browser, inside, browser.beside(f"/w/{beta.name}")]


def test_one_browser_is_signed_in_as_the_same_user_in_each_and_leaves_each_alone(tabs: list[Browser]) -> None:
    for tab in tabs:
        sign_in(tab)
    main, alpha, beta = tabs
    alpha.get("/account")

    alpha.submit("logout")

    assert [tab.get("/account").screen for tab in tabs] == ["account/home", "login/form", "account/home"]
    assert len({str(tab.kept.get("signed_in")) for tab in (main, beta)}) == 2


def test_a_registration_stands_elsewhere_in_each(tabs: list[Browser]) -> None:
    main, alpha, beta = tabs
    at_kind(main)
    at_done(alpha)
    at_confirm(beta, internet_user_id="Another1")

    seen = [tab.get("/register/done").screen for tab in tabs]

    assert seen == ["register/kind", "register/done", "register/confirm"]
    assert "Another1" in beta.page.words


def test_the_same_person_registers_the_same_id_in_each(tabs: list[Browser]) -> None:
    assert [at_done(tab).screen for tab in tabs] == ["register/done"] * 3


def test_a_language_chosen_in_one_is_not_the_language_of_another(tabs: list[Browser]) -> None:
    for tab, lang in zip(tabs, LANGUAGES, strict=True):
        tab.get(f"/?lang={lang}")

    assert [tab.get("/login").lang for tab in tabs] == list(LANGUAGES)


def test_what_a_page_has_to_tell_is_told_in_its_own_workspace(tabs: list[Browser]) -> None:
    _, alpha, _ = tabs
    sign_in(alpha)
    path, _, sent = alpha.sending("logout", {})
    alpha.open(path, method="POST", data=sent, follow=False)

    assert [tab.get("/login").notice for tab in (tabs[0], tabs[2], alpha)] == ["", "", "signed_out"]


def test_a_picture_of_one_is_not_found_in_another(tabs: list[Browser]) -> None:
    shown = [at_details(tab).value("captcha_id") for tab in tabs]
    for tab in tabs:
        found = [tab.get(f"/captcha/{each}.png").status for each in shown]
        assert found == [200 if tab is other else 404 for other in tabs]


def test_a_challenge_of_one_is_no_answer_in_another(tabs: list[Browser]) -> None:
    _, alpha, beta = tabs
    foreign = at_details(alpha).value("captcha_id")
    at_details(beta)

    page = beta.submit(**DETAILS, captcha_id=foreign)

    assert (page.status, page.problems) == (422, {"captcha": "captcha_expired"})
    assert alpha.submit(**DETAILS).screen == "register/confirm"


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_form_token_of_one_is_refused_in_another(tabs: list[Browser], at: int) -> None:
    tokens = [tab.get("/login").value("csrf_token") for tab in tabs]

    found = [tabs[at].post("/login", credentials("registered") | {"csrf_token": token}) for token in tokens]

    assert [page.status for page in found] == [200 if number == at else 400 for number in range(3)]


@pytest.mark.parametrize(("source", "target"), [(0, 1), (1, 0), (1, 2), (2, 1)])
def test_a_cookie_of_one_means_nothing_under_the_name_of_another(tabs: list[Browser], source: int, target: int) -> None:
    sign_in(tabs[source])

    tabs[target].cookie = tabs[source].cookie

    assert tabs[target].get("/account").screen == "login/form"


def test_a_notice_read_in_one_is_new_in_another(tabs: list[Browser]) -> None:
    for tab in tabs:
        sign_in(tab, "registered-linked")
    tabs[1].submit(f"open-{NOTICE}")
    counts = [len(tab.get("/account").select("tr.unread")) for tab in tabs]

    assert counts[0] == counts[2] == counts[1] + 1


def test_a_password_changed_in_one_is_the_old_one_in_another(tabs: list[Browser]) -> None:
    for tab in tabs:
        sign_in(tab, "registered-first-login-due")
    change(tabs[1])

    seen = [tab.get("/account").screen for tab in tabs]

    assert seen == ["basic_password/form", "account/home", "basic_password/form"]


def test_each_has_its_own_time_and_hours(tabs: list[Browser], portal: Portal, alpha: Portal, beta: Portal) -> None:
    portal.stored_clock.set(NOON + timedelta(days=400))
    alpha.stored_clock.set(NOON.replace(hour=5, minute=30))

    pages = [tab.get("/") for tab in tabs]

    told = [page.headers["X-Ipportal-Now"] for page in pages]
    assert told == ["2026-05-05T12:00:00+08:00", "2025-03-31T05:30:00+08:00", "2025-03-31T12:00:00+08:00"]
    assert [page.status for page in pages] == [200, 503, 200]
    beta.suspensions.begin(beta.clock.now() + timedelta(hours=1))
    assert [tab.get("/").status for tab in tabs] == [200, 503, 503]


def test_each_has_its_own_captcha_mode(tabs: list[Browser], alpha: Portal, beta: Portal) -> None:
    alpha.captcha.choose("always_wrong", "", "1")
    beta.captcha.choose("expired", "", "1")
    for tab in tabs:
        at_details(tab)

    found = [tab.submit(**DETAILS).problems for tab in tabs]

    assert found == [{}, {"captcha": "captcha_wrong"}, {"captcha": "captcha_expired"}]


def test_a_fault_never_leaves_its_workspace(tabs: list[Browser], alpha: Portal) -> None:
    alpha.faults.arm(kind="error_500", step="home", moment="page", times=0)

    pages = [tab.get("/") for tab in tabs]

    assert [page.status for page in pages] == [200, 500, 200]
    assert ["X-Ipportal-Faults" in page.headers for page in pages] == [False, True, False]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_whatever_a_visitor_does_in_one_no_word_changes_in_the_others(
    app: Flask, tabs: list[Browser], state: str, at: int
) -> None:
    all_three = [house_of(app).get(name) for name in ("main", "alpha", "beta")]
    others = [each for number, each in enumerate(all_three) if number != at]
    before = [dump(each) for each in others]

    bring_to(tabs[at], state)
    tabs[at].post("/cancel", credentials("registered") | {"captcha": WORD})

    assert [dump(each) for each in others] == before
