"""Vectors written out: a file for pytest, a table, JSON, and test cases to be filled in."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import SubElement

from .junit import document, testcase
from .plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..rules.vectors import Vector

VERSION = 1
_COLUMNS = ("id", "rule", "check", "kind", "source", "basis", "given", "expected", "note")


def as_json(vectors: Sequence[Vector]) -> str:
    """Return one JSON document, one vector a line."""
    rows = ",\n  ".join(plain(asdict(vector)) for vector in vectors)
    return f'{{"format": "ipportal-vectors", "version": {VERSION}, "vectors": [\n  {rows}\n]}}\n'


def as_csv(vectors: Sequence[Vector]) -> str:
    """Return a table with a heading; `given` is JSON, so that no odd character can break a row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for vector in vectors:
        row = asdict(vector) | {"given": plain(vector.given)}
        writer.writerow([row[name] for name in _COLUMNS])
    return text.getvalue()


def as_pytest(vectors: Sequence[Vector]) -> str:
    """Return a test file that needs pytest and one function of the user's, and nothing else."""
    rows = ",\n".join(
        plain({name: value for name, value in asdict(vector).items() if name not in {"check", "kind"}})
        for vector in vectors
    )
    template = Path(__file__).with_name("pytest_file.txt").read_text(encoding="utf-8")
    return template.replace("@VECTORS@", rows)


def as_junit_template(vectors: Sequence[Vector]) -> str:
    """Return JUnit XML with every vector as a test case that was skipped."""
    cases = [testcase(vector) for vector in vectors]
    for case in cases:
        SubElement(case, "skipped", message="not run yet")
    return document(cases)


FORMATS: dict[str, Callable[[Sequence[Vector]], str]] = {
    "pytest": as_pytest,
    "csv": as_csv,
    "json": as_json,
    "junit-template": as_junit_template,
}
