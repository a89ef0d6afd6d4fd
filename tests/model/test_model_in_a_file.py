"""The portal does what its model does, on SQLite in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from model.runs import FILE_SEEDS, LEAST, tell

if TYPE_CHECKING:
    from pathlib import Path

    from model.desk import Desk


@pytest.fixture
def store(tmp_path: Path) -> str:
    return str(tmp_path / "portal.sqlite")


@pytest.mark.parametrize("number", FILE_SEEDS)
def test_no_story_tells_the_portal_in_a_file_from_its_model(desk: Desk, number: int) -> None:
    tell(desk, number)

    assert desk.steps >= LEAST
