"""What is wrong with a body or query, told with where and with what would be right."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..clock import EARLIEST, LATEST, iso
from ..rules import CATALOGUE
from ..rules.export import json_schema
from .problems import STATUS, Refused

M = TypeVar("M", bound=BaseModel)
_MOST = 20
_CALLED = {"model": "object", "dict": "object", "list": "array", "int": "integer", "float": "number"}  # as JSON does
_FIGURES = ("ge", "gt", "le", "lt", "min_length", "max_length", "pattern")


def judged(model: type[M], value: object) -> M:
    """Return *value* as that model; raise `Refused` with every mistake in it. A wrong time has a code of its own."""
    try:
        return model.model_validate(value)
    except ValidationError as fault:
        found = fault.errors(include_url=False, include_input=False)[:_MOST]
        errors = [_error(each, list(model.model_fields)) for each in found]
    first = errors[0]
    code = first["code"] if first["code"] in STATUS else "value"
    raise Refused(code, where=first["where"], accepted=first["accepted"], errors=errors)


def _error(found: Any, known: list[str]) -> dict[str, Any]:  # noqa: ANN401 - one of pydantic's error details
    where = "/" + "/".join(str(part)[:80] for part in found["loc"])
    accepted = (known or ["no key"]) if found["type"] == "extra_forbidden" else _accepted(found)
    return {"where": where, "code": found["type"], "accepted": accepted}


def _accepted(found: Any) -> list[str]:  # noqa: ANN401 - as above
    """Return what would be right there."""
    name, _, code = found["type"].partition(".")
    if code:
        return [f"{key}: {value}" for key, value in json_schema(CATALOGUE[name]).items()]
    if name == "time_range":
        return [iso(EARLIEST), iso(LATEST)]
    if "expected" in found.get("ctx", {}):
        return re.findall("'([^']*)'", found["ctx"]["expected"])
    if name == "missing":
        return [str(found["loc"][-1])]
    figures = [f"{key}: {found['ctx'][key]}" for key in _FIGURES if key in found.get("ctx", {})]
    kind = name.removesuffix("_type").removesuffix("_parsing")
    return figures or [_CALLED.get(kind, kind)]
