"""F8: another process holds the store: who must write is told to come again, who only reads goes on."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from sanity import assert_store_sane, rows_of
from web.acts import EACH_PAGE, EACH_SUBMIT, Act

from ipportal.store import Sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from web.client import Browser

    from ipportal.portal import Portal

WRITES_ON_LOOKING = {"cancel/form"}  # it draws a picture


@pytest.fixture
def holder(filed: Portal) -> Iterator[sqlite3.Connection]:
    """Another process's connection, as far as SQLite can tell."""
    assert isinstance(filed.tables.backend, Sqlite)
    found = sqlite3.connect(filed.tables.backend.path, timeout=0, isolation_level=None)
    yield found
    found.close()


@pytest.mark.sqlite
@EACH_SUBMIT
@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_form_that_finds_the_store_held_is_told_when_to_come_again(
    browser: Browser, filed: Portal, holder: sqlite3.Connection, act: Act, how: str
) -> None:
    act.before(browser)
    shown, before = browser.page, rows_of(filed.tables)
    holder.execute(f"BEGIN {how}")

    page = act.do(browser)

    assert (page.status, page.screen, page.headers["Retry-After"]) == (503, "errors/503", "5")
    holder.execute("ROLLBACK")
    assert rows_of(filed.tables) == before
    browser.page = shown
    page = act.do(browser)
    assert (page.status, page.screen, page.problems) == (200, act.then, {})
    assert_store_sane(filed.tables)


@pytest.mark.sqlite
@EACH_PAGE
def test_a_look_goes_on_while_another_process_writes(browser: Browser, holder: sqlite3.Connection, act: Act) -> None:
    act.before(browser)
    holder.execute("BEGIN IMMEDIATE")

    page = act.do(browser)

    assert page.status == (503 if act.step in WRITES_ON_LOOKING else 200)


@pytest.mark.sqlite
@pytest.mark.parametrize("path", ["/", "/login", "/practice", "/health", "/register/terms"])
def test_a_store_that_cannot_even_be_read_still_gets_a_page(
    browser: Browser, holder: sqlite3.Connection, path: str
) -> None:
    holder.execute("BEGIN EXCLUSIVE")

    assert browser.get(path).status == 503
    assert browser.get("/static/portal.css").status == 200

    holder.execute("ROLLBACK")
    assert browser.get(path).status == 200
