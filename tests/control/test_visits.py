from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from control.cases_requests import W
from props import NOON
from web.client import Browser
from web.scenes import sign_in

if TYPE_CHECKING:
    from control.api import Api
    from flask import Flask

S, N = "/workspaces/main/sessions", f"{W}/notices"
WORDS = {"subject": {"en": "S"}, "body": {"en": "B"}}


def test_a_session_is_told_without_the_id_that_its_cookie_holds(api: Api, browser: Browser) -> None:
    sign_in(browser)

    [told] = api.get(S)["sessions"]

    assert told | {"session": ""} == {
        "session": "",
        "internet_user_id": "NimChi07",
        "begun_at": NOON.isoformat(),
        "seen_at": NOON.isoformat(),
        "alive": True,
        "ended": "",
    }
    [row] = api.portal().tables.sessions.where()
    assert row.session_id not in str(told)
    assert re.fullmatch("[0-9a-f]{16}", told["session"])


def test_an_ended_session_says_why_it_ended(api: Api, browser: Browser, app: Flask) -> None:
    sign_in(browser)
    sign_in(Browser(app))
    ended = {(each["alive"], each["ended"]) for each in api.get(S)["sessions"]}
    assert ended == {(True, ""), (False, "elsewhere")}

    api.post("/workspaces/main/clock/advance", by="8h1m")

    assert {each["ended"] for each in api.get(S)["sessions"]} == {"expired", "elsewhere"}


def test_a_session_that_is_ended_leads_its_browser_to_the_login(api: Api, browser: Browser) -> None:
    sign_in(browser)
    [told] = api.get(S)["sessions"]

    assert api.done("DELETE", f"{S}/{told['session']}") == {}

    assert browser.get("/account").screen == "login/form"
    assert api.get(S)["sessions"] == []
    sign_in(browser)
    [other] = api.get(S)["sessions"]
    assert api.refused("DELETE", f"{S}/{told['session']}").accepted == [other["session"]]


def test_a_session_whose_user_is_gone_is_told_without_a_name(api: Api, browser: Browser) -> None:
    sign_in(browser)
    api.portal().tables.users.delete(folded_id="nimchi07")

    assert [each["internet_user_id"] for each in api.get(S)["sessions"]] == [""]


def test_the_ids_of_sessions_open_nothing_in_another_workspace(api: Api, browser: Browser) -> None:
    sign_in(browser)
    [told] = api.get(S)["sessions"]
    api.create("w")
    api.create("x")
    user = api.portal("x").tables.users.where()[0]
    api.portal("x").sessions.begin(user)

    assert api.get(f"{W}/sessions") == {"sessions": []}
    assert api.refused("DELETE", f"/workspaces/x/sessions/{told['session']}").code == "session_unknown"


def test_a_notice_is_published_today_by_the_workspaces_clock(api: Api) -> None:
    api.create("w", now="2031-12-31T23:59:59+08:00")

    made = api.post(N, reference="N-1", topic="system", subject={"zh-Hans": "题", "en": "S"}, body={"en": "B"})

    assert made == {
        "reference": "N-1",
        "published_on": "2031-12-31",
        "topic": "system",
        "subject": {"zh-Hant": "题", "en": "S", "zh-Hans": "题"},
        "body": {"zh-Hant": "B", "en": "B", "zh-Hans": "B"},
    }
    assert made in api.get(N)["notices"]


def test_a_published_notice_stands_on_the_board_as_text_until_withdrawn(api: Api, browser: Browser) -> None:
    path = "/workspaces/main/notices"
    api.post(path, reference="N-1", subject={"en": "<b>bold</b>"}, body={"en": "B"})
    assert "<b>bold</b>" in sign_in(browser).words

    assert api.done("DELETE", f"{path}/N-1") == {}

    assert "bold" not in browser.get("/account").words
    assert "N-1" not in api.refused("DELETE", f"{path}/N-1").accepted


@pytest.mark.parametrize("reference", ["nothing", "%00", "a%2fb", "n-1"])
def test_only_a_notice_that_is_there_can_be_withdrawn(api: Api, reference: str) -> None:
    api.create("w", scenario="empty")
    api.post(N, reference="N-1", **WORDS)

    found = api.refused("DELETE", f"{N}/{reference}")

    assert found.status == 404
    assert found.code == "route" or found.accepted == ["N-1"]


def test_a_reference_is_used_once(api: Api) -> None:
    api.create("w")
    api.post(N, reference="N-1", **WORDS)

    found = api.refused("POST", N, {"reference": "N-1"} | WORDS)

    assert (found.code, found.json["where"]) == ("notice_taken", "/reference")
