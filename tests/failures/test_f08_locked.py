"""F8: another process holds the store: who must write is told to come again, who only reads goes on."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import stores
from sanity import assert_store_sane, rows_of
from web.acts import EACH_PAGE, EACH_SUBMIT, Act

from ipportal.store import Sqlite, postgres_pool
from ipportal.store.postgres import Postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from web.client import Browser

    from ipportal.portal import Portal

WRITES_ON_LOOKING = {"cancel/form"}  # it draws a picture


class Holder:
    """Another process's connection, as far as the database can tell: it writes, or keeps everybody out."""

    def __init__(self, conn: sqlite3.Connection | psycopg.Connection[Any], **ways: str) -> None:
        self._run: Callable[[str], object] = conn.execute
        self._ways = ways

    def begin(self, how: str) -> None:
        for statement in self._ways[how].split("; "):
            self._run(statement)

    def leave(self) -> None:
        self._run("ROLLBACK")


@pytest.fixture
def holder(filed: Portal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Holder]:
    backend = filed.tables.backend
    if isinstance(backend, Sqlite):
        conn = sqlite3.connect(backend.path, timeout=0, isolation_level=None)
        yield Holder(conn, writes="BEGIN IMMEDIATE", alone="BEGIN EXCLUSIVE")
        conn.close()
        return
    assert isinstance(backend, Postgres)
    monkeypatch.setattr(postgres_pool, "_SET_UP", postgres_pool._SET_UP.replace("5s", "100ms"))
    postgres_pool.close()
    row = f"BEGIN; SELECT name FROM {backend.portals} FOR UPDATE"
    tables = ", ".join(table._name for table in filed.tables.by_name.values())
    with psycopg.connect(stores.server().address(), autocommit=True) as server:
        yield Holder(server, writes=row, alone=f"BEGIN; LOCK TABLE {backend.portals}, {tables}")
    postgres_pool.close()


@EACH_SUBMIT
@pytest.mark.parametrize("how", ["writes", "alone"])
def test_a_form_that_finds_the_store_held_is_told_when_to_come_again(
    browser: Browser, filed: Portal, holder: Holder, act: Act, how: str
) -> None:
    act.before(browser)
    shown, before = browser.page, rows_of(filed.tables)
    holder.begin(how)

    page = act.do(browser)

    assert (page.status, page.screen, page.headers["Retry-After"]) == (503, "errors/503", "5")
    holder.leave()
    assert rows_of(filed.tables) == before
    browser.page = shown
    page = act.do(browser)
    assert (page.status, page.screen, page.problems) == (200, act.then, {})
    assert_store_sane(filed.tables)


@EACH_PAGE
def test_a_look_goes_on_while_another_process_writes(browser: Browser, holder: Holder, act: Act) -> None:
    act.before(browser)
    holder.begin("writes")

    page = act.do(browser)

    assert page.status == (503 if act.step in WRITES_ON_LOOKING else 200)


@pytest.mark.parametrize("path", ["/", "/login", "/practice", "/health", "/register/terms"])
def test_a_store_that_cannot_even_be_read_still_gets_a_page(browser: Browser, holder: Holder, path: str) -> None:
    holder.begin("alone")

    assert browser.get(path).status == 503
    assert browser.get("/static/portal.css").status == 200

    holder.leave()
    assert browser.get(path).status == 200
