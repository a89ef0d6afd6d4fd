"""The portal does what its model does, on a PostgreSQL server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import stores
from model.runs import LEAST, SERVER_SEEDS, tell

if TYPE_CHECKING:
    from model.desk import Desk


@pytest.fixture
def store() -> str:
    return stores.lent()


@pytest.mark.parametrize("number", SERVER_SEEDS)
def test_no_story_tells_the_portal_on_a_server_from_its_model(desk: Desk, number: int) -> None:
    tell(desk, number)

    assert desk.steps >= LEAST
