"""The OpenAPI 3.1 document, made from the operations and the models that judge their requests."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, RootModel
from pydantic.json_schema import models_json_schema

from .. import __version__
from ..checkpoints import NAME as CHECKPOINT
from ..places import NAME
from .kinds import Model
from .operations import ANYONE, OPERATIONS, PREFIX, Call, Operation, operation
from .problems import MEDIA_TYPE, STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

_REFERENCE = "#/components/schemas/{model}"
_REASONS = {
    400: "not a request of this API",
    401: "no token, or a wrong one",
    403: "another site, or another workspace's token",
    404: "not there",
    405: "another method",
    409: "not in this state",
    413: "too large",
    415: "not JSON",
    422: "a wrong value",
    500: "a fault of the server",
    503: "the store cannot be used now",
}


class Mistake(Model):
    """One thing that is wrong."""

    where: str
    code: str
    accepted: list[str]


class Problem(Model):
    """A refusal: nothing has been changed. `accepted` lists what would be right."""

    type: str
    title: str
    status: int
    code: str
    where: str
    accepted: list[str]
    errors: list[Mistake]


class Document(RootModel[dict[str, Any]]):
    """This document."""

    model_config = ConfigDict(frozen=True)


@operation("GET", "/openapi.json", Document, opens_to=ANYONE)
def read_openapi(_call: Call) -> Document:
    """Return this document."""
    return Document(document())


@cache
def document() -> dict[str, Any]:
    """Return the document."""
    models = {each.answer for each in OPERATIONS} | {each.body for each in OPERATIONS if each.body} | {Problem}
    ordered = sorted(models, key=lambda model: model.__name__)
    names, shared = models_json_schema([(model, "validation") for model in ordered], ref_template=_REFERENCE)
    schemas = shared["$defs"]
    schemas["Problem"]["properties"]["code"]["enum"] = sorted(STATUS)
    paths: dict[str, Any] = {}
    for each in OPERATIONS:
        paths.setdefault(PREFIX + each.path, {})[each.method.lower()] = _operation(each, names)
    return {
        "openapi": "3.1.0",
        "info": {"title": "ipportal control API", "version": __version__},
        "security": [{"token": []}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _operation(each: Operation, names: Mapping[Any, Mapping[str, str]]) -> dict[str, Any]:
    told: dict[str, Any] = {"operationId": each.name, "summary": each.about, "parameters": _parameters(each)}
    if each.opens_to == ANYONE:
        told["security"] = []
    if each.body:
        told["requestBody"] = {"required": each.needs_body, "content": _json(names[each.body, "validation"])}
    done = {"description": "done", "content": _json(names[each.answer, "validation"])}
    responses: dict[str, Any] = {str(each.status): done}
    for status in _statuses(each):
        schema = {"schema": {"$ref": _REFERENCE.format(model="Problem")}}
        responses[str(status)] = {"description": _REASONS[status], "content": {MEDIA_TYPE: schema}}
    return told | {"responses": responses}


def _statuses(each: Operation) -> list[int]:
    """Return the statuses with which the operation may refuse."""
    found = [400, 403, 405, 422, 500, 503]
    found += [401] if each.opens_to != ANYONE else []
    found += [404] if "{" in each.path else []
    found += [409] if each.conflict else []
    found += [413, 415] if each.body else []
    return sorted(found)


def _json(model: Mapping[str, str]) -> dict[str, Any]:
    return {"application/json": {"schema": dict(model)}}


def _parameters(each: Operation) -> list[dict[str, Any]]:
    """Return the parameters in the path and those of the query."""
    found = [
        {"name": name, "in": "path", "required": True, "schema": _PATH.get(name, {"type": "string", "minLength": 1})}
        for name in re.findall("{([a-z_]+)}", each.path)
    ]
    schema = each.query.model_json_schema()
    needed = schema.get("required", [])
    for name, value in schema.get("properties", {}).items():
        found.append({"name": name, "in": "query", "required": name in needed, "schema": value})
    return found


_PATH = {
    "workspace": {"type": "string", "pattern": f"^{NAME}$"},
    "checkpoint": {"type": "string", "pattern": f"^{CHECKPOINT}$"},
    "fault_id": {"type": "string", "pattern": "^[0-9]{1,9}$"},
}
