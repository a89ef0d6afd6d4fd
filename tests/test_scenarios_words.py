"""Words of a scenario file are for pages and terminals: none may hold what a terminal obeys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import MINE
from test_scenarios_faults import NOTICE, fault, with_line

if TYPE_CHECKING:
    from pathlib import Path

WORDS = '{{ "zh-Hant" = "某", en = "X{character}", "zh-Hans" = "某" }}'


@pytest.mark.parametrize("character", ["\\u0000", "\\u0007", "\\u001b[31m", "\\u007f", "\\u009b", "\\u202e"])
@pytest.mark.parametrize(
    ("row", "where", "name"),
    [
        *((MINE, "mine", name) for name in ("names", "situation")),
        *((NOTICE, "TRN20250101-01", name) for name in ("subject", "body")),
    ],
)
def test_words_that_a_terminal_would_obey_are_refused(
    tmp_path: Path, row: str, where: str, name: str, character: str
) -> None:
    line = f"{name} = {WORDS.format(character=character)}"

    assert fault(tmp_path, with_line(row, line)) == ("value", f"{where}.{name}")
