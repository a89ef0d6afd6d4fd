"""F19: the store of an older version grows as it is opened; killed in the middle it is the old one still."""

from __future__ import annotations

import signal
import sqlite3
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import stores
from failures.requests import portal_at
from props import copy, dump
from sanity import assert_store_sane

from ipportal.store import Sqlite
from ipportal.store.address import parted
from ipportal.store.failpoints import reaching
from ipportal.store.postgres import Postgres

if TYPE_CHECKING:
    from collections.abc import Callable

    from failures.conftest import Zygote

    from ipportal.portal import Portal

OLD = """
DROP TABLE ticket;
DROP INDEX link_folded_id;
ALTER TABLE journal_entry DROP COLUMN judged;
ALTER TABLE account DROP COLUMN failed_tries;
PRAGMA user_version = 7;
"""


def layout(store: str) -> list[tuple[str, ...]]:
    conn = sqlite3.connect(store)
    found = conn.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
    found += conn.execute("PRAGMA user_version").fetchall()
    conn.close()
    return found


@pytest.mark.sqlite
def test_a_store_that_is_killed_as_it_grows_is_wholly_old_or_wholly_new(
    new_store: Callable[[], str],
    twin_of: Callable[[str], str],
    zygote: Zygote,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = new_store()
    conn = sqlite3.connect(store)
    conn.executescript(OLD)
    conn.close()
    old, points = layout(store), list[str]()
    with monkeypatch.context() as patch:
        for name, method in reaching(Sqlite, points.append).items():
            patch.setattr(Sqlite, name, method)
        portal = portal_at(twin := twin_of(store))
    grown, rows = layout(twin), dump(portal)
    portal.close()
    assert len(points) > len(OLD.split(";"))

    for point in points:
        ended = zygote("prepare", store=(twin := twin_of(store)), failpoint=f"{point}=kill")
        assert ended == [-signal.SIGKILL], point
        hot = sqlite3.connect(twin)  # whoever opens it next undoes what was begun
        hot.execute("SELECT count(*) FROM sqlite_master").fetchone()
        hot.close()
        assert layout(twin) == (grown if point.endswith("after_commit") else old), point

        portal = portal_at(twin)
        assert dump(portal) == rows
        assert layout(twin) == grown
        assert_store_sane(portal.tables)
        portal.close()


OLD_SCHEMA = """
DROP TABLE {base}.ticket;
DROP INDEX {base}.link_folded_id;
ALTER TABLE {base}.journal_entry DROP COLUMN judged;
ALTER TABLE {base}.account DROP COLUMN failed_tries;
UPDATE {base}.workspace SET layout = 7;
"""


def old_schema(seeded: Portal) -> str:
    """Return the address of a store that an older version filled."""
    portal = portal_at(store := stores.own())
    copy(seeded.tables, portal.tables)
    with psycopg.connect(stores.server().address()) as conn:
        conn.execute(OLD_SCHEMA.format(base=parted(store)[1]).encode())
    return store


def layout_of(store: str) -> list[list[Any]]:
    """Return the tables, columns, indexes and layout of a store's schema, once nobody writes there."""
    base = parted(store)[1]
    tables = f"SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = '{base}'"
    indexes = f"SELECT indexname FROM pg_indexes WHERE schemaname = '{base}'"
    with psycopg.connect(stores.server().address()) as conn:
        conn.execute(f"SELECT name FROM {base}.workspace FOR UPDATE".encode())
        asked = (tables, indexes, f"SELECT layout FROM {base}.workspace")
        return [sorted(conn.execute(each.encode()).fetchall()) for each in asked]


def test_a_schema_whose_portal_is_killed_as_it_grows_is_wholly_old_or_wholly_new(
    seeded: Portal, zygote: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = list[str]()
    old = layout_of(store := old_schema(seeded))
    with monkeypatch.context() as patch:
        for name, method in reaching(Postgres, points.append).items():
            patch.setattr(Postgres, name, method)
        portal = portal_at(store)
    grown, rows = layout_of(store), dump(portal)
    assert [point.partition(":")[2] for point in points] == ["begun", "write-1", "before_commit", "after_commit"]
    assert grown != old

    for point in points:
        ended = zygote("prepare", store=(store := old_schema(seeded)), failpoint=f"{point}=kill")
        assert ended == [-signal.SIGKILL], point
        assert layout_of(store) == (grown if point.endswith("after_commit") else old), point

        portal = portal_at(store)
        assert dump(portal) == rows
        assert layout_of(store) == grown
        assert_store_sane(portal.tables)
