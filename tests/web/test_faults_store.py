"""A store that is busy or full on request: nothing is written but the fault's own entry, and the next try is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import journalled
from web.acts import EACH_PAGE, EACH_SUBMIT, Act
from web.scenes import LANGUAGES, at_details, bring_to, credentials, sign_in
from web.traps import arm, done, held, length, since

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

EACH_KIND = pytest.mark.parametrize(("kind", "code"), [("store_busy", "busy"), ("disk_full", "full")])


@EACH_SUBMIT
@EACH_KIND
def test_a_submit_that_cannot_be_kept_is_not_half_kept(
    inside: Browser, alpha: Portal, act: Act, kind: str, code: str
) -> None:
    act.before(inside)
    shown, before, entries = inside.page, held(alpha), length(alpha)
    arm(alpha, kind, act)

    page = act.do(inside)

    assert (page.status, page.screen, page.headers["Retry-After"]) == (503, "errors/503", "5"), code
    assert (held(alpha), since(alpha, entries)) == (before, [(act.step, "fault", kind)])
    inside.page = shown
    done(act.do(inside), act)
    assert len(journalled(alpha)) > entries + 1 or act.step == "captcha/refresh"


@EACH_PAGE
@EACH_KIND
def test_a_look_that_writes_nothing_meets_no_fault_of_the_store(
    inside: Browser, alpha: Portal, act: Act, kind: str, code: str
) -> None:
    act.before(inside)
    shown, before, entries = inside.page, held(alpha), length(alpha)
    arm(alpha, kind, act)

    page = act.do(inside)

    # Only the cancelling form draws a picture here; the other forms show the one that is open.
    assert page.status == (503 if act.step == "cancel/form" else 200), code
    assert (held(alpha), since(alpha, entries)) == (before, [(act.step, "fault", kind)])
    inside.page = shown
    done(act.do(inside), act)


@EACH_KIND
def test_a_wrong_password_that_the_store_could_not_count_is_not_counted(
    inside: Browser, alpha: Portal, kind: str, code: str
) -> None:
    inside.get("/login")
    shown = inside.page
    wrong = credentials("registered") | {"internet_password": "Mistaken20251"}
    for _ in range(3):
        alpha.faults.arm(kind=kind, step="login/form", moment="submit")
        assert inside.submit(**wrong).status == 503, code
        inside.page = shown

    before = alpha.tables.users.get("nimchi07")
    assert before
    assert before.failed_tries == 0


@EACH_KIND
def test_a_form_without_its_token_is_told_that_the_store_cannot_be_used(
    inside: Browser, alpha: Portal, caplog: pytest.LogCaptureFixture, kind: str, code: str
) -> None:
    inside.get("/login")
    alpha.faults.arm(kind=kind, step="login/form", moment="submit")

    page = inside.submit(csrf_token="made up")

    assert (page.status, page.screen) == (503, "errors/503")
    assert f"The store cannot be used: {code}" in caplog.text
    assert "Traceback" not in caplog.text


@EACH_KIND
@pytest.mark.parametrize("path", ["/account/internet", "/basic-password"])
def test_a_session_that_is_over_and_a_store_that_is_too_are_told_as_the_store(
    inside: Browser, alpha: Portal, kind: str, code: str, path: str
) -> None:
    sign_in(inside, "registered-first-login-due" if path == "/basic-password" else "registered")
    inside.get(path)
    for session in alpha.tables.sessions.where():
        alpha.sessions.end(session.session_id)
    step = "basic_password/form" if path == "/basic-password" else "account/internet"
    alpha.faults.arm(kind=kind, step=step, moment="submit")

    assert inside.submit().status == 503, code
    assert inside.get("/account").screen == "login/form"


@EACH_KIND
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_change_of_language_needs_no_store(inside: Browser, alpha: Portal, kind: str, code: str, lang: str) -> None:
    at_details(inside)
    inside.get(f"/register/details?lang={'en' if lang != 'en' else 'zh-Hant'}")
    alpha.faults.arm(kind=kind, step="register/details", moment="page")

    page = inside.submit(f"lang-{lang}", internet_user_id="LokShan1")

    assert (page.status, page.lang, page.value("internet_user_id")) == (200, lang, "LokShan1"), code
    assert alpha.faults.armed() == []


@EACH_KIND
def test_a_store_that_fails_time_and_again_loses_nothing_of_what_was_there(
    inside: Browser, alpha: Portal, kind: str, code: str
) -> None:
    bring_to(inside, "confirm")
    shown, before = inside.page, held(alpha)
    alpha.faults.arm(kind=kind, step="register/confirm", moment="submit", times=0)
    for _ in range(5):
        assert inside.submit(basic_password="31415926").status == 503, code
        inside.page = shown
    assert held(alpha) == before

    alpha.faults.disarm_all()

    assert inside.submit(basic_password="31415926").screen == "register/done"
