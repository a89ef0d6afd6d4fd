from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from props import CHAN, NOON, WORD
from web.scenes import at_confirm, at_details, at_kind, sign_in

from ipportal.rules import CATALOGUE
from ipportal.rules.shapes import decisions

if TYPE_CHECKING:
    from control.api import Api
    from web.client import Browser

J = "/workspaces/main/journal"


def steps(answer: dict[str, list[dict[str, object]]]) -> list[object]:
    return [each["step"] for each in answer["entries"]]


@pytest.fixture
def walked(api: Api, browser: Browser) -> int:
    """A visitor was refused at the details, then wrote to the end; return the sequence before."""
    last = api.get(J)["last"]
    at_details(browser)
    browser.submit(**CHAN | {"basic_user_id": "990001", "internet_user_id": "\uff2cokShan1"}, captcha=WORD)
    browser.submit(**CHAN, captcha="WRONG1")
    browser.submit(**CHAN, captcha=WORD)
    return int(last)


def test_entries_are_told_oldest_first_with_the_sequence_to_go_on_after(api: Api, walked: int) -> None:
    told = api.get(J, after=str(walked))

    assert steps(told) == ["register/terms", "register/kind", *["register/details"] * 3]
    sequences = [each["sequence"] for each in told["entries"]]
    assert sequences == sorted(sequences)
    assert told["last"] == sequences[-1]
    assert api.get(J, after=str(told["last"])) == {"entries": [], "last": told["last"]}
    assert told["entries"][0]["portal_time"] == NOON.isoformat()
    assert told["entries"][0]["real_time"].endswith("+00:00")


def test_a_refusal_says_how_each_value_was_judged_and_what_would_fit(api: Api, walked: int) -> None:
    entry = api.get(J, after=str(walked), outcome="refused")["entries"][0]

    values = {each["field"]: each for each in entry["values"]}
    assert entry["codes"] == {"basic_user_id": "length", "internet_user_id": "chars"}
    assert values["basic_user_id"] == {
        "field": "basic_user_id",
        "length": 6,
        "classes": {"digit": 6},
        "branch": "length_short",
        "decisions": [
            {"rule": "basic_user_id.required", "passed": True},
            {"rule": "basic_user_id.length", "passed": False},
        ],
        "nearest": {"edits": [{"edit": "add", "count": 2, "what": "digit"}], "length": 8},
    }
    assert values["internet_user_id"]["nearest"] == {
        "edits": [{"edit": "replace", "count": 1, "what": "half_width"}],
        "length": 8,
    }
    assert values["internet_password"]["branch"] == "accepted"
    for field, value in values.items():
        told = [(each["rule"], each["passed"]) for each in value["decisions"]]
        assert told == [(f"{field}.{check}", ok) for check, ok in decisions(CATALOGUE[field], value["branch"])]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"step": "register/kind"}, 1),
        ({"step": "register/details"}, 3),
        ({"outcome": "refused"}, 2),
        ({"outcome": "done", "step": "register/details"}, 1),
        ({"reason": "captcha=captcha_wrong"}, 1),
        ({"code": "length"}, 1),
        ({"code": "captcha_wrong"}, 1),
        ({"code": "length", "outcome": "done"}, 0),
        ({"account": "99000101"}, 1),
        ({"account": ""}, 4),
        ({"limit": "2"}, 2),
        ({"code": "length", "limit": "1"}, 1),
        ({"newest": "3"}, 3),
        ({"code": "length", "newest": "5"}, 1),
        ({"step": "login/form"}, 0),
        ({"code": "closed", "outcome": "fault"}, 0),
    ],
)
def test_entries_are_filtered_by_what_they_say(api: Api, walked: int, query: dict[str, str], found: int) -> None:
    told = api.get(J, after=str(walked), **query)

    assert len(told["entries"]) == found, told


def test_a_limit_cuts_the_newest_and_says_where_to_go_on(api: Api, walked: int) -> None:
    first = api.get(J, after=str(walked), limit="2")
    rest = api.get(J, after=str(first["last"]))

    assert steps(first) + steps(rest) == steps(api.get(J, after=str(walked)))


def test_the_newest_entries_are_the_last_ones_in_the_same_order(api: Api, walked: int) -> None:
    entries = api.get(J, after=str(walked))["entries"]
    refused = [entry for entry in entries if "captcha_wrong" in entry["codes"].values()]

    assert api.get(J, newest="2")["entries"] == entries[-2:]
    assert api.get(J, newest="2", step="register/details")["entries"][-1]["step"] == "register/details"
    assert api.get(J, newest="1", code="captcha_wrong")["entries"] == refused[-1:]


def test_the_journal_of_one_workspace_is_nobody_elses(api: Api, browser: Browser) -> None:
    api.create("w")
    before = api.get("/workspaces/w/journal")

    at_kind(browser)

    assert api.get("/workspaces/w/journal") == before


def test_no_typed_secret_or_identity_is_in_any_entry(api: Api, browser: Browser) -> None:
    typed = {
        "basic_user_id": "04815162",
        "linked_basic_user_id_2": "99424211",
        "identity_prefix": "QX97",
        "internet_user_id": "Kanarie7",
        "internet_password": "Kanarie93847xQ",
        "internet_password_again": "Kanarie93847xQ",
        "captcha": "QWERTZ",
    }
    at_details(browser)
    browser.submit(**typed)
    browser.submit(**typed | {"captcha": WORD})
    browser.submit(**typed | {"internet_password": "Kanarie-" * 9, "identity_prefix": "Kanarie"})
    at_confirm(browser)
    browser.submit(basic_password="73915864")
    browser.submit(basic_password="7391586X")
    sign_in(browser, "registered-first-login-due")
    new = {"new_basic_password": "59173846", "new_basic_password_again": "59173846"}
    browser.submit(basic_password="73915864", **new, captcha=WORD)
    browser.submit(basic_password="26457513", **new, captcha=WORD)

    told = json.dumps(api.get(J), ensure_ascii=False)

    secrets = {*typed.values(), "Kanarie-", "73915864", "7391586X", "59173846", "26457513", WORD, "31415926"}
    assert [each for each in secrets if each in told] == []
    assert "register/details" in told
    assert "99000606" in told


def test_passwords_given_to_the_api_itself_are_in_no_entry(api: Api) -> None:
    main = "/workspaces/main"
    api.post(f"{main}/accounts/99000101/reissue", basic_password="73915864")
    api.post(f"{main}/accounts/99000101/history", passwords=["59173846"])
    api.post(f"{main}/accounts", basic_user_id="99100000", basic_password="84620517")
    new = {"internet_user_id": "Newcomer", "internet_password": "Kanarie93847xQ"}
    api.done("POST", f"{main}/users", new | {"basic_user_ids": ["99100000"]})

    told = json.dumps([api.get(J), api.get(f"{main}/users"), api.get(f"{main}/accounts"), api.get(f"{main}/snapshot")])

    assert [each for each in ("73915864", "59173846", "84620517", "Kanarie") if each in told] == []
