"""A store in a file that knows one user, and does not wait long for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store.rows import user

from ipportal.store import Sqlite, Tables, sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "portal.sqlite"


@pytest.fixture
def backend(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sqlite]:
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.1)
    found = Sqlite(str(path))
    found.prepare()
    yield found
    found.close()


@pytest.fixture
def tables(backend: Sqlite) -> Tables:
    """A store that knows one user."""
    found = Tables(backend)
    found.users.insert(user())
    return found
