from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

import pytest
from control.cases_requests import REQUESTS
from control.conform import told

from ipportal.store import Unavailable

if TYPE_CHECKING:
    import logging

    from control.api import Api

METHODS = [(method, path.removeprefix("/_control/v1")) for path, each in told()["paths"].items() for method in each]
FOREIGN = [
    {"Origin": "http://other.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://localhost:8080"},
    {"Origin": "http://localhost.other.example"},
    {"Origin": "http://other.example, http://localhost"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_page_of_another_origin_gets_nothing_even_with_the_token(api: Api, headers: dict[str, str]) -> None:
    api.create("w")

    for method, path in (("GET", "/workspaces"), ("GET", "/openapi.json"), ("DELETE", "/workspaces/w"), ("GET", "/x")):
        found = api.refused(method, path, headers=headers)
        assert (found.code, found.accepted) == ("origin", ["http://localhost"])


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}]
)
def test_a_tool_and_a_page_of_this_origin_are_heard(api: Api, headers: dict[str, str]) -> None:
    assert api.done("GET", "/workspaces", headers=headers) == {"workspaces": ["main"]}


@pytest.mark.parametrize("host", ["rebound.example", "localhost.rebound.example", "127.0.0.1.rebound.example", "[::1]"])
def test_a_foreign_host_is_refused_before_anything_else(api: Api, host: str) -> None:
    for headers in ({}, {"Origin": f"http://{host}"}):
        found = api.refused("GET", "/workspaces", base_url=f"http://{host}", headers=headers)
        assert (found.code, found.accepted) == ("host", ["IPPORTAL_TRUSTED_HOSTS"])


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "127.0.0.1"])
def test_the_hosts_of_this_machine_are_heard_on_any_port(api: Api, host: str) -> None:
    assert api.done("GET", "/health", base_url=f"http://{host}")["status"] == "ok"


@pytest.mark.parametrize("path", sorted({path for _, path in METHODS}))
def test_a_preflight_is_answered_as_a_wrong_method(api: Api, path: str) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}

    found = api.refused("OPTIONS", path.replace("{", "").replace("}", ""), headers=asked)

    assert (found.status, found.code) == (405, "method")
    documented = {method.upper() for method, each in METHODS if each == path}
    assert set(found.accepted) - {"HEAD"} == documented
    assert found.headers["Allow"] == ", ".join(found.accepted)


@pytest.mark.parametrize("path", ["//health", "/health/", "/../health", "/workspaces//main", "/%2e/health", ""])
def test_an_address_that_is_not_exact_is_no_operation_and_no_redirect(api: Api, path: str) -> None:
    found = api.refused("GET", path)

    assert (found.status, found.code, found.accepted[-1]) == (404, "route", "/_control/v1/openapi.json")


@pytest.mark.parametrize("path", ["/w/w/_control/v1/health", "/_control", "/health/_control/v1"])
def test_the_api_is_served_below_its_one_prefix_only(api: Api, path: str) -> None:
    api.create("w")

    with api.client.open(path) as response:
        assert (response.status_code, response.mimetype) == (404, "text/html")


def test_a_fault_of_the_server_is_logged_without_its_words(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    words = secrets.token_hex()  # the log shows the lines of the code, so the words must stand in none of them

    def fail(_house: object) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr("ipportal.workspaces.Workspaces.names", fail)

    found = api.ask("GET", "/workspaces")

    assert (found.status, found.code) == (500, "internal")
    record: logging.LogRecord = caplog.records[-1]
    assert re.fullmatch("[0-9a-f]{8}", found.json["where"])
    assert record.getMessage().startswith(f"Incident {found.json['where']}: ")
    assert "RuntimeError" in record.getMessage()
    assert words not in record.getMessage() + found.text


def test_a_store_that_cannot_be_used_is_named_in_the_log(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    found = REQUESTS["store"](api, monkeypatch)

    assert found.headers["Retry-After"] == "5"
    assert caplog.records[-1].getMessage() == "The store cannot be used: busy (the path of the store)"


@pytest.mark.parametrize("knows", [True, False])
def test_a_store_that_goes_with_its_workspace_is_told_as_a_workspace_that_is_not_there(
    api: Api, monkeypatch: pytest.MonkeyPatch, *, knows: bool
) -> None:
    api.create("w")

    def gone(*_: object) -> None:
        if knows:
            monkeypatch.setattr(api.house._place, "has", lambda _: False)
        raise Unavailable("missing", "the path of the store")

    monkeypatch.setattr(type(api.house.find("w")), "standing", gone)

    found = api.ask("GET", "/workspaces/w")

    assert (found.status, found.code) == ((404, "workspace_unknown") if knows else (503, "store"))


def test_where_nobody_can_tell_whether_a_workspace_is_there_the_store_is_told(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.create("w")

    def gone(*_: object) -> bool:
        raise Unavailable("missing", "the server")

    monkeypatch.setattr(type(api.house.main), "standing", gone)
    monkeypatch.setattr(api.house._place, "has", gone)

    assert api.ask("GET", "/workspaces/w").code == "store"


def test_the_api_is_not_there_where_the_settings_switch_it_off(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(api.house.main.settings.__dict__, "control", False)

    with api.client.open("/_control/v1/health") as response:
        assert (response.status_code, response.mimetype) == (404, "text/html")
