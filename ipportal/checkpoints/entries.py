"""What a checkpoint's journal may tell, as the portal writes it: known words, and of typed values their shapes."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from ..flows.base import FORM
from ..flows.branches import ANYWHERE
from ..flows.branches import STEPS as BRANCHES
from ..flows.faults import KINDS
from ..flows.journal import FILLED, OUTCOMES, STEPS
from ..rules import CATALOGUE, CODES
from ..vetting import invented

_FIELDS = {FORM, *CATALOGUE}
_REASONS = {*CODES, *ANYWHERE}.union(*BRANCHES.values()) - {"done"}  # which says nothing
_LONGEST = 20_000  # characters; a form has a dozen fields, and the longest shape some 500


def entry_fits(row: list[Any]) -> bool:
    """Say whether a row is one that the journal could have written; free text might be somebody's secret."""
    sequence, _, _, *words, _ = row
    return sequence > 0 and _words_fit(*words)


@lru_cache(maxsize=256)  # a journal repeats itself
def _words_fit(step: str, outcome: str, reason: str, account: str, codes: str) -> bool:
    told = json.loads(codes)
    return (
        step in STEPS
        and outcome in OUTCOMES
        and _reason_fits(step, outcome, reason)
        and (account == "" or invented(account))
        and set(told) <= _FIELDS
        and set(told.values()) <= set(CODES)
    )


def _reason_fits(step: str, outcome: str, reason: str) -> bool:
    if step in FILLED:  # by a scenario, whose file may have any name
        return reason.isprintable()
    if outcome == "fault":
        return reason in KINDS
    return reason == "" or all(map(_part_fits, reason.split(",")))


def _part_fits(part: str) -> bool:
    """Say whether a part of a reason is `field=code`, or one word."""
    field, equals, word = part.rpartition("=")
    return word in _REASONS and (not equals or field in _FIELDS)


def judged_fits(text: object) -> bool:
    """Say whether an entry's `judged` is what `Journal.hearing` makes of a form."""
    return text == "{}" or (isinstance(text, str) and len(text) <= _LONGEST and _parsed_fits(text))


@lru_cache(maxsize=256)
def _parsed_fits(text: str) -> bool:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and set(found) <= set(CATALOGUE) and all(map(_shape, found.values()))


def _shape(told: Any) -> bool:  # noqa: ANN401 - whatever JSON holds, here and below
    return (
        isinstance(told, dict)
        and {"length", "classes", "branch"} <= set(told) <= {"length", "classes", "branch", "nearest"}
        and _count(told["length"])
        and isinstance(told["classes"], dict)
        and all(map(_name, told["classes"]))
        and all(map(_count, told["classes"].values()))
        and _name(told["branch"])
        and ("nearest" not in told or _nearest(told["nearest"]))
    )


def _nearest(told: Any) -> bool:  # noqa: ANN401
    if not isinstance(told, dict) or set(told) != {"edits", "length"} or not isinstance(told["edits"], list):
        return False
    return _count(told["length"]) and all(map(_edit, told["edits"]))


def _edit(told: Any) -> bool:  # noqa: ANN401
    if not isinstance(told, dict) or set(told) != {"edit", "count", "what"}:
        return False
    return _name(told["edit"]) and _count(told["count"]) and _name(told["what"])


def _count(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**53


def _name(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isidentifier()
