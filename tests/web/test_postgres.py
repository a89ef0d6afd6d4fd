"""A portal whose PostgreSQL server is gone says so on a page; when the server is back, all goes on."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import stores
from control.api import Api
from props import NOON, copy, new_portal
from web.client import Browser, Page

from ipportal.app import create_app
from ipportal.store import postgres_pool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from ipportal.portal import Portal


@pytest.fixture(scope="module")
def server() -> Iterator[stores.Server]:
    """A server that is only this module's, so that it can be stopped."""
    found = stores.Server()
    yield found
    postgres_pool.close()
    found.remove()


@pytest.fixture
def app(server: stores.Server, seeded: Portal, tmp_path: Path) -> Flask:
    portal = new_portal(server.address(), instance=tmp_path)
    copy(seeded.tables, portal.tables)
    portal.stored_clock.set(NOON)
    return create_app(portal=portal)


def test_a_portal_whose_server_is_gone_says_so_on_every_page_and_heals_by_itself(
    app: Flask, server: stores.Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    main, alpha, api = Browser(app), Browser(app, "/w/alpha"), Api(app)
    api.create("alpha", now="2025-03-31T12:00:00+08:00")

    def look() -> list[Page]:
        return [main.get("/"), main.get("/login"), alpha.get("/"), alpha.get("/register/terms")]

    before = [page.status for page in look()]

    server.stop()
    gone = [main.get(path) for path in ("/", "/login", "/w/alpha/", "/w/alpha/register/terms")]
    told = api.ask("GET", "/workspaces/alpha")
    server.start()
    after = [page.status for page in look()]

    assert before == after == [200] * 4
    assert [(page.status, page.headers["Retry-After"]) for page in gone] == [(503, "5")] * 4
    assert all(b"hush" not in page.body for page in gone)
    assert (told.status, told.code) == (503, "store")
    assert "hush" not in caplog.text
