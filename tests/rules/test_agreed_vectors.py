"""Vectors that testers keep stay what they were: their ids, what they give, and the answer due."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from ipportal.rules.vectors import vectors

if TYPE_CHECKING:
    from collections.abc import Iterator

AGREED = Path(__file__).with_name("agreed_vectors.txt")


def lines() -> Iterator[str]:
    """Yield a line for each answer of each check: source, basis, the vectors' tags, and the sum of what they give."""
    together: dict[str, list[tuple[str, str]]] = {}
    for each in vectors():
        start = f"{each.rule}.{each.check}"
        given = json.dumps([dict(each.given), each.note])  # a text of many signs has them summed up
        head = f"{start} {each.kind} {each.expected}, {each.basis} ({each.source}):"
        together.setdefault(head, []).append((each.id.removeprefix(f"{start}."), given))
    for head, each_one in together.items():
        yield f"{head} {' '.join(tag for tag, _ in each_one)} = {crc32(str(each_one).encode()):08x}"


def test_the_vectors_are_those_that_were_agreed() -> None:
    assert [*lines()] == AGREED.read_text(encoding="utf-8").splitlines(), "a changed vector is told in the changelog"
