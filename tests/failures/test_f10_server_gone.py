"""F10: the database server ends connections, stops or crashes in the middle: 503, nothing half done; then it heals."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import stores
from journeys.served import Served, Visitor
from props import NOON, copy, meanwhile, new_portal
from sanity import assert_journal_tells, assert_store_sane, rows_of
from store.servers import kill_all
from web.acts import EACH_SUBMIT, Act
from web.client import Browser

from ipportal.app import create_app
from ipportal.store import postgres_pool
from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ipportal.portal import Portal

KINDS = ("postgres",)
POINTS = ("begun", "write-1", "before_commit", "after_commit")
SUBMITS: list[Act] = EACH_SUBMIT.args[1]


@pytest.fixture(scope="module")
def server() -> Iterator[stores.Server]:
    """A server that is only this module's, so that it can be stopped."""
    found = stores.Server("synchronous_commit=on")
    yield found
    postgres_pool.close()
    found.remove()


@contextmanager
def away(server: stores.Server, how: str) -> Iterator[None]:
    """Have the server stop or crash, and start again at the end of the block."""
    getattr(server, how)()
    try:
        yield
    finally:
        server.start()


@EACH_SUBMIT
@pytest.mark.parametrize("point", POINTS)
def test_a_form_whose_connection_is_ended_at_any_point_is_unavailable_or_done_and_is_taken_again(
    browser: Browser, filed: Portal, rehearsed: dict[str, Callable[[], object]], act: Act, point: str
) -> None:
    began = rows_of(filed.tables)
    act.before(browser)
    shown, before = browser.page, rows_of(filed.tables)

    rehearsed[point] = kill_all
    page = act.do(browser)
    rehearsed.clear()

    if point == "after_commit":  # nobody used the connection then: another one takes its place unseen
        assert (page.status, page.screen, page.problems) == (200, act.then, {})
    else:
        assert (page.status, page.screen, page.headers["Retry-After"]) == (503, "errors/503", "5")
        assert rows_of(filed.tables) == before
        assert_store_sane(filed.tables)
        browser.page = shown
        page = act.do(browser)
        assert (page.status, page.screen, page.problems) == (200, act.then, {})
    assert_store_sane(filed.tables)
    assert_journal_tells(began, filed.tables)


@EACH_SUBMIT
def test_a_connection_that_is_ended_while_a_password_is_hashed_is_not_missed(
    browser: Browser, filed: Portal, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    act.before(browser)
    meanwhile(monkeypatch, kill_all)

    page = act.do(browser)

    assert (page.status, page.screen, page.problems) == (200, act.then, {})
    assert_store_sane(filed.tables)


@pytest.mark.parametrize("how", ["stop", "crash"])
def test_every_form_that_was_open_while_the_server_was_away_is_taken_once_it_is_back(
    server: stores.Server, seeded: Portal, tmp_path: Path, how: str
) -> None:
    portal = new_portal(server.address(how), instance=tmp_path)
    copy(seeded.tables, portal.tables)
    app = create_app(portal=portal)
    house, visits = house_of(app), list[tuple[Act, Browser]]()
    for number, act in enumerate(SUBMITS):
        house.create(f"visit-{number}", now=NOON)
        visits.append((act, Browser(app, f"/w/visit-{number}")))
        act.before(visits[-1][1])

    shown = [browser.page for _, browser in visits]
    with away(server, how):
        for act, browser in visits:
            browser.root = ""  # whether there is such a workspace nobody knows now
            page = act.do(browser)
            assert (page.status, page.screen, page.headers["Retry-After"]) == (503, "errors/503", "5"), act

    for number, (act, browser) in enumerate(visits):
        browser.root, browser.page = f"/w/visit-{number}", shown[number]
        page = act.do(browser)
        assert (page.status, page.screen, page.problems) == (200, act.then, {}), act
        assert_store_sane(house.get(f"visit-{number}").tables)


@pytest.mark.parametrize("words", [("--server", "waitress"), ("--server", "gunicorn", "--processes", "2")], ids=str)
def test_a_running_portal_outlives_its_server_and_goes_on_when_it_is_back(
    server: stores.Server, tmp_path: Path, words: tuple[str, ...]
) -> None:
    with Served(tmp_path, *words, IPPORTAL_STORE=server.address(words[1])) as served:
        visitor = Visitor(served.port)
        seen = [visitor.get("/practice").status]
        for how in ("stop", "crash"):
            with away(server, how):
                seen += [visitor.get("/practice").status for _ in range(4)]
            seen += [visitor.get("/practice").status for _ in range(4)]
        code = served.stop(signal.SIGTERM)

    assert seen == [200, *([503] * 4 + [200] * 4) * 2]
    assert code == 0
    assert "Traceback" not in "\n".join(served.lines)
