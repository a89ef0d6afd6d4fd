"""Two exported catalogues are compared by rule and attribute."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ipportal.rules import FIGURE, WHOLE
from ipportal.rules.diff import catalogue, difference
from ipportal.rules.export import table

if TYPE_CHECKING:
    from ipportal.rules.diff import Rows


def exported(**figures: int) -> list[dict[str, Any]]:
    """Return what `ipportal rules --json` writes."""
    changed = {name: replace(FIGURE[name], value=value) for name, value in figures.items()}
    rows: list[dict[str, Any]] = json.loads(json.dumps(table({**WHOLE, **changed})))
    return rows


def read(rows: list[dict[str, Any]]) -> Rows:
    found = catalogue(rows)
    assert found is not None
    return found


def test_a_catalogue_does_not_differ_from_itself() -> None:
    found = difference(read(exported()), read(exported()))

    assert found.none
    assert found == ([], [], {})


def test_a_changed_figure_is_told_with_both_values() -> None:
    found = difference(read(exported()), read(exported(login_tries=7)))

    assert not found.none
    assert found == ([], [], {"login_tries": {"value": (5, 7)}})


def test_a_rule_that_went_and_one_that_came_are_told_by_name() -> None:
    old, new = exported(), exported()
    new[0] = new[0] | {"name": "agreed"}

    assert difference(read(old), read(new)) == (["agreed"], ["agree"], {})


def test_only_the_order_of_rules_and_attributes_may_change_in_silence() -> None:
    new = [dict(reversed(row.items())) for row in reversed(exported())]

    assert difference(read(exported()), read(new)).none


@pytest.mark.parametrize(
    ("attribute", "value", "pair"),
    [
        ("options", ["yes"], (["yes", "no"], ["yes"])),
        ("stated", 1, (True, 1)),
        ("colour", "red", (None, "red")),
    ],
)
def test_any_attribute_that_changed_is_told(attribute: str, value: object, pair: tuple[object, object]) -> None:
    new = deepcopy(exported())
    new[0][attribute] = value

    assert difference(read(exported()), read(new)).changed == {"agree": {attribute: pair}}


def test_an_attribute_that_is_gone_counts_as_null() -> None:
    new = deepcopy(exported())
    del new[0]["options"]

    assert difference(read(exported()), read(new)).changed == {"agree": {"options": (["yes", "no"], None)}}


ROW = {"name": "x", "kind": "text", "source": "assumed"}


@pytest.mark.parametrize(
    "other",
    [
        None,
        5,
        "rules",
        {},
        [],
        [1],
        [{"name": "x"}],
        [ROW, ROW],
        [ROW | {"name": 5}],
        [ROW | {"name": ["x"]}],
        {"x": ROW},
    ],
    ids=repr,
)
def test_what_is_no_exported_catalogue_is_not_taken_for_one(other: object) -> None:
    assert catalogue(other) is None
