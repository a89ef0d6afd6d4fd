"""The portal does what the model does, on SQLite in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.runs import run
from props import new_portal

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_no_story_tells_the_portal_from_its_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portal = new_portal(instance=tmp_path)

    desk = run(monkeypatch, portal, stories=100, length=50)

    assert desk.steps >= 5000
