"""Where stories are told: the store is the only thing in which the desks differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from model.runs import desk_for
from props import new_portal

from ipportal.store import MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from model.desk import Desk


@pytest.fixture
def store() -> str:
    """The store, as the setting of that name has it; a module that means another says so."""
    return MEMORY


@pytest.fixture
def desk(store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """An empty portal on the store, beside its model."""
    portal = new_portal(store, instance=tmp_path)
    yield desk_for(monkeypatch, portal)
    portal.close()
