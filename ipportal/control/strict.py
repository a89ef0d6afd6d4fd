"""Strict JSON: what two readers could understand differently is refused."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from .problems import Refused

DEEPEST = 16
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


def loads(body: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the value of a JSON body; raise `Refused` for a key twice, NaN, too deep a nest or a broken text."""
    try:
        found = json.loads(
            body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite
        )
    except RecursionError as fault:
        raise Refused("json_depth", accepted=[DEEPEST]) from fault
    except ValueError as fault:
        raise Refused("json", where=_place(body, fault), accepted=["application/json, UTF-8"]) from fault
    _look(found, DEEPEST)
    return found


def _place(body: bytes, fault: ValueError) -> str:
    """Return the line and column at which a text breaks; nothing where it breaks at no place, as an endless number."""
    match fault:
        case json.JSONDecodeError(lineno=line, colno=column):
            return f"line {line}, column {column}"
        case UnicodeDecodeError(start=start):
            *above, last = body[:start].decode().split("\n")
            return f"line {len(above) + 1}, column {len(last) + 1}"
        case _:
            return ""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        _look_at_text(name)
        if name in found:
            raise Refused("json_key_twice", where=name[:80], accepted=["each key once"])
        found[name] = value
    return found


def _no_number(_word: str) -> NoReturn:
    raise Refused("json_number", accepted=["a finite number"])


def _finite(text: str) -> float:
    """Read a number; `1e999` is as infinite as `Infinity`."""
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


def _look(value: object, left: int) -> None:
    """Refuse a value nested too deep, and text that cannot be written down again."""
    if left == 0:
        raise Refused("json_depth", accepted=[DEEPEST])
    if isinstance(value, str):
        _look_at_text(value)
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            _look(inner, left - 1)


def _look_at_text(text: str) -> None:
    if _UNUSABLE.search(text):
        raise Refused("json_text", accepted=["text without NUL and unpaired surrogates"])
