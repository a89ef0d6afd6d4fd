"""The portal does what its model does, on SQLite in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from model.runs import LEAST, SEEDS, tell

if TYPE_CHECKING:
    from model.desk import Desk


@pytest.mark.parametrize("number", SEEDS)
def test_no_story_tells_the_portal_in_memory_from_its_model(desk: Desk, number: int) -> None:
    tell(desk, number)

    assert desk.steps >= LEAST
