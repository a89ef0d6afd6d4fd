"""F7 to F9 on a server: no room, read-only, no schema, a deadlock: 503, nothing half done or made anew; it heals."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import stores
from sanity import assert_store_sane, rows_of
from web.acts import EACH_SUBMIT, Act

from ipportal.store import postgres_pool, postgres_words
from ipportal.store.postgres import Postgres

if TYPE_CHECKING:
    from collections.abc import Callable

    from web.client import Browser, Page

    from ipportal.portal import Portal

KINDS = ("postgres",)


def assert_unavailable(page: Page) -> None:
    assert (page.status, page.screen, page.headers["Retry-After"]) == (503, "errors/503", "5")


def assert_done_now(browser: Browser, shown: Page, filed: Portal, act: Act) -> None:
    browser.page = shown
    page = act.do(browser)
    assert (page.status, page.screen, page.problems) == (200, act.then, {})
    assert_store_sane(filed.tables)


@EACH_SUBMIT
def test_a_form_that_finds_no_schema_makes_none_and_is_done_once_it_is_back(
    browser: Browser, filed: Portal, act: Act
) -> None:
    act.before(browser)
    shown, before = browser.page, rows_of(filed.tables)
    assert isinstance(filed.tables.backend, Postgres)
    schema = filed.tables.backend.schema
    with psycopg.connect(stores.server().address(), autocommit=True) as conn:
        conn.execute(f"ALTER SCHEMA {schema} RENAME TO away".encode())

        assert_unavailable(act.do(browser))

        conn.execute(f"ALTER SCHEMA away RENAME TO {schema}".encode())  # fails where a new one was made
    assert rows_of(filed.tables) == before
    assert_done_now(browser, shown, filed, act)


@EACH_SUBMIT
def test_a_server_that_may_only_be_read_is_read_on_and_written_again_once_it_may(
    browser: Browser, filed: Portal, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    act.before(browser)
    shown, before = browser.page, rows_of(filed.tables)
    with monkeypatch.context() as patch:
        reading = f"{postgres_pool._SET_UP}, set_config('default_transaction_read_only', 'on', false)"
        patch.setattr(postgres_pool, "_SET_UP", reading)
        postgres_pool.close()

        assert_unavailable(act.do(browser))
        assert browser.get("/login").status == 200

    postgres_pool.close()
    assert rows_of(filed.tables) == before
    assert_done_now(browser, shown, filed, act)


@EACH_SUBMIT
@pytest.mark.parametrize(
    "fault", [psycopg.errors.DiskFull, psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected]
)
def test_a_form_whose_last_write_finds_no_room_or_is_overtaken_leaves_nothing_half_done(
    browser: Browser, filed: Portal, monkeypatch: pytest.MonkeyPatch, act: Act, fault: type[psycopg.Error]
) -> None:
    act.before(browser)
    shown, before = browser.page, rows_of(filed.tables)
    with monkeypatch.context() as patch:
        patch.setattr(postgres_words, "run", failing(fault))

        assert_unavailable(act.do(browser))

    assert rows_of(filed.tables) == before
    assert_done_now(browser, shown, filed, act)


def failing(fault: type[psycopg.Error]) -> Callable[..., Any]:
    """Return what fails on whatever adds rows to the journal or draws a picture: the last that a form writes."""
    run = postgres_words.run

    def fail(conn: Any, sql: str, values: Any) -> Any:
        if "INSERT INTO" in sql and ("journal_entry" in sql or "challenge" in sql):
            raise fault("invented")
        return run(conn, sql, values)

    return fail


@EACH_SUBMIT
def test_a_form_that_deadlocks_with_somebody_else_gives_way_and_is_taken_again(
    browser: Browser,
    filed: Portal,
    rehearsed: dict[str, Callable[[], object]],
    monkeypatch: pytest.MonkeyPatch,
    act: Act,
) -> None:
    act.before(browser)
    shown, before, backend = browser.page, rows_of(filed.tables), filed.tables.backend
    assert isinstance(backend, Postgres)
    hasty = f"{postgres_pool._SET_UP}, set_config('deadlock_timeout', '10ms', false)"
    monkeypatch.setattr(postgres_pool, "_SET_UP", hasty)
    postgres_pool.close()
    written = ", ".join(filed.tables.by_name[name]._name for name in before)
    with psycopg.connect(stores.server().address()) as other, ThreadPoolExecutor(1) as pool:
        other.execute(b"SET deadlock_timeout = '1min'")
        other.execute(f"LOCK TABLE {written} IN SHARE MODE".encode())  # which lets everybody read
        row = f"SELECT name FROM {backend.portals} FOR UPDATE".encode()

        def meet() -> None:
            rehearsed.clear()
            pool.submit(other.execute, row)
            wait_for_a_waiter()

        rehearsed["begun"] = meet

        assert_unavailable(act.do(browser))

        other.rollback()
    assert rows_of(filed.tables) == before
    assert_done_now(browser, shown, filed, act)
    postgres_pool.close()


def wait_for_a_waiter() -> None:
    """Wait until a connection waits for another."""
    with psycopg.connect(stores.server().address(), autocommit=True) as conn:
        while not conn.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchall():
            time.sleep(0.001)
