"""Readings of the catalogue: HTML attributes, JSON Schema, and a table of every rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .catalogue import FIELDS, FORMS, WHOLE
from .kinds import ASSUMED, Chars, Choice, Field, Figure, Text, Window

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .kinds import Rule

Row = dict[str, str | int | bool | list[str]]


def html(rule: Text) -> dict[str, str]:
    """Return the HTML attributes of the rule's input.

    `maxlength` is left out on purpose: a browser would cut a longer value in silence, and the
    visitor would never meet the refusal that the portal rehearses.
    """
    found = {"minlength": str(rule.shortest), "pattern": _pattern(rule)}
    if rule.chars is Chars.DIGITS:
        found["inputmode"] = "numeric"
    if not rule.optional:
        found["required"] = ""
    return found


def json_schema(rule: Field) -> dict[str, Any]:
    """Return a JSON Schema (2020-12) that accepts exactly the values the rule accepts on its own."""
    if isinstance(rule, Choice):
        return {"type": "string", "enum": list(rule.options)}
    if rule.again:
        return {"type": "string", "minLength": 1}
    # (?![\s\S]) is the end of the text in every dialect; `$` lets Python accept a final newline.
    schema: dict[str, Any] = {"type": "string", "pattern": f"^{_pattern(rule)}(?![\\s\\S])"}
    if not rule.optional:
        schema |= {"minLength": rule.shortest, "maxLength": rule.longest}
    return schema


def form_schema() -> dict[str, Any]:
    """Return one JSON Schema document with a definition for each field and each form, under `$defs`."""
    forms = {name: _form(fields) for name, fields in FORMS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {rule.name: json_schema(rule) for rule in FIELDS} | forms,
    }


def _form(fields: Sequence[str]) -> dict[str, Any]:
    optional = {rule.name for rule in FIELDS if isinstance(rule, Text) and rule.optional}
    return {
        "type": "object",
        "properties": {name: {"$ref": f"#/$defs/{name}"} for name in fields},
        "required": [name for name in fields if name not in optional],
    }


def table(catalogue: Mapping[str, Rule] = WHOLE) -> list[Row]:
    """Return one row a rule, in the catalogue's order."""
    return [_row(rule) for rule in catalogue.values()]


def _row(rule: Rule) -> Row:
    row: Row = {"name": rule.name, "kind": type(rule).__name__.lower(), "source": rule.source}
    match rule:
        case Text():
            row |= {"min": rule.shortest, "max": rule.longest, "chars": rule.chars.name.lower()}
            row |= {"mixed": rule.mixed, "secret": rule.secret, "optional": rule.optional}
            row |= {"again": rule.again, "unlike": list(rule.unlike), "assumed": rule.assumed}
        case Choice():
            row |= {"options": list(rule.options)}
        case Figure():
            row |= {"value": rule.value, "unit": rule.unit}
        case Window():
            row |= {"start_hour": rule.start_hour, "end_hour": rule.end_hour}
        case _ if rule.value:
            row |= {"value": rule.value, "holidays": list(rule.holidays)}
        case _:
            pass
    return row | {"stated": rule.source != ASSUMED}


def _pattern(rule: Text) -> str:
    size = f"{{{rule.shortest}}}" if rule.shortest == rule.longest else f"{{{rule.shortest},{rule.longest}}}"
    text = f"[{rule.chars.value}]{size}"
    if rule.mixed:
        text = f"(?=[0-9]*[A-Za-z])(?=[A-Za-z]*[0-9]){text}"
    return f"(?:{text})?" if rule.optional else text
