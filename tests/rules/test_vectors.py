"""Every hand-worked vector is judged as it was worked, by the rules and by the schema they export."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import jsonschema
import pytest

from ipportal.rules import CATALOGUE, problem
from ipportal.rules.export import json_schema

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER: Final = Path(__file__).parents[1] / "vectors"
LEAST: Final = 400
BCRYPT_READS: Final = 72
TEXT_FIELDS: Final = (
    "basic_user_id",
    "linked_basic_user_id_2",
    "identity_prefix",
    "internet_user_id",
    "internet_password",
    "captcha",
    "basic_password",
    "new_basic_password",
)
FIELDS: Final = ("account_kind", *TEXT_FIELDS)
OUTCOMES: Final = frozenset({"good", "required", "length", "chars", "mixed"})
ZERO_WIDTH: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff")

# What a field is easily fooled by: each must be tried on every text field.
TRAPS: Final[dict[str, Callable[[str], bool]]] = {
    "NUL": lambda value: "\0" in value,
    "newline at the end": lambda value: value.endswith("\n"),
    "full-width digit": lambda value: any("\uff10" <= char <= "\uff19" for char in value),
    "zero-width": lambda value: not ZERO_WIDTH.isdisjoint(value),
    "combining": lambda value: any(unicodedata.combining(char) for char in value),
    "over 72 bytes": lambda value: len(value.encode()) > BCRYPT_READS,
}


class Vector(NamedTuple):
    """One value for one field, and what the guide makes of it."""

    field: str
    outcome: str
    value: str


class Sheet(NamedTuple):
    """One file of vectors."""

    field: str
    source: str
    vectors: tuple[Vector, ...]


def _sheet(path: Path) -> Sheet:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    field, source = str(table.pop("field")), str(table.pop("source"))
    vectors = tuple(Vector(field, outcome, value) for outcome, values in table.items() for value in values)
    return Sheet(field, source, vectors)


SHEETS: Final = {path.stem: _sheet(path) for path in sorted(FOLDER.glob("*.toml"))}

every_vector = pytest.mark.parametrize(
    "vector",
    [
        # The number keeps ids unique where two values begin alike.
        pytest.param(vector, id=f"{vector.field}-{number:03}-{vector.outcome}-{ascii(vector.value)[:40]}")
        for sheet in SHEETS.values()
        for number, vector in enumerate(sheet.vectors, start=1)
    ],
)
every_sheet = pytest.mark.parametrize("name", SHEETS)


@every_vector
def test_every_vector_gets_the_outcome_it_was_given(vector: Vector) -> None:
    found = problem(CATALOGUE[vector.field], vector.value)

    assert (found.code if found else "good") == vector.outcome


@every_vector
def test_the_exported_schema_judges_every_vector_alike(vector: Vector) -> None:
    schema = jsonschema.Draft202012Validator(json_schema(CATALOGUE[vector.field]))

    assert schema.is_valid(vector.value) == (vector.outcome == "good")


def test_there_are_enough_vectors_and_every_field_has_its_file() -> None:
    assert set(SHEETS) == set(FIELDS)
    assert sum(len(sheet.vectors) for sheet in SHEETS.values()) >= LEAST


@every_sheet
def test_a_file_is_named_after_its_field_and_says_where_the_field_comes_from(name: str) -> None:
    assert SHEETS[name].field == name
    assert SHEETS[name].source.strip()


@every_sheet
def test_a_file_knows_no_outcome_but_good_and_the_refusals_of_a_format(name: str) -> None:
    assert {vector.outcome for vector in SHEETS[name].vectors} <= OUTCOMES


@every_sheet
def test_no_value_stands_twice_in_a_file(name: str) -> None:
    counted = Counter(vector.value for vector in SHEETS[name].vectors)

    assert [ascii(value) for value, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("name", TEXT_FIELDS)
def test_a_tenth_of_the_values_of_a_text_field_is_good(name: str) -> None:
    vectors = SHEETS[name].vectors

    assert sum(vector.outcome == "good" for vector in vectors) * 10 >= len(vectors)


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("name", TEXT_FIELDS)
def test_every_trap_is_tried_on_every_text_field(name: str, trap: str) -> None:
    assert any(TRAPS[trap](vector.value) for vector in SHEETS[name].vectors)
