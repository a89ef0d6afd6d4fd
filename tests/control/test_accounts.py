from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from control.cases_requests import W
from props import NOON, PEOPLE
from web.scenes import at, sign_in

if TYPE_CHECKING:
    from control.api import Api
    from web.client import Browser

A = f"{W}/accounts"


@pytest.fixture(autouse=True)
def workspace(api: Api) -> None:
    api.create("w", now=NOON.isoformat())


def test_the_people_are_told_with_everything_they_type(api: Api) -> None:
    told = {each["key"]: each for each in api.get(f"{W}/people")["people"]}

    assert list(told) == list(PEOPLE)
    assert told["registered"] == PEOPLE["registered"].published("en")


def test_every_account_is_told_as_it_is_now(api: Api) -> None:
    told = {each["basic_user_id"]: each for each in api.get(A)["accounts"]}

    assert told["99000802"] == api.get(f"{A}/99000802")
    assert told["99000802"] | {"names": {}} == {
        "basic_user_id": "99000802",
        "person": "registered-linked",
        "account_kind": "personal",
        "identity_prefix": "ZF22",
        "names": {},
        "issued": True,
        "failed_tries": 0,
        "locked": False,
        "history": 0,
        "internet_user_id": "HoFung08",
        "position": 2,
    }
    assert told["99001212"]["history"] == 12
    assert told["99000101"]["internet_user_id"] is None
    assert "hash" not in str(told)


def test_an_account_is_opened_with_what_is_said_and_the_rest_made_up(api: Api) -> None:
    first = api.post(A)
    second = api.post(A, account_kind="corporate", identity_prefix="7z56", basic_password="24681357", name="晨帆")

    assert first["account"]["basic_user_id"] == "99100000"
    assert first["account"] | {"basic_user_id": ""} == {
        "basic_user_id": "",
        "person": "",
        "account_kind": "personal",
        "identity_prefix": "ZZ99",
        "names": {"zh-Hant": "練習戶口持有人", "en": "Practice Holder", "zh-Hans": "练习户口持有人"},
        "issued": True,
        "failed_tries": 0,
        "locked": False,
        "history": 0,
        "internet_user_id": None,
        "position": None,
    }
    assert (second["account"]["basic_user_id"], second["basic_password"]) == ("99100001", "24681357")
    assert (second["account"]["identity_prefix"], second["account"]["names"]["en"]) == ("7Z56", "晨帆")
    assert len(first["basic_password"]) == 8


def test_an_account_that_is_taken_is_refused_with_a_free_one(api: Api) -> None:
    found = api.refused("POST", A, {"basic_user_id": "99000101"})

    assert (found.json["where"], found.accepted) == ("/basic_user_id", ["99100000"])


def test_an_account_is_closed_unless_somebody_holds_it(api: Api) -> None:
    assert api.done("DELETE", f"{A}/99000101") == {}

    assert "99000202" in api.refused("GET", f"{A}/99000101").accepted
    held = api.refused("DELETE", f"{A}/99000707")
    assert (held.code, held.json["where"]) == ("account_linked", "basic_user_id")
    assert "99000202" in held.accepted
    assert "99000707" not in held.accepted


def test_a_locked_account_ends_its_sessions_and_is_unlocked_again(api: Api, browser: Browser) -> None:
    main = "/workspaces/main"
    sign_in(browser)

    assert api.post(f"{main}/accounts/99000707/lock")["locked"]

    assert browser.get("/account").screen == "login/form"
    assert sign_in(browser).problems == {"form": "suspended"}
    assert api.post(f"{main}/accounts/99000707/unlock") | {"names": 0} == api.get(f"{main}/accounts/99000707") | {
        "names": 0
    }
    assert sign_in(browser).screen == "account/home"


def test_a_reissued_password_must_be_changed_and_the_old_one_is_remembered(api: Api, browser: Browser) -> None:
    main = "/workspaces/main/accounts/99000707"
    before = api.get(main)

    issued = api.post(f"{main}/reissue", basic_password="13572468")

    assert issued["basic_password"] == "13572468"
    assert (issued["account"]["issued"], issued["account"]["history"]) == (True, before["history"] + 1)
    assert sign_in(browser).screen == "basic_password/form"
    made_up = api.post(f"{main}/reissue")["basic_password"]
    assert (len(made_up), made_up.isdigit()) == (8, True)


def test_the_history_is_filled_with_what_is_said_or_made_up(api: Api) -> None:
    assert len(set(api.post(f"{A}/99000101/history")["passwords"])) == 12
    assert api.get(f"{A}/99000101")["history"] == 12
    assert len(api.post(f"{A}/99000101/history", count=3)["passwords"]) == 3
    told = api.post(f"{A}/99000101/history", passwords=["11111111", "22222222"])
    assert told == {"passwords": ["11111111", "22222222"]}
    assert api.post(f"{A}/99000101/history", passwords=[]) == {"passwords": []}
    assert api.get(f"{A}/99000101")["history"] == 0


def test_a_history_is_said_or_counted_not_both(api: Api) -> None:
    api.post(f"{A}/99000101/history", passwords=["11111111"])

    found = api.refused("POST", f"{A}/99000101/history", {"passwords": ["22222222"], "count": 12})

    assert (found.code, found.json["where"], found.accepted) == ("value", "/count", ["either passwords or count"])
    assert api.get(f"{A}/99000101")["history"] == 1
    assert len(api.post(f"{A}/99000101/history", passwords=None, count=2)["passwords"]) == 2


@pytest.mark.parametrize("body", [{"count": 13}, {"count": -1}, {"passwords": ["11111111"] * 13}, {"passwords": [""]}])
def test_a_history_that_the_portal_could_not_remember_is_refused(api: Api, body: dict[str, object]) -> None:
    assert api.refused("POST", f"{A}/99000101/history", body).code == "value"


@pytest.mark.parametrize("which", ["99999999", "990", "%00", "\uff19", "99000101%20", "..%2f99000101"])
@pytest.mark.parametrize("way", ["", "/lock", "/unlock", "/reissue", "/history"])
def test_an_account_that_is_not_there_is_refused_with_those_that_are(api: Api, which: str, way: str) -> None:
    found = api.refused("POST" if way else "GET", f"{A}/{which}{way}", {})

    assert found.status == 404
    if found.code != "route":
        assert (found.code, found.json["where"]) == ("account_unknown", "basic_user_id")
        assert "99000101" in found.accepted


def test_two_workspaces_never_see_each_others_accounts(api: Api) -> None:
    api.create("x", scenario="empty")
    at(api.portal("x"), NOON)

    api.post(f"{A}", basic_user_id="99777777")

    assert api.get("/workspaces/x/accounts")["accounts"] == []
    assert api.refused("GET", "/workspaces/main/accounts/99777777").code == "account_unknown"
