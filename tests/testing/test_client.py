"""The typed client, each part against a server that runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from ipportal.testing import Control, create
from ipportal.testing.trouble import Dropped, Refusal

if TYPE_CHECKING:
    from ipportal.testing import Server, Workspace

NOON = "2025-03-31T12:00:00+08:00"


def test_the_clock_is_read_and_moved_both_ways(ipportal: Workspace) -> None:
    assert ipportal.clock.mode == "frozen"
    assert ipportal.clock.set(NOON).isoformat() == NOON
    assert ipportal.clock.advance("90m").isoformat() == "2025-03-31T13:30:00+08:00"
    assert ipportal.clock.advance("-2d").isoformat() == "2025-03-29T13:30:00+08:00"
    assert ipportal.clock.mode == "frozen"
    assert ipportal.clock.run().date().isoformat() == "2025-03-29"
    assert ipportal.clock.shift("-1d") < ipportal.clock.real()
    assert ipportal.clock.set(ipportal.clock.now).year == ipportal.clock.now.year


def test_moments_and_spans_may_be_pythons_own_wherever_they_are_asked_for(ipportal: Workspace) -> None:
    noon = datetime.fromisoformat(NOON)

    assert ipportal.clock.set(noon) == noon
    assert ipportal.clock.advance(timedelta(hours=25, seconds=-1)).isoformat() == "2025-04-01T12:59:59+08:00"
    assert ipportal.clock.advance(timedelta(days=-1)).isoformat() == "2025-03-31T12:59:59+08:00"
    assert ipportal.maintenance.suspend(until=noon + timedelta(hours=2)).retry_after == 3601
    assert ipportal.maintenance.suspend(lasting=timedelta(minutes=90)).retry_after == 5400
    with pytest.raises(LookupError):
        ipportal.journal.wait(within=timedelta(0), step="register/kind")
    with pytest.raises(Refusal, match="/by"):
        ipportal.clock.advance(timedelta(milliseconds=500))
    assert ipportal.clock.shift(timedelta(days=-1)) < ipportal.clock.real()


def test_the_captcha_mode_changes_and_answers_can_be_asked_for(ipportal: Workspace) -> None:
    visitor = ipportal.visitor()
    page = visitor.get("/cancel")

    assert ipportal.captcha.mode == "fixed"
    assert ipportal.captcha.answer() == ipportal.captcha.answer(page.captcha_id) == "ABC123"
    ipportal.captcha.set("seeded", seed="lesson 1")
    assert ipportal.captcha.mode == "seeded"
    with pytest.raises(LookupError):
        ipportal.captcha.answer("nobody")


def test_accounts_are_made_locked_reissued_and_closed(ipportal: Workspace) -> None:
    account, password = ipportal.accounts.create(identity_prefix="AB12", name="Somebody")
    key = account.basic_user_id

    assert (len(password), account.issued, account.identity_prefix) == (8, True, "AB12")
    assert ipportal.accounts.lock(key).locked
    assert not ipportal.accounts.unlock(key).locked
    assert ipportal.accounts.reissue(key, "12121212") == "12121212"
    assert ipportal.accounts.fill_history(key, ["11111111", "22222222"]) == ["11111111", "22222222"]
    assert len(ipportal.accounts.fill_history(key, count=12)) == 12
    assert ipportal.accounts.get(key).history == 12
    ipportal.accounts.remove(key)
    assert key not in {each.basic_user_id for each in ipportal.accounts.all()}


def test_users_are_registered_locked_and_taken_away(ipportal: Workspace) -> None:
    key = ipportal.people["fresh-individual"].basic_user_id

    user = ipportal.users.create("LokShan1", "Practice12345", key)
    assert ipportal.people["fresh-individual"].basic_user_id == key

    assert user.basic_user_ids == [key]
    assert ipportal.users.lock("lokshan1").locked
    assert not ipportal.users.unlock("LOKSHAN1").locked
    assert ipportal.users.get("LokShan1") == ipportal.users.unlock("LokShan1")
    ipportal.users.remove("LokShan1")
    assert "LokShan1" not in {each.internet_user_id for each in ipportal.users.all()}


def test_a_session_is_seen_and_ended(ipportal: Workspace) -> None:
    person = ipportal.people["registered"]
    visitor = ipportal.visitor()
    visitor.get("/login")
    visitor.submit(internet_user_id=str(person.internet_user_id), internet_password=str(person.internet_password))

    (session,) = ipportal.sessions.all()
    ipportal.sessions.end(session)

    assert (session.internet_user_id, session.alive) == (person.internet_user_id, True)
    assert visitor.get("/account").screen == "login/form"


def test_a_notice_is_published_and_withdrawn(ipportal: Workspace) -> None:
    ipportal.notices.publish("DRILL-1", "A drill", "Tomorrow at noon.")

    with pytest.raises(Refusal) as refused:
        ipportal.notices.publish("DRILL-1", "A drill", "Tomorrow at noon.")
    ipportal.notices.withdraw("DRILL-1")

    assert (refused.value.status, refused.value.code) == (409, "notice_taken")


def test_a_fault_is_armed_listed_and_disarmed(ipportal: Workspace) -> None:
    fault = ipportal.faults.arm("delay", "home", times=0, milliseconds=1)
    ipportal.faults.arm("error_503", "login/form", moment="page")

    assert [each.kind for each in ipportal.faults.armed()] == ["delay", "error_503"]
    ipportal.faults.disarm(fault)
    assert ipportal.visitor().get("/login").status == 503
    ipportal.faults.disarm()
    assert ipportal.faults.armed() == []


def test_the_journal_says_why_and_waits(ipportal: Workspace) -> None:
    visitor = ipportal.visitor()
    visitor.get("/login")
    visitor.submit(internet_user_id="LokShan", internet_password="x")

    entry = ipportal.journal.wait(step="login/form")

    assert entry == ipportal.journal.last(code="length")
    assert entry.codes == {"internet_user_id": "length", "internet_password": "length"}
    assert entry.line().endswith("login/form refused internet_user_id=length,internet_password=length")
    with pytest.raises(LookupError):
        ipportal.journal.wait(step="logout", within="0s")
    with pytest.raises(LookupError):
        ipportal.journal.last(step="logout")


def test_the_portal_is_suspended_and_goes_on(ipportal: Workspace) -> None:
    ipportal.clock.set(NOON)

    suspended = ipportal.maintenance.suspend(lasting="30m")

    assert suspended.closed
    assert (suspended.closed.end, suspended.retry_after) == ("2025-03-31T12:30:00+08:00", 1800)
    assert ipportal.visitor().get("/").screen == "closed"
    assert ipportal.maintenance.resume() == ipportal.maintenance.state()
    assert ipportal.maintenance.state().upcoming.row == "weekdays"


def test_checkpoints_are_opened_saved_and_forgotten(ipportal: Workspace) -> None:
    opened = ipportal.checkpoints.open("register-10")
    visitor = ipportal.visitor()
    ipportal.checkpoints.save("mine")

    assert opened.person
    assert opened.person.basic_user_id == opened.typed["basic_user_id"]
    assert visitor.get(opened.url).screen == "register/confirm"
    assert ipportal.checkpoints.names()[-1] == "mine"
    assert ipportal.checkpoints.open("mine").person is None
    ipportal.checkpoints.remove("mine")
    assert len(ipportal.checkpoints.names()) == 23


def test_a_whole_workspace_is_copied_into_another_and_put_back(ipportal: Workspace) -> None:
    key = ipportal.people["fresh-joint"].basic_user_id
    ipportal.accounts.lock(key)
    other = create(ipportal.control)

    opened = other.restore(ipportal.snapshot())
    ipportal.reset(now=NOON)

    assert opened.path == "/"
    assert other.accounts.get(key).locked
    assert not ipportal.accounts.get(key).locked
    assert ipportal.clock.now.isoformat() == NOON
    other.remove()


def test_what_is_refused_says_what_would_be_right(ipportal: Workspace) -> None:
    with pytest.raises(Refusal, match=r"fault_step.*register/details") as refused:
        ipportal.faults.arm("delay", "register/detail")

    assert refused.value.status == 422
    assert "register/details" in refused.value.accepted


def test_a_workspaces_own_token_opens_it_and_nothing_else(ipportal: Workspace) -> None:
    own = Control(ipportal.url, ipportal.token)

    assert own.call("GET", f"/workspaces/{ipportal.name}")["name"] == ipportal.name
    with pytest.raises(Refusal, match="token_foreign"):
        own.call("GET", "/workspaces")
    own.close()


def test_an_answer_that_is_no_json_is_a_dropped_call(ipportal_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipportal.testing.control.PREFIX", "")
    control = Control(ipportal_server.url, ipportal_server.token)

    with pytest.raises(Dropped):
        control.call("GET", "/login")
    control.close()
