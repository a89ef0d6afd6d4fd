"""Faults that take an answer's place or hold it up, at every step: nothing is done, and the next try goes well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.acts import ACTS, EACH_ACT, Act
from web.scenes import LANGUAGES
from web.traps import arm, done, held, length, since

from ipportal.flows.faults import KINDS, STEPS
from ipportal.web import strikes

if TYPE_CHECKING:
    from web.client import Browser

    from ipportal.portal import Portal


def test_the_acts_are_all_steps_and_moments_at_which_a_fault_can_be_armed() -> None:
    assert {(act.step, act.moment) for act in ACTS} == {(step, each) for step in STEPS for each in STEPS[step]}


def test_the_web_has_an_effect_for_each_kind_of_fault() -> None:
    assert strikes._EFFECTS.keys() == KINDS.keys()


@EACH_ACT
@pytest.mark.parametrize(("kind", "status"), [("error_500", 500), ("error_503", 503)])
def test_an_error_takes_the_place_of_one_answer_and_nothing_is_done(
    inside: Browser, alpha: Portal, act: Act, kind: str, status: int
) -> None:
    act.before(inside)
    shown, before, entries = inside.page, held(alpha), length(alpha)
    arm(alpha, kind, act)

    page = act.do(inside)

    assert (page.status, page.screen) == (status, f"errors/{status}")
    assert page.has("incident") == (status == 500)
    assert page.headers.get("Retry-After") == ("5" if status == 503 else None)
    assert (held(alpha), since(alpha, entries)) == (before, [(act.step, "fault", kind)])
    inside.page = shown
    done(act.do(inside), act)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", [500, 503])
def test_the_page_of_a_fault_speaks_the_visitors_language_and_leads_on(
    inside: Browser, alpha: Portal, lang: str, status: int
) -> None:
    inside.get(f"/login?lang={lang}")
    alpha.faults.arm(kind=f"error_{status}", step="login/form", moment="submit")

    page = inside.submit()

    assert (page.status, page.lang) == (status, lang)
    assert inside.click("again").screen == "login/form"


def test_the_incident_number_of_an_ordered_error_is_found_in_the_log(
    inside: Browser, alpha: Portal, caplog: pytest.LogCaptureFixture
) -> None:
    alpha.faults.arm(kind="error_500", step="login/tips", moment="page")

    incident = inside.get("/login/tips").text("incident")[-8:]

    assert caplog.messages == [f"Incident {incident}: injected by a tester at login/tips, workspace alpha"]


@EACH_ACT
def test_a_dropped_connection_says_nothing_and_does_nothing(inside: Browser, alpha: Portal, act: Act) -> None:
    act.before(inside)
    cookie, before, entries = inside.cookie, held(alpha), length(alpha)
    arm(alpha, "dropped_connection", act)

    with pytest.raises(ConnectionResetError):
        act.do(inside)

    assert inside.cookie == cookie
    assert (held(alpha), since(alpha, entries)) == (before, [(act.step, "fault", "dropped_connection")])
    done(act.do(inside), act)


@EACH_ACT
@pytest.mark.parametrize("bounds", [(250, 0), (0, 0), (10, 2000)])
def test_a_delay_holds_the_answer_up_and_then_it_comes(
    inside: Browser, alpha: Portal, monkeypatch: pytest.MonkeyPatch, act: Act, bounds: tuple[int, int]
) -> None:
    act.before(inside)
    least, most = bounds
    entries, slept = length(alpha), list[float]()
    arm(alpha, "delay", act, milliseconds=least, up_to_milliseconds=most, seed="a lesson")
    with monkeypatch.context() as patch:
        patch.setattr("ipportal.web.strikes.time.sleep", slept.append)
        done(act.do(inside), act)

    assert len(slept) == 1
    assert least <= slept[0] * 1000 <= max(least, most)
    assert since(alpha, entries)[0] == (act.step, "fault", "delay")
    assert alpha.faults.armed() == []
