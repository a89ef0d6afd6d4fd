"""Every operation of the control API, for everyone who may not call it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from control.conform import told
from control.test_tokens import EVERY, filled
from web.scenes import sign_in

from ipportal.control.operations import OPERATIONS, Nothing, Operation
from ipportal.control.server import create_control

if TYPE_CHECKING:
    from control.api import Api
    from web.client import Browser

OPEN = {("GET", "/health"), ("GET", "/openapi.json")}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Ipportal-Emulator": "1",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def test_the_document_tells_of_every_route_and_which_of_them_are_open(api: Api) -> None:
    rules = create_control(api.house).url_map.iter_rules()
    served = {(each, rule.rule.translate({60: 123, 62: 125})) for rule in rules for each in (rule.methods or set())}

    documented = {(method.upper(), path) for path, each in told()["paths"].items() for method in each}

    assert {way for way in served if way[0] != "HEAD"} == documented
    assert documented - {(method, f"/_control/v1{path}") for method, path in EVERY} == {
        (method, f"/_control/v1{path}") for method, path in OPEN
    }


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_a_signed_in_visitors_cookie_opens_no_operation(api: Api, browser: Browser, method: str, path: str) -> None:
    api.create("w")
    sign_in(browser)

    found = api.with_token("").refused(method, filled(path), {}, headers={"Cookie": f"ipportal={browser.cookie}"})

    assert (found.status, found.code) == (401, "token_missing")
    assert {name: found.headers[name] for name in HEADERS} == HEADERS
    assert "Set-Cookie" not in found.headers


@pytest.mark.parametrize(("method", "path"), [*EVERY, *sorted(OPEN)])
@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_page_of_another_origin_reaches_no_operation_even_with_the_token(
    api: Api, method: str, path: str, origin: str
) -> None:
    api.create("w")

    found = api.refused(method, filled(path), {}, headers={"Origin": origin})

    assert (found.status, found.code) == (403, "origin")
    assert {name: found.headers[name] for name in HEADERS} == HEADERS
    assert not [name for name in found.headers.keys() if name.startswith("Access-Control")]  # noqa: SIM118 - no mapping


@pytest.mark.parametrize("each", [each for each in OPERATIONS if each.body is Nothing], ids=lambda each: each.name)
def test_an_operation_that_takes_no_body_ignores_none(api: Api, each: Operation) -> None:
    api.create("w")

    member = api.refused(each.method, filled(each.path), {"fault_id": 3})
    broken = api.refused(each.method, filled(each.path), data=b"{broken", content_type="application/json")

    assert (member.status, member.code, member.accepted) == (422, "value", ["no key"])
    assert [mistake["code"] for mistake in member.json["errors"]] == ["extra_forbidden"]
    assert (broken.status, broken.code) == (400, "json")


def test_only_a_question_has_no_body_that_is_judged() -> None:
    assert {each.method for each in OPERATIONS if each.body is None} == {"GET"}


@pytest.mark.parametrize("body", [None, {}])
def test_a_checkpoint_is_kept_and_forgotten_without_a_body_or_with_an_empty_object(api: Api, body: object) -> None:
    api.create("w")

    assert api.done("PUT", "/workspaces/w/checkpoints/mine", body)["name"] == "mine"
    assert api.done("DELETE", "/workspaces/w/checkpoints/mine", body) == {}
