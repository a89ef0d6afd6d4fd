"""The work is done and the answer is lost or cut short: pressing the button again does nothing a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import user
from waitress.channel import ClientDisconnected
from web.acts import EACH_PAGE, EACH_SUBMIT, Act
from web.traps import arm, done, held, length, since

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal

PASSING = ("challenges", "drafts", "sessions")  # what a visit leaves behind
# What the second press shows where it is not what the first would have shown.
AGAIN = {"captcha/refresh": (404, "errors/404", "")}


@EACH_SUBMIT
@pytest.mark.parametrize("kind", ["answer_lost", "truncated_page"])
def test_what_was_done_before_the_answer_was_lost_is_done_once_however_often_it_is_sent(
    inside: Browser, alpha: Portal, act: Act, kind: str
) -> None:
    act.before(inside)
    cookie, before, entries = inside.cookie, held(alpha), length(alpha)
    arm(alpha, kind, act)

    with pytest.raises(ConnectionResetError):
        act.do(inside)

    kept = held(alpha, *PASSING)
    assert inside.cookie == cookie
    assert held(alpha) != before
    assert since(alpha, entries)[0] == (act.step, "fault", kind)
    assert {each[:2] for each in since(alpha, entries + 1)} <= {(act.step, "done")}
    again = act.do(inside)
    assert (again.status, again.screen, again.notice if act.step in AGAIN else "") == AGAIN.get(
        act.step, (200, act.then, "")
    )
    assert again.problems == {}
    assert held(alpha, *PASSING) == kept


@pytest.mark.parametrize("kind", ["answer_lost", "truncated_page"])
def test_whoever_lost_the_answer_to_a_new_internet_password_signs_in_with_it(
    inside: Browser, alpha: Portal, kind: str
) -> None:
    act = next(each for each in _submits() if each.step == "account/internet")
    act.before(inside)
    old = user(alpha, "NimChi07").internet_password_hash
    arm(alpha, kind, act)
    with pytest.raises(ConnectionResetError):
        act.do(inside)

    assert user(alpha, "NimChi07").internet_password_hash != old
    inside.get("/login")
    assert inside.submit(internet_user_id="NimChi07", internet_password="Another202577").screen == "account/home"


@EACH_PAGE
def test_a_lost_look_is_repaired_by_another_look(inside: Browser, alpha: Portal, act: Act) -> None:
    act.before(inside)
    before = held(alpha, "challenges")
    arm(alpha, "answer_lost", act)

    with pytest.raises(ConnectionResetError):
        act.do(inside)

    assert held(alpha, "challenges") == before
    done(act.do(inside), act)


@EACH_PAGE
def test_a_truncated_page_breaks_off_in_the_middle_of_what_its_head_promised(
    inside: Browser, alpha: Portal, act: Act
) -> None:
    act.before(inside)
    shown = inside.page
    whole = act.do(inside)
    inside.page = shown
    arm(alpha, "truncated_page", act)

    answer = inside.client.get(whole.path)
    parts = iter(answer.response)
    came = next(parts)
    with pytest.raises(ConnectionResetError):
        next(parts)
    answer.close()

    promised = int(answer.headers["Content-Length"])
    assert (answer.status_code, len(came)) == (200, promised // 2)
    assert came[:4] == whole.body[:4]
    done(act.do(inside), act)


@pytest.mark.parametrize("kind", ["dropped_connection", "answer_lost", "truncated_page"])
def test_the_other_server_is_told_to_hang_up_in_its_own_way(inside: Browser, alpha: Portal, kind: str) -> None:
    alpha.faults.arm(kind=kind, step="home", moment="page")

    with pytest.raises(ClientDisconnected):
        inside.get("/", environ_overrides={"waitress.client_disconnected": lambda: False})

    assert inside.get("/").screen == "home"


def _submits() -> list[Act]:
    return list(EACH_SUBMIT.args[1])
