"""What the scenes of a store on a server share."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import stores
from store.rows import user

from ipportal.store import Unavailable, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ipportal.store import Tables


def code(deed: Callable[[], object]) -> str:
    with pytest.raises(Unavailable) as refusal:
        deed()
    return refusal.value.code


def knowing(store: str) -> Tables:
    """Return the tables of a new store that knows one user."""
    found = open_store(store)
    found.backend.prepare()
    found.users.insert(user())
    return found


@contextmanager
def other_client() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(stores.server().address(), autocommit=True) as conn:
        yield conn


def kill_all() -> None:
    """End every connection that is not this one's, as an administrator does."""
    with other_client() as conn:
        found = conn.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE state = 'idle'")
        found.fetchall()
        conn.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE state LIKE 'idle in%'")
