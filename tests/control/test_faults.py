from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from control.cases_requests import W

from ipportal.flows.faults import KINDS, MOST, STEPS

if TYPE_CHECKING:
    from control.api import Api

F = f"{W}/faults"
SHARED = ("times", "chance", "seed")


@pytest.fixture(autouse=True)
def workspace(api: Api) -> None:
    api.create("w", now="2025-03-31T12:00:00+08:00")


def test_kinds_and_steps_are_told_as_the_portal_has_them(api: Api) -> None:
    told = api.get("/faults")

    assert {each["kind"]: tuple(each["options"]) for each in told["kinds"]} == {
        kind.name: kind.options for kind in KINDS.values()
    }
    assert {each["step"]: tuple(each["moments"]) for each in told["steps"]} == STEPS


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_armed_at_a_step_once_unless_said_otherwise(api: Api, kind: str) -> None:
    armed = api.post(F, kind=kind, step="login/form")

    assert armed == {
        "fault_id": 1,
        "kind": kind,
        "step": "login/form",
        "moment": "submit",
        "times": 1,
        "chance": 1.0,
        "seed": "1",
        "milliseconds": 1000,
        "up_to_milliseconds": 0,
        "minutes": 30,
        "met": 0,
        "struck": 0,
    }
    assert api.get(F)["faults"] == [armed]


@pytest.mark.parametrize("step", STEPS)
def test_a_fault_is_armed_at_every_step_and_moment(api: Api, step: str) -> None:
    for moment in STEPS[step]:
        assert api.post(F, kind="error_503", step=step, moment=moment)["moment"] == moment


def test_an_armed_fault_strikes_its_own_workspace_and_is_counted(api: Api) -> None:
    api.post(F, kind="error_500", step="home", times=2)

    assert api.client.open("/").status_code == 200
    with api.client.open("/w/w/") as struck:
        assert (struck.status_code, struck.headers["X-Ipportal-Faults"]) == (500, "error_500@home:page (1 left)")
    [left] = api.get(F)["faults"]
    assert (left["met"], left["struck"]) == (1, 1)
    assert api.client.open("/w/w/").status_code == 500
    assert api.client.open("/w/w/").status_code == 200
    assert api.get(F)["faults"] == []


def test_a_seed_in_any_script_never_reaches_a_header(api: Api) -> None:
    api.post(F, kind="error_500", step="login/tips", seed="練\r\nSet-Cookie: a=b")

    with api.client.open("/w/w/") as page:
        assert (page.status_code, page.headers["X-Ipportal-Faults"]) == (200, "error_500@login/tips:page (1 left)")


def test_faults_are_disarmed_one_by_one_or_all_together(api: Api) -> None:
    for kind in ("error_500", "error_503", "disk_full"):
        api.post(F, kind=kind, step="login/form", times=0)

    assert api.done("DELETE", f"{F}/2") == {}
    assert [each["fault_id"] for each in api.get(F)["faults"]] == [1, 3]
    assert api.refused("DELETE", f"{F}/2").accepted == ["1", "3"]
    assert api.done("DELETE", F) == {}
    assert api.get(F)["faults"] == []
    assert api.done("DELETE", F) == {}


@pytest.mark.parametrize("number", ["0", "2", "01", "-1", "1.0", "one", "+1", "%EF%BC%91", "9" * 5000])
def test_only_a_fault_that_is_armed_can_be_disarmed(api: Api, number: str) -> None:
    api.post(F, kind="error_500", step="home")

    found = api.refused("DELETE", f"{F}/{number}")

    assert (found.code, found.accepted) == ("fault_unknown", ["1"])


def test_a_step_has_only_its_own_moments(api: Api) -> None:
    assert api.refused("POST", F, {"kind": "error_500", "step": "logout", "moment": "page"}).accepted == ["submit"]
    assert api.refused("POST", F, {"kind": "error_500", "step": "Home"}).accepted == list(STEPS)


@pytest.mark.parametrize(
    ("kind", "option", "accepted"),
    [
        ("delay", "minutes", ["milliseconds", "up_to_milliseconds", *SHARED]),
        ("maintenance_now", "milliseconds", ["minutes", *SHARED]),
        ("error_500", "up_to_milliseconds", [*SHARED]),
    ],
)
def test_an_option_of_another_kind_is_refused(api: Api, kind: str, option: str, accepted: list[str]) -> None:
    found = api.refused("POST", F, {"kind": kind, "step": "home", option: 5})

    assert (found.code, found.json["where"], found.accepted) == ("fault_option", f"/{option}", accepted)


@pytest.mark.parametrize(("least", "most"), [({}, 999), ({"milliseconds": 200}, 199), ({"milliseconds": 60_000}, 1)])
def test_a_delay_up_to_less_than_it_is_at_least_is_refused(api: Api, least: dict[str, int], most: int) -> None:
    delay = {"kind": "delay", "step": "home"} | least

    found = api.refused("POST", F, delay | {"up_to_milliseconds": most})

    told = [f"{least.get('milliseconds', 1000)} to 60000"]
    assert (found.code, found.json["where"], found.accepted) == ("value", "/up_to_milliseconds", told)
    assert api.get(F)["faults"] == []
    for right in (0, least.get("milliseconds", 1000)):
        assert api.post(F, **delay | {"up_to_milliseconds": right})["up_to_milliseconds"] == right


def test_no_more_faults_are_armed_than_a_header_can_list(api: Api) -> None:
    for _ in range(MOST):
        api.post(F, kind="error_500", step="login/tips")

    assert api.refused("POST", F, {"kind": "error_500", "step": "home"}).accepted == [str(MOST)]
    assert api.client.open("/w/w/").headers["X-Ipportal-Faults"].count("error_500") == MOST


def test_faults_go_with_their_workspace(api: Api) -> None:
    api.post(F, kind="error_500", step="home", times=0)
    api.done("DELETE", W)

    api.create("w", now="2025-03-31T12:00:00+08:00")

    assert api.get(F)["faults"] == []
    assert api.client.open("/w/w/").status_code == 200
