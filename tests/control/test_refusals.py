from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from control.cases_answers import ANSWERS
from control.cases_operations import OPERATIONS
from control.cases_requests import REQUESTS

from ipportal.control.problems import STATUS
from ipportal.settings import LANGUAGES
from ipportal.wording import say

if TYPE_CHECKING:
    from control.api import Api

CASES = REQUESTS | OPERATIONS


@pytest.mark.parametrize("code", CASES)
def test_a_refusal_says_why_and_what_would_be_right_and_changes_nothing(
    api: Api, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    api.create("w")

    found = CASES[code](api, monkeypatch)

    status, where, accepted = ANSWERS[code]
    assert (found.code, found.status) == (code, status)
    assert where in {"*", found.json["where"]}
    assert accepted in (["*"], found.accepted[:2])


def test_every_code_that_the_api_knows_is_met_here() -> None:
    assert set(CASES) == set(STATUS) == set(ANSWERS)
    assert not set(REQUESTS) & set(OPERATIONS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_a_title_of_its_own(lang: str) -> None:
    titles = [say(f"control.{code}", lang) for code in STATUS]

    assert len(set(titles)) == len(titles)


TOP = ["people", "notices", "captcha", "clock", "faults", "now"]
PERSON = [
    *("key", "situation", "names", "account_kind", "identity_prefix", "basic_user_ids", "basic_password"),
    *("internet_user_id", "internet_password", "issued", "past_basic_passwords", "last_login", "locked", "cancelled"),
]
FAULT = ["kind", "step", "moment", "times", "chance", "seed", "options of its kind: GET /_control/v1/faults"]


@pytest.mark.parametrize(
    ("text", "where", "accepted"),
    [
        ("persons = []", "persons", TOP),
        ("captcha_mode = 1", "captcha_mode", TOP),
        ("[[people]]\nname = 1", "people[0].name", PERSON),
        ("[[notices]]\nname = 1", "notices[0].name", ["reference", "published_on", "topic", "subject", "body"]),
        ('captcha = { mode = "real", name = "A" }', "captcha.name", ["mode", "word", "seed"]),
        ('[[faults]]\nkind = "delay"\nstep = "home"\nminutes = 1', "faults[0].minutes", FAULT),
    ],
)
def test_an_unknown_key_of_a_scenario_is_told_with_those_that_its_place_takes(
    api: Api, text: str, where: str, accepted: list[str]
) -> None:
    found = api.refused("POST", "/workspaces", {"scenario_toml": text})

    assert (found.code, found.json["where"], found.accepted) == ("scenario_key", where, accepted)
