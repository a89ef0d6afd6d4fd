"""A store in a file that knows one user, and does not wait long for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
import stores
from store.rows import user

from ipportal.store import Sqlite, Tables, postgres_pool, sqlite

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


@pytest.fixture
def store() -> str:
    """The address of an empty store on a server."""
    return stores.lent()


@pytest.fixture
def bare() -> Iterator[str]:
    """A store that nothing was ever prepared for."""
    store = stores.server().address("bare")
    yield store
    with psycopg.connect(stores.server().address()) as conn:
        conn.execute("DROP SCHEMA IF EXISTS bare CASCADE")


@pytest.fixture
def hasty(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # noqa: ARG001 - making them may take long
    """Nothing on a server is waited for long, once the tables are there."""
    quick = postgres_pool._SET_UP.replace("5s", "50ms").replace("'30s'", "'400ms'", 1)
    monkeypatch.setattr(postgres_pool, "_SET_UP", quick)
    monkeypatch.setattr(postgres_pool, "WAIT_SECONDS", 2.0)  # a new connection may take that long
    postgres_pool.close()
    yield
    postgres_pool.close()
