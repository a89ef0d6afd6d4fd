"""F7: no room on the disk: the form gets a 503 page, nothing is half done, and all is well once there is room."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pytest
from failures.served_acts import ACTS, Act
from journeys.control import Control
from journeys.served import Served, Visitor
from sanity import assert_store_sane, rows_of
from web.acts import EACH_SUBMIT
from web.acts import Act as Submit

from ipportal.store import Sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from web.client import Browser

    from ipportal.portal import Portal

ROOM = (0, 512, 4096)  # so many bytes a file may have: none, a part of the journal, the first page of the database


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("served"), "--server", "waitress") as portal:
        yield portal


def give_room(served: Served, size: int = resource.RLIM_INFINITY) -> None:
    """Have every file of the running portal end at a size; what would go beyond fails as on a full disk."""
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.transaction)
def test_a_served_form_that_finds_no_room_is_unavailable_and_done_once_there_is_room(served: Served, act: Act) -> None:
    name = f"full-{ACTS.index(act)}"
    root, visitor = Control(served).workspace(name), Visitor(served.port)
    act.before(visitor, root)
    sent = visitor.page.hidden() | act.typed
    tables = served.workspace(name)
    before = rows_of(tables)

    for size in ROOM:
        give_room(served, size)
        page = visitor.press(root + act.path, sent)
        give_room(served)
        assert (page.status, page.screen, page.headers["Retry-After"]) == (503, "errors/503", "5"), size
        assert rows_of(tables) == before
        assert_store_sane(tables)
    page = visitor.press(root + act.path, sent)

    assert (page.status, page.screen, page.problems) == (200, act.screen, {})
    assert any("The store cannot be used" in line for line in served.lines)
    assert_store_sane(tables)
    tables.backend.close()


@pytest.mark.sqlite
@EACH_SUBMIT
def test_a_store_that_may_grow_no_page_is_full_until_it_may(browser: Browser, filed: Portal, act: Submit) -> None:
    act.before(browser)
    shown = browser.page
    assert isinstance(filed.tables.backend, Sqlite)
    conn = filed.tables.backend._connection()
    conn.execute("CREATE TABLE ballast (weight BLOB)")
    conn.execute(
        "CREATE TRIGGER heavy AFTER INSERT ON journal_entry BEGIN INSERT INTO ballast VALUES (zeroblob(1e5)); END"
    )
    conn.execute("CREATE TRIGGER drawn AFTER INSERT ON challenge BEGIN INSERT INTO ballast VALUES (zeroblob(1e5)); END")
    (pages,) = conn.execute("PRAGMA page_count").fetchone()
    before = rows_of(filed.tables)
    conn.execute(f"PRAGMA max_page_count = {pages}")

    page = act.do(browser)

    assert (page.status, page.screen) == (503, "errors/503")
    assert rows_of(filed.tables) == before
    conn.execute(f"PRAGMA max_page_count = {pages * 100}")
    browser.page = shown
    page = act.do(browser)
    assert (page.status, page.screen, page.problems) == (200, act.then, {})
    assert_store_sane(filed.tables)
