"""The stories are worth telling: a portal that is wrong in one rule is told from its model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase
from model.mutants import MUTANTS
from model.runs import SEEDS, desk_for, tell
from props import new_portal

if TYPE_CHECKING:
    from pathlib import Path

    from model.desk import Desk


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_a_portal_with_one_wrong_rule_is_caught(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[name](monkeypatch)
    desk = desk_for(monkeypatch, new_portal(instance=tmp_path))

    with pytest.raises(AssertionError):
        tell_all(desk)


def tell_all(desk: Desk) -> None:
    """Tell the stories of every seed, each as it comes."""
    for number in SEEDS:
        tell(desk, number, phases=[Phase.generate])
