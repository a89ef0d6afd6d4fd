"""Files that are wholly there or not at all; `test_f06_power_lost.py` shows that they outlast the power."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from houses import handles

from ipportal import durable

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_added_once_with_its_folders_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c"

    assert (durable.add(path, b"one"), durable.add(path, b"two")) == (True, False)
    assert path.read_bytes() == b"one"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [*path.parent.iterdir()] == [path]


def test_a_file_is_put_in_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "c"

    for content in (b"one", b"two"):
        durable.put(path, content)

        assert path.read_bytes() == content
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_is_removed_once(tmp_path: Path) -> None:
    (path := tmp_path / "c").touch()

    assert (durable.remove(path), durable.remove(path)) == (True, False)


def test_where_folders_cannot_be_synchronised_that_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "O_DIRECTORY")

    assert durable.add(tmp_path / "c", b"one")
    assert (tmp_path / "c").read_bytes() == b"one"


def test_what_cannot_be_kept_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    before = handles()

    with pytest.raises(OSError, match="Input"):
        durable.sync(tmp_path)

    assert handles() == before
