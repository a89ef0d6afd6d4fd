"""A folder of workspaces that is away, or that may not be written."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest
from test_places import built, left

from ipportal import durable
from ipportal.places import Files
from ipportal.store import Unavailable

if TYPE_CHECKING:
    from pathlib import Path


def test_while_the_instance_folder_is_away_no_store_is_kept_in_another(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refusal:
        Files(tmp_path / "away" / "workspaces").add("x", built())

    assert (refusal.value.code, left(tmp_path)) == ("missing", [])


def test_a_store_that_may_not_be_removed_says_so_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied")

    place = Files(tmp_path)
    place.add("x", built())
    monkeypatch.setattr(durable, "remove", refused)

    with pytest.raises(Unavailable) as refusal:
        place.remove("x")

    assert (refusal.value.code, place.names()) == ("read_only", ["x"])
