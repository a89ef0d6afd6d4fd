"""F19: the store of an older version grows as it is opened; killed in the middle it is the old one still."""

from __future__ import annotations

import signal
import sqlite3
from typing import TYPE_CHECKING

import pytest
from failures.requests import portal_at
from props import dump
from sanity import assert_store_sane

from ipportal.store import Sqlite
from ipportal.store.failpoints import reaching

if TYPE_CHECKING:
    from collections.abc import Callable

    from failures.conftest import Zygote

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
