from __future__ import annotations

from typing import TYPE_CHECKING

from control.cases_requests import W
from jsonschema import Draft202012Validator
from web.scenes import at_kind

from ipportal.flows.branches import BRANCHES
from ipportal.rules import BEHAVIOURS, FIELDS, FIGURES, FORMS, WHOLE, WINDOWS

if TYPE_CHECKING:
    import pytest
    from control.api import Api
    from web.client import Browser


def test_the_catalogue_tells_every_rule_with_the_figures_in_force(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(api.house.main.settings.__dict__, "login_tries", 9)

    told = api.get("/rules")

    rules = {each["name"]: each for each in told["rules"]}
    assert len(told["rules"]) == len((*FIELDS, *FIGURES, *WINDOWS, *BEHAVIOURS))
    assert rules["login_tries"]["value"] == 9
    assert (rules["basic_user_id"]["stated"], rules["login_tries"]["stated"]) == (True, False)
    Draft202012Validator.check_schema(told["json_schema"])
    assert set(told["json_schema"]["$defs"]) == {rule.name for rule in FIELDS} | set(FORMS)


def test_vectors_are_told_of_all_rules_or_of_one(api: Api) -> None:
    every = api.get("/rules/vectors")["vectors"]
    some = api.get("/rules/vectors", rule="basic_user_id")["vectors"]

    assert {each["rule"] for each in some} == {"basic_user_id"}
    assert [each for each in every if each["rule"] == "basic_user_id"] == some
    assert {"accepted", "length", "chars"} <= {each["expected"] for each in some}
    assert {each["rule"] for each in every} <= set(WHOLE)


def test_vectors_have_the_figures_in_force(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(api.house.main.settings.__dict__, "login_tries", 9)

    told = api.get("/rules/vectors", rule="login_tries")["vectors"]

    assert [each["given"]["wrong_in_a_row"] for each in told if each["expected"] == "locked"] == [9, 18]


def test_vectors_have_the_holidays_in_force(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(api.house.main.settings.__dict__, "holidays", ("-2026-04-05",))

    told = api.get("/rules/vectors", rule="sunday_holiday")["vectors"]

    assert {each["given"]["moment"][:10] for each in told} == {"2026-05-24"}


def test_an_unknown_rule_is_refused_with_the_known_ones(api: Api) -> None:
    for rule in ("nothing", ""):
        found = api.refused("GET", "/rules/vectors", query_string={"rule": rule})
        assert (found.code, found.json["where"], found.accepted) == ("value", "/rule", list(WHOLE))


def test_the_coverage_of_a_workspace_outlives_it_on_the_server(api: Api) -> None:
    api.create("w", scenario="empty")
    portal = api.portal("w").standing().portal
    portal.register.terms({"agree": "yes"})
    portal.register.terms({"agree": "no"})

    own = api.get(f"{W}/coverage")
    api.done("DELETE", W)
    whole = api.get("/rules/coverage")

    assert {"agree.yes", "agree.no"} <= set(own["reached"])
    assert own["reached"] == whole["reached"]
    for told in (own, whole):
        assert [*told["reached"], *told["missing"]] != []
        assert set(told["reached"]) | set(told["missing"]) == set(BRANCHES)
        assert not set(told["reached"]) & set(told["missing"])


def test_coverage_adds_up_over_all_workspaces(api: Api, browser: Browser) -> None:
    at_kind(browser)
    api.create("w", scenario="empty")
    api.portal("w").standing().portal.register.terms({"agree": "yes"})

    assert api.get("/rules/coverage")["reached"]["agree.yes"] == 2
    assert api.get(f"{W}/coverage")["reached"]["agree.yes"] == 1
