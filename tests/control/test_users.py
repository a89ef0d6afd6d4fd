from __future__ import annotations

from pkgutil import resolve_name
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from control.cases_requests import W
from props import NOON, PEOPLE

from ipportal.flows.staff import Staff

if TYPE_CHECKING:
    from control.api import Api
    from web.client import Browser

U = f"{W}/users"
PASSWORD = PEOPLE["registered-linked"].internet_password or ""
NEW: dict[str, Any] = {"internet_user_id": "Newcomer", "internet_password": "Practice20251"}


@pytest.fixture(autouse=True)
def workspace(api: Api) -> None:
    api.create("w", now=NOON.isoformat())


def test_every_user_is_told_as_they_are_now(api: Api) -> None:
    told = {each["internet_user_id"]: each for each in api.get(U)["users"]}

    assert told["HoFung08"] == {
        "internet_user_id": "HoFung08",
        "basic_user_ids": ["99000801", "99000802", "99000803"],
        "registered_at": told["HoFung08"]["registered_at"],
        "last_login_at": "2025-03-27T16:05:09+08:00",
        "failed_tries": 0,
        "locked": False,
    }
    assert told["LongTin6"]["last_login_at"] is None
    assert api.get(f"{U}/hofung08") == told["HoFung08"]


def test_a_user_is_registered_for_four_accounts_and_can_sign_in(api: Api, browser: Browser) -> None:
    four = ["99000402", "99000401", "99000403", "99000404"]

    made = api.done("POST", "/workspaces/main/users", NEW | {"basic_user_ids": four})

    assert (made["basic_user_ids"], made["registered_at"]) == (four, NOON.isoformat())
    browser.get("/login")
    assert browser.submit(**NEW).screen == "basic_password/form"


def test_an_id_that_is_taken_in_any_case_is_refused(api: Api) -> None:
    found = api.refused("POST", U, NEW | {"internet_user_id": "NIMCHI07", "basic_user_ids": ["99000101"]})

    assert (found.code, found.json["where"]) == ("user_taken", "/internet_user_id")


@pytest.mark.parametrize(("basic", "code"), [("99777777", "account_unknown"), ("99000707", "account_linked")])
def test_accounts_that_cannot_be_linked_are_refused_with_those_that_can(api: Api, basic: str, code: str) -> None:
    found = api.refused("POST", U, NEW | {"basic_user_ids": ["99000101", basic]})

    assert (found.code, found.json["where"]) == (code, "/basic_user_ids")
    assert "99000101" in found.accepted
    assert basic not in found.accepted


def test_a_locked_user_cannot_sign_in_until_unlocked(api: Api, browser: Browser) -> None:
    path = "/workspaces/main/users/NimChi07"
    typed = {"internet_user_id": "NimChi07", "internet_password": "Practice20257"}

    assert api.post(f"{path}/lock")["locked"]
    browser.get("/login")
    assert browser.submit(**typed).problems == {"form": "locked"}
    assert not api.post(f"{path}/unlock")["locked"]
    assert browser.submit(**typed).screen == "account/home"


def test_a_removed_user_leaves_accounts_and_name_free_at_once(api: Api) -> None:
    assert api.done("DELETE", f"{U}/NimChi07") == {}

    assert api.get(f"{W}/accounts/99000707")["internet_user_id"] is None
    again = api.done("POST", U, NEW | {"internet_user_id": "nimchi07", "basic_user_ids": ["99000707"]})
    assert again["internet_user_id"] == "nimchi07"


@pytest.mark.parametrize(
    ("path", "looks"),
    [
        ("users/NimChi07", "ipportal.control.users._row"),
        ("accounts/99000101", "ipportal.control.accounts._row"),
        ("sessions/{session}", "ipportal.control.visits._name"),
    ],
)
def test_of_two_who_remove_it_at_once_one_is_told_that_it_is_done(
    api: Api, browser: Browser, monkeypatch: pytest.MonkeyPatch, path: str, looks: str
) -> None:
    browser.get("/login")
    browser.submit(internet_user_id="HoFung08", internet_password=PASSWORD)
    main = "/workspaces/main/"
    path = main + path.format(session=api.get(f"{main}sessions")["sessions"][0]["session"])
    told: list[int] = []
    look, others = resolve_name(looks), [Thread(target=lambda: told.append(api.ask("DELETE", path).status))]
    [other] = others

    def looked(*words: Any) -> Any:
        found = look(*words)
        if others:  # the other one comes between looking and removing, if that can be
            others.pop().start()
            other.join(0.5)
        return found

    monkeypatch.setattr(looks, looked)
    told.append(api.ask("DELETE", path).status)
    other.join()

    assert sorted(told) == [200, 404]


def test_a_user_who_is_removed_at_once_was_registered_all_the_same(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    add = Staff.add_user

    def added_and_gone(staff: Staff, *words: Any) -> str:
        why = add(staff, *words)
        staff.remove_user("newcomer")
        return why

    monkeypatch.setattr(Staff, "add_user", added_and_gone)

    assert api.done("POST", U, NEW | {"basic_user_ids": ["99000101"]})["internet_user_id"] == "Newcomer"


@pytest.mark.parametrize("way", [("GET", ""), ("DELETE", ""), ("POST", "/lock"), ("POST", "/unlock")])
def test_a_user_who_is_not_there_is_refused_with_those_who_are(api: Api, way: tuple[str, str]) -> None:
    found = api.refused(way[0], f"{U}/Nobody00{way[1]}")

    assert (found.code, found.json["where"]) == ("user_unknown", "internet_user_id")
    assert "NimChi07" in found.accepted
