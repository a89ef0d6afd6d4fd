"""A session, a token or a picture that is lost on request, and maintenance that starts at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from props import NOON
from web.acts import ACTS, EACH_ACT, EACH_SUBMIT, Act, each_act
from web.client import Browser
from web.scenes import DETAILS, at, at_details, credentials, sign_in
from web.traps import arm, done, held, length, since

if TYPE_CHECKING:
    from ipportal.portal import Portal

SIGNED_IN = each_act(
    *(act for act in ACTS if act.step.startswith(("account", "basic_password")) or act.step == "logout")
)
DRAFTED = each_act(
    *(act for act in ACTS if act.step in {"register/kind", "register/details", "register/confirm", "register/done"})
)
CANCELLING = each_act(*(act for act in ACTS if act.step in {"cancel/confirm", "cancel/done"}))
PICTURED = each_act(
    *(
        act
        for act in ACTS
        if act.moment == "submit" and act.step in {"register/details", "basic_password/form", "cancel/form"}
    )
)


@SIGNED_IN
def test_a_lost_session_leads_to_the_login_and_the_next_one_is_kept(inside: Browser, alpha: Portal, act: Act) -> None:
    act.before(inside)
    users = held(alpha, "sessions")
    arm(alpha, "session_lost", act)

    page = act.do(inside)

    told = "signed_out" if act.step == "logout" else "expired"
    assert (page.status, page.screen, page.notice) == (200, "login/form", told)
    assert (alpha.tables.sessions.where(ended=""), held(alpha, "sessions")) == ([], users)
    assert sign_in(inside).screen == "account/home"
    assert inside.get("/account").screen == "account/home"


@DRAFTED
def test_a_lost_registration_begins_anew(inside: Browser, alpha: Portal, act: Act) -> None:
    act.before(inside)
    arm(alpha, "session_lost", act)

    page = act.do(inside)

    assert (page.screen, page.problems) == ("register/terms", {"form": "stale"})
    assert alpha.tables.drafts.where() == []
    assert act.step == "register/done" or alpha.tables.users.get("lokshan1") is None


@CANCELLING
def test_a_lost_cancelling_begins_anew(inside: Browser, alpha: Portal, act: Act) -> None:
    act.before(inside)
    arm(alpha, "session_lost", act)

    page = act.do(inside)

    assert (page.screen, page.problems) == ("cancel/form", {"form": "stale"})
    assert alpha.tables.drafts.where() == []


def test_a_lost_session_is_lost_by_one_visitor_only(inside: Browser, alpha: Portal) -> None:
    other = Browser(inside.client.application, "/w/alpha")
    sign_in(other, "registered-linked")
    at_details(other)
    sign_in(inside)
    alpha.faults.arm(kind="session_lost", step="account/home", moment="page")

    assert inside.get("/account").screen == "login/form"
    assert (other.get("/account").screen, other.get("/register/details").screen) == ("account/home", "register/details")


@EACH_SUBMIT
def test_an_expired_token_is_refused_with_the_way_back_and_nothing_is_done(
    inside: Browser, alpha: Portal, act: Act
) -> None:
    act.before(inside)
    before, entries = held(alpha), length(alpha)
    arm(alpha, "csrf_expired", act)

    page = act.do(inside)

    assert (page.status, page.screen) == (400, "errors/400")
    told = [(act.step, "fault", "csrf_expired"), (act.step, "refused", "csrf")]
    assert (held(alpha), since(alpha, entries)) == (before, told)
    assert page.has("again") == (act.step not in {"logout", "captcha/refresh"})
    act.before(inside)
    done(act.do(inside), act)


def test_a_token_that_expires_at_a_look_spoils_the_form_in_the_other_tab(inside: Browser, alpha: Portal) -> None:
    inside.get("/login")
    earlier = inside.page
    alpha.faults.arm(kind="csrf_expired", step="login/tips", moment="page")
    inside.get("/login/tips")
    inside.page = earlier

    assert inside.submit(**credentials("registered")).status == 400
    inside.click("again")
    assert inside.submit(**credentials("registered")).screen == "account/home"


@PICTURED
def test_a_lost_captcha_counts_as_expired_and_another_is_shown(inside: Browser, alpha: Portal, act: Act) -> None:
    act.before(inside)
    lost = inside.page.value("captcha_id")
    arm(alpha, "captcha_lost", act)

    page = act.do(inside)

    assert (page.status, page.problems) == (422, {"captcha": "captcha_expired"})
    assert page.value("captcha_id") != lost
    act.before(inside)
    done(act.do(inside), act)


@pytest.mark.parametrize(("step", "ending"), [("captcha/picture", "png"), ("captcha/sound", "wav")])
def test_a_captcha_that_is_lost_when_its_picture_is_asked_for_is_not_found(
    inside: Browser, alpha: Portal, step: str, ending: str
) -> None:
    lost = at_details(inside).value("captcha_id")
    form = inside.page
    alpha.faults.arm(kind="captcha_lost", step=step, moment="page")

    assert inside.get(f"/captcha/{lost}.{ending}").status == 404
    inside.page = form
    assert inside.submit(**DETAILS).problems == {"captcha": "captcha_expired"}
    assert inside.get(f"/captcha/{inside.page.value('captcha_id')}.{ending}").status == 200


@EACH_ACT
def test_maintenance_that_starts_now_closes_the_portal_for_its_minutes(
    inside: Browser, alpha: Portal, act: Act
) -> None:
    act.before(inside)
    shown, before, entries = inside.page, held(alpha), length(alpha)
    arm(alpha, "maintenance_now", act, minutes=2)

    page = act.do(inside)

    assert (page.status, page.screen, page.problems) == (503, "closed", {"form": "closed"})
    assert page.headers["Retry-After"] == "120"
    assert "12:02:00" in page.text("reopens")
    refused = [(act.step, "refused", "form=closed")] if act.moment == "submit" else []
    assert since(alpha, entries) == [(act.step, "fault", "maintenance_now"), *refused]
    at(alpha, NOON + timedelta(seconds=119))
    assert inside.get("/login/tips").headers["Retry-After"] == "1"
    at(alpha, NOON + timedelta(minutes=2))
    assert held(alpha) != before  # the suspension stays in the store until another takes its place
    inside.page = shown
    done(act.do(inside), act)
