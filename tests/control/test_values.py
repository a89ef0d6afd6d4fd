"""A value of the wrong kind is never taken for one of the right kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ipportal.vetting import UNSHOWN

if TYPE_CHECKING:
    from control.api import Api

W = "/workspaces/main"
FAULT = {"kind": "delay", "step": "home"}
USER = {"internet_user_id": "Newcomer", "internet_password": "Practice20251", "basic_user_ids": ["99000101"]}
NOTICE = {"reference": "N-1", "subject": {"en": "S"}, "body": {"en": "B"}}

WRONG: list[tuple[str, str, Any, str, list[str]]] = [
    ("POST", f"{W}/faults", FAULT | {"times": 1.0}, "/times", ["integer"]),
    ("POST", f"{W}/faults", FAULT | {"times": True}, "/times", ["integer"]),
    ("POST", f"{W}/faults", FAULT | {"times": "1"}, "/times", ["integer"]),
    ("POST", f"{W}/faults", FAULT | {"times": None}, "/times", ["integer"]),
    ("POST", f"{W}/faults", FAULT | {"times": -1}, "/times", ["ge: 0"]),
    ("POST", f"{W}/faults", FAULT | {"times": 1001}, "/times", ["le: 1000"]),
    ("POST", f"{W}/faults", FAULT | {"times": 2**63}, "/times", ["le: 1000"]),
    ("POST", f"{W}/faults", FAULT | {"times": 10**4000}, "/times", ["le: 1000"]),
    ("POST", f"{W}/faults", FAULT | {"times": -(10**4000)}, "/times", ["ge: 0"]),
    ("POST", f"{W}/faults", FAULT | {"chance": 0}, "/chance", ["gt: 0.0"]),
    ("POST", f"{W}/faults", FAULT | {"chance": 1.5}, "/chance", ["le: 1.0"]),
    ("POST", f"{W}/faults", FAULT | {"chance": True}, "/chance", ["number"]),
    ("POST", f"{W}/faults", FAULT | {"chance": "1"}, "/chance", ["number"]),
    ("POST", f"{W}/faults", FAULT | {"kind": "Delay"}, "/kind", ["delay"]),
    ("POST", f"{W}/faults", FAULT | {"moment": "never"}, "/moment", ["submit", "page"]),
    ("POST", f"{W}/faults", FAULT | {"seed": "s" * 81}, "/seed", ["max_length: 80"]),
    ("POST", f"{W}/faults", FAULT | {"seed": 1}, "/seed", ["string"]),
    ("POST", f"{W}/accounts", {"basic_user_id": "04000001"}, "/basic_user_id", ["pattern: ^99[0-9]{6}$"]),
    ("POST", f"{W}/accounts", {"basic_user_id": "9900000"}, "/basic_user_id", ["pattern: ^99[0-9]{6}$"]),
    ("POST", f"{W}/accounts", {"basic_user_id": "\uff19\uff1900000"}, "/basic_user_id", ["pattern: ^99[0-9]{6}$"]),
    ("POST", f"{W}/accounts", {"basic_user_id": "99000001\n"}, "/basic_user_id", ["pattern: ^99[0-9]{6}$"]),
    ("POST", f"{W}/accounts", {"basic_user_id": 99000001}, "/basic_user_id", ["string"]),
    ("POST", f"{W}/accounts", {"basic_password": "1234567"}, "/basic_password", ["minLength: 8", "maxLength: 8"]),
    ("POST", f"{W}/accounts", {"account_kind": "private"}, "/account_kind", ["enum: ['corporate', 'personal']"]),
    ("POST", f"{W}/accounts", {"name": ""}, "/name", ["min_length: 1"]),
    ("POST", f"{W}/accounts", {"name": " \u3000"}, "/name", ["more than spaces"]),
    ("POST", f"{W}/accounts", {"name": "a\nb"}, "/name", [rf"pattern: ^[^\x00-\x1f{UNSHOWN}]*$"]),
    ("POST", f"{W}/accounts", {"name": "a\u202eb"}, "/name", [rf"pattern: ^[^\x00-\x1f{UNSHOWN}]*$"]),
    ("POST", f"{W}/accounts", {"name": "n" * 201}, "/name", ["max_length: 200"]),
    ("POST", f"{W}/accounts", {"Name": "n"}, "/Name", ["name", "basic_user_id"]),
    ("POST", f"{W}/users", USER | {"internet_user_id": "Short"}, "/internet_user_id", ["minLength: 8"]),
    ("POST", f"{W}/users", USER | {"internet_password": "letters-only"}, "/internet_password", ["minLength: 13"]),
    ("POST", f"{W}/users", USER | {"basic_user_ids": []}, "/basic_user_ids", ["min_length: 1"]),
    ("POST", f"{W}/users", USER | {"basic_user_ids": ["99000101"] * 5}, "/basic_user_ids", ["max_length: 4"]),
    ("POST", f"{W}/users", USER | {"basic_user_ids": ["99000101"] * 2}, "/basic_user_ids", ["each basic user ID once"]),
    ("POST", f"{W}/users", USER | {"basic_user_ids": "99000101"}, "/basic_user_ids", ["array"]),
    ("POST", f"{W}/users", USER | {"basic_user_ids": ["990"]}, "/basic_user_ids/0", ["minLength: 8"]),
    ("POST", f"{W}/notices", NOTICE | {"subject": {}}, "/subject", ["min_length: 1"]),
    ("POST", f"{W}/notices", NOTICE | {"subject": ["S"]}, "/subject", ["object"]),
    ("POST", f"{W}/notices", NOTICE | {"subject": {"fr": "S"}}, "/subject/fr/[key]", ["zh-Hant", "en", "zh-Hans"]),
    ("POST", f"{W}/notices", NOTICE | {"body": {"en": ""}}, "/body/en", ["min_length: 1"]),
    ("POST", f"{W}/notices", NOTICE | {"body": {"en": "  "}}, "/body/en", ["more than spaces"]),
    ("POST", f"{W}/notices", NOTICE | {"topic": "news"}, "/topic", ["training", "system", "general"]),
    ("POST", f"{W}/notices", NOTICE | {"reference": "a/b"}, "/reference", ["pattern: ^[A-Za-z0-9-]{1,40}$"]),
    ("PUT", f"{W}/captcha", {"mode": "off"}, "/mode", ["real", "reveal", "always_wrong"]),
    ("PUT", f"{W}/captcha", {"mode": "fixed", "word": "pass12"}, "/word", ["pattern: ^[A-Z0-9]{6}$"]),
    ("PUT", f"{W}/captcha", {"word": "PASS34"}, "/mode", ["mode"]),
    ("POST", "/workspaces", {"scenario": ""}, "/scenario", ["min_length: 1"]),
    ("POST", "/workspaces", {"scenario_toml": "#" * 60_001}, "/scenario_toml", ["max_length: 60000"]),
    ("POST", "/workspaces", {"scenario": None, "name": 7}, "/name", ["string"]),
    ("POST", f"{W}/restore", [1], "/", ["object"]),
]


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_value_is_told_with_its_place_and_what_would_be_right(
    api: Api, case: tuple[str, str, Any, str, list[str]]
) -> None:
    method, path, body, where, accepted = case

    found = api.refused(method, path, body)

    assert (found.status, found.code, found.json["where"]) == (422, "value", where)
    assert set(accepted) <= set(found.accepted), found.accepted


def test_all_mistakes_of_a_body_are_told_at_once(api: Api) -> None:
    found = api.refused("POST", f"{W}/faults", {"kind": "x", "times": -1, "more": 1})

    told = {each["where"]: each["code"] for each in found.json["errors"]}
    assert told == {
        "/kind": "literal_error",
        "/step": "missing",
        "/times": "greater_than_equal",
        "/more": "extra_forbidden",
    }


def test_no_more_than_twenty_mistakes_are_told_and_long_names_are_cut(api: Api) -> None:
    found = api.refused("POST", f"{W}/faults", {f"{number:02}" + "k" * 1000: 0 for number in range(50)})

    assert len(found.json["errors"]) == 20
    assert max(len(each["where"]) for each in found.json["errors"]) <= 81


def test_no_refusal_echoes_what_was_typed(api: Api) -> None:
    for body in (USER | {"internet_password": "Kanarie-93847"}, USER | {"internet_password": ["Kanarie-93847"]}):
        assert "Kanarie" not in api.refused("POST", f"{W}/users", body).text


def test_a_null_means_the_same_as_leaving_out(api: Api) -> None:
    made = api.done("POST", f"{W}/accounts", {"basic_user_id": None, "basic_password": None})

    assert made["account"]["basic_user_id"] == "99100000"


@pytest.mark.parametrize(
    ("query", "where", "accepted"),
    [
        ("more=1", "/more", ["after", "wait"]),
        ("after=-1", "/after", ["ge: 0"]),
        ("after=x", "/after", ["integer"]),
        ("after=1.0", "/after", ["integer"]),
        ("after=1_0", "/after", ["integer"]),
        ("after=+1", "/after", ["integer"]),
        ("after=", "/after", ["integer"]),
        ("after=9007199254740993", "/after", ["le: 9007199254740992"]),
        ("limit=0", "/limit", ["ge: 1"]),
        ("limit=1001", "/limit", ["le: 1000"]),
        ("limit=" + "9" * 5000, "/limit", ["integer"]),
    ],
)
def test_a_wrong_query_is_told_as_a_wrong_value_is(api: Api, query: str, where: str, accepted: list[str]) -> None:
    found = api.refused("GET", f"{W}/journal?{query}")

    assert (found.code, found.json["where"]) == ("value", where)
    assert set(accepted) <= set(found.accepted)


@pytest.mark.parametrize("path", ["/health?x=1", "/workspaces?x=", "/openapi.json?v=3", f"{W}/clock?now=1"])
def test_an_operation_without_a_query_takes_none(api: Api, path: str) -> None:
    found = api.refused("GET", path)

    assert (found.code, found.accepted) == ("value", ["no key"])
