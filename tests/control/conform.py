"""Holding an answer of the control API against its own OpenAPI document."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from ipportal.control.openapi import document
from ipportal.control.problems import MEDIA_TYPE, STATUS
from ipportal.control.server import create_control  # noqa: F401 - with it all operations are there

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Ipportal-Emulator": "1",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@cache
def told() -> dict[str, Any]:
    return document()


@cache
def routes() -> Map:
    """Return the routes that the document tells of, read from it alone."""
    rules = [
        Rule(path.replace("{", "<").replace("}", ">"), methods=[method.upper()], endpoint=(path, method))
        for path, methods in told()["paths"].items()
        for method in methods
    ]
    return Map(rules, merge_slashes=False)


def operation(method: str, path: str) -> dict[str, Any] | None:
    """Return the operation that a request is for, or None."""
    try:
        (template, verb), _ = routes().bind("localhost").match(path, method)
    except HTTPException:
        return None
    found: dict[str, Any] = told()["paths"][template][verb]
    return found


@cache
def validator(reference: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": reference, "components": told()["components"]})


def check(response: TestResponse, method: str, path: str) -> None:
    """Fail unless the document tells of this status, media type and body, and the answer is closed to browsers."""
    for name, value in HEADERS.items():
        assert response.headers[name] == value, name
    assert not [name for name in response.headers.keys() if name.lower().startswith("access-control-")]  # noqa: SIM118 - not a dict
    assert "Set-Cookie" not in response.headers
    asked = operation(method, path.partition("?")[0])
    if asked is None:
        check_problem(response)
        return
    documented = asked["responses"][str(response.status_code)]["content"][response.mimetype]
    validator(documented["schema"]["$ref"]).validate(response.get_json(force=True))
    if response.status_code >= 400:
        check_problem(response)


def check_problem(response: TestResponse) -> None:
    """Fail unless the answer is a problem document that keeps its promises."""
    problem = response.get_json(force=True)
    assert response.mimetype == MEDIA_TYPE
    validator("#/components/schemas/Problem").validate(problem)
    assert response.status_code == problem["status"] == STATUS[problem["code"]]
    assert problem["type"] == f"urn:ipportal:problem:{problem['code']}"
    assert problem["title"]
    assert ("WWW-Authenticate" in response.headers) == (response.status_code == 401)
