"""Markdown tables, and what the tables of the reference say of a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

END = "(?![\\s\\S])"  # how a pattern says that nothing follows, not even a line's end
MOST = 12  # alternatives that a cell lists


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; a pipe within a cell is escaped."""
    lines = [list(heading), ["---"] * len(heading), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def code(*values: object) -> str:
    """Return values as code, separated by commas."""
    return ", ".join(f"`{value}`" for value in values)


def sentence(doc: object) -> str:
    """Return a docstring as one paragraph."""
    return " ".join(str(doc).split())


def accepts(schema: Mapping[str, Any], shared: Mapping[str, Any]) -> str:
    """Return what a JSON Schema lets in, in words."""
    if "$ref" in schema:
        return accepts(shared[schema["$ref"].rpartition("/")[2]], shared)
    if "anyOf" in schema:
        return accepts(next(each for each in schema["anyOf"] if each.get("type") != "null"), shared)
    if "enum" in schema:
        many = len(schema["enum"]) > MOST
        return (
            f"one of {len(schema['enum'])} names; a wrong one is answered with all" if many else code(*schema["enum"])
        )
    if "examples" in schema:
        return f"such as {code(*schema['examples'])}"
    kinds = {"string": _text, "integer": _number, "number": _number, "array": _list, "object": _object}
    return kinds[schema["type"]](schema, shared)


def _text(schema: Mapping[str, Any], _shared: Mapping[str, Any]) -> str:
    if "pattern" in schema and "\\x00" not in schema["pattern"]:
        return f"text like {code(schema['pattern'].replace(END, '$'))}"
    least, most = schema.get("minLength"), schema.get("maxLength")
    if most is None:
        return "text"
    return f"text of {least} to {most} characters" if least else f"text of up to {most} characters"


def _number(schema: Mapping[str, Any], _shared: Mapping[str, Any]) -> str:
    least = schema.get("minimum", schema.get("exclusiveMinimum"))
    kind = "whole number" if schema["type"] == "integer" else "number"
    if schema.get("exclusiveMinimum") is not None:
        return f"{kind} above {least}, up to {schema['maximum']}"
    return f"{kind}, {least} to {schema['maximum']}"


def _list(schema: Mapping[str, Any], shared: Mapping[str, Any]) -> str:
    least, most = schema.get("minItems", 0), schema["maxItems"]
    return f"list of {least} to {most}, each {accepts(schema['items'], shared)}"


def _object(schema: Mapping[str, Any], shared: Mapping[str, Any]) -> str:
    if "additionalProperties" not in schema or schema["additionalProperties"] is True:
        return "object"
    names = schema.get("propertyNames", {})
    keys = accepts(names, shared) if names else "text"
    return f"object: {keys}, each {accepts(schema['additionalProperties'], shared)}"


def _cell(value: object) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", str(value)).replace("\n", " ")
