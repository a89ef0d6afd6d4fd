"""What a run found: disagreements with their near misses, as a table, as JSON and as JUnit XML."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from ..rules.shapes import shape
from .junit import document, testcase
from .near import differences, near_miss
from .plain import brief, plain
from .run import DISAGREES, FAILED, OUTCOMES, UNSUPPORTED, Result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..rules.vectors import Vector

HEADING = ["rule", "vector", "given", "shape", "expected", "answered", "nearest that agreed", "what differs"]


def counts(results: Sequence[Result]) -> dict[str, int]:
    """Return how many vectors had each outcome."""
    found = Counter(result.outcome for result in results)
    return {outcome: found[outcome] for outcome in OUTCOMES}


def wrong_rules(results: Sequence[Result]) -> list[str]:
    """Return the rules that are not kept, in the catalogue's order."""
    return list(dict.fromkeys(result.vector.rule for result in results if result.wrong))


def by_rule(results: Sequence[Result]) -> list[list[str]]:
    """Return a heading and a row for each rule that is not kept, with how many of its vectors had each outcome."""
    found = Counter((result.vector.rule, result.outcome) for result in results)
    counted = [[rule, *(str(found[rule, outcome]) for outcome in OUTCOMES)] for rule in wrong_rules(results)]
    return [["rule", *OUTCOMES], *counted]


def rows(results: Sequence[Result]) -> list[list[str]]:
    """Return a heading and a row for each vector on which the validator is wrong."""
    found = [HEADING]
    for result in results:
        if result.wrong:
            near = near_miss(result, results)
            found.append([*_facts(result), *((near.vector.id, _told(result, near)) if near else ("", ""))])
    return found


def as_json(results: Sequence[Result]) -> str:
    """Return the whole run as one JSON document."""
    told = {
        "format": "ipportal-conform",
        "version": 1,
        "total": len(results),
        **counts(results),
        "wrong_rules": wrong_rules(results),
        "results": [_row(result, results) for result in results],
    }
    return plain(told) + "\n"


def as_junit(results: Sequence[Result]) -> str:
    """Return the run as JUnit XML: a disagreement is a failure, no answer an error, an unsupported rule skipped."""
    return document(_case(result, results) for result in results)


def _facts(result: Result) -> list[str]:
    vector = result.vector
    said = result.why or brief(result.answered)[1:-1]
    return [vector.rule, vector.id, brief(vector.given), _shapes(vector), vector.expected, said]


def _shapes(vector: Vector) -> str:
    """Return the length and classes of every text that is typed."""
    typed = vector.given if vector.kind in {"text", "choice"} else {}
    return "; ".join(f"{name}: {_shape(shape(value))}" for name, value in typed.items())


def _shape(found: Mapping[str, Any]) -> str:
    return " ".join([str(found["length"]), *(f"{name}={count}" for name, count in found["classes"].items())])


def _told(result: Result, near: Result) -> str:
    parts = differences(result.vector.given, near.vector.given)
    return "; ".join(f"{name}: {brief(here)} | {brief(there)}" for name, (here, there) in parts.items())


def _row(result: Result, results: Sequence[Result]) -> dict[str, Any]:
    told = asdict(result.vector) | {"outcome": result.outcome, "answered": result.answered}
    if result.wrong:
        near = near_miss(result, results)
        told |= {"why": result.why, "shape": _shapes(result.vector), "nearest": near.vector.id if near else None}
        told["differs"] = differences(result.vector.given, near.vector.given) if near else None
    return told


def _case(result: Result, results: Sequence[Result]) -> Element:
    case = testcase(result.vector)
    if result.outcome == UNSUPPORTED:
        SubElement(case, "skipped", message="the validator does not keep this rule")
    elif result.wrong:
        near = near_miss(result, results)
        tag = {DISAGREES: "failure", FAILED: "error"}[result.outcome]
        message = f"expected {result.vector.expected}, answered {_facts(result)[-1]}"
        told = SubElement(case, tag, message=message)
        told.text = f"{near.vector.id}: {_told(result, near)}" if near else ""
    return case
