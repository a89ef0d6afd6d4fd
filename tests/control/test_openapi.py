from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from control.conform import operation, told
from control.tour import tour
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31

from ipportal.control.operations import OPERATIONS
from ipportal.flows.faults import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from control.api import Api


def documented() -> dict[str, tuple[str, str]]:
    """Return method and path of each operation by its id."""
    return {
        each["operationId"]: (method.upper(), path)
        for path, methods in told()["paths"].items()
        for method, each in methods.items()
    }


def schemas(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from schemas(inner)


def test_what_is_left_out_has_a_value_that_its_schema_allows() -> None:
    told_defaults = [each for each in schemas(told()) if "default" in each]

    assert len(told_defaults) > 20
    for each in told_defaults:
        # The schema stands beside its parts, so their references are looked up in the whole.
        Draft202012Validator(told() | each).validate(each["default"])


def test_the_document_is_openapi_three_point_one() -> None:
    Draft202012Validator(OPENAPI_31).validate(told())

    assert told()["openapi"] == "3.1.0"
    for schema in told()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_anybody_may_read_the_document_where_it_is_served(api: Api) -> None:
    assert api.with_token("").get("/openapi.json") == told()


def test_every_operation_stands_once_in_the_document() -> None:
    assert sorted(documented()) == sorted(each.name for each in OPERATIONS)
    assert len(documented()) == len(OPERATIONS)


def test_every_route_is_documented_and_every_document_has_a_route(api: Api) -> None:
    served = {
        (method, re.sub("<([a-z_]+)>", "{\\1}", rule.rule))
        for rule in control_of(api).url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD"}
    }

    assert served == set(documented().values())


def control_of(api: Api) -> Any:
    api.get("/health")
    return api.app.wsgi_app._control()  # type: ignore[attr-defined]


def test_every_operation_can_be_called_with_success(api: Api) -> None:
    called = {found["operationId"] for way in tour(api) if (found := operation(way[0], f"/_control/v1{way[1]}"))}

    assert called == set(documented())


def test_only_health_and_the_document_open_without_a_token() -> None:
    free = {
        name
        for name, (method, path) in documented().items()
        if told()["paths"][path][method.lower()].get("security") == []
    }

    assert free == {"health", "read_openapi"}
    assert told()["security"] == [{"token": []}]


def test_every_reference_in_the_document_leads_somewhere() -> None:
    found = {each["$ref"] for each in schemas(told()) if "$ref" in each}

    assert {each.rpartition("/")[2] for each in found} <= set(told()["components"]["schemas"])


def test_no_object_of_a_request_lets_an_unknown_key_pass() -> None:
    bodies = {
        each["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for methods in told()["paths"].values()
        for each in methods.values()
        if "requestBody" in each
    }

    open_ones = {
        name for name in bodies if told()["components"]["schemas"][name].get("additionalProperties") is not False
    }
    assert open_ones == {"CheckpointFile"}


def test_each_kind_of_fault_is_in_the_document() -> None:
    kinds = told()["components"]["schemas"]["FaultArm"]["properties"]["kind"]["enum"]

    assert kinds == list(KINDS)
