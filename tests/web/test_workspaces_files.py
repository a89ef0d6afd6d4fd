"""Workspaces as files, which another process may remove or spoil at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import NOON, copy, new_portal
from web.client import Browser
from web.scenes import LANGUAGES, STATES, at_details, bring_to, credentials, sign_in

from ipportal.app import create_app
from ipportal.flows import Login
from ipportal.portal import Portal
from ipportal.store import Unavailable
from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

pytestmark = pytest.mark.sqlite


@pytest.fixture
def filed(seeded: Portal, tmp_path: Path) -> Iterator[Flask]:
    """The application whose workspaces are files, with one of them."""
    main = new_portal(workspaces="files", instance=tmp_path)
    copy(seeded.tables, main.tables)
    main.stored_clock.set(NOON)
    app = create_app(portal=main)
    house_of(app).create("alpha", now=NOON)
    yield app
    for name in house_of(app).names()[1:]:
        house_of(app).remove(name)


@pytest.fixture
def tab(filed: Flask) -> Browser:
    return Browser(filed, "/w/alpha")


def file_of(app: Flask) -> Path:
    return house_of(app).main.settings.instance / "workspaces" / "alpha.sqlite"


@pytest.mark.parametrize("state", STATES)
def test_a_workspace_in_a_file_is_a_whole_portal(tab: Browser, state: str) -> None:
    bring_to(tab, state)

    assert (tab.page.status, tab.page.problems) == (200, {})


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_workspace_whose_file_another_process_removed_is_not_found(filed: Flask, tab: Browser, method: str) -> None:
    sign_in(tab)
    file_of(filed).unlink()

    page = Browser(filed).open("/w/alpha/account", method=method)

    assert (page.status, page.screen) == (404, "errors/404")
    assert not file_of(filed).exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workspace_that_goes_while_it_is_looked_up_is_not_found(
    filed: Flask, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr(house_of(filed), "find", lambda _name: None)

    answer = filed.test_client().get(f"/w/alpha/login?lang={lang}")

    assert answer.status_code == 404
    assert answer.headers["Content-Language"] == lang
    assert answer.headers["X-Ipportal-Workspace"] == "main"
    assert b'data-screen="errors/404"' in answer.data


def test_a_submit_during_which_the_workspace_goes_is_not_found_and_logs_no_fault(
    filed: Flask, tab: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    entered = Login.enter

    def removed_first(*at_it: object) -> object:
        house_of(filed).remove("alpha")
        return entered(*at_it)  # type: ignore[arg-type]  # passed on as they came

    tab.get("/login")
    monkeypatch.setattr(Login, "enter", removed_first)

    page = tab.submit(**credentials("registered"))

    assert (page.status, page.screen) == (404, "errors/404")
    assert caplog.text == ""
    assert not file_of(filed).exists()


def test_a_workspace_that_goes_before_its_clock_is_read_is_not_found(
    filed: Flask, tab: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tab.get("/login")
    standing = Portal.standing

    def removed_first(portal: Portal) -> object:
        file_of(filed).unlink(missing_ok=True)
        return standing(portal)

    monkeypatch.setattr(Portal, "standing", removed_first)

    page = tab.get("/login")

    assert (page.status, page.screen, caplog.text) == (404, "errors/404", "")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_file_that_is_no_store_of_ours_is_told_as_unavailable_and_is_not_touched(
    filed: Flask, caplog: pytest.LogCaptureFixture, method: str, lang: str
) -> None:
    path = file_of(filed).with_name("spoiled.sqlite")
    path.write_bytes(b"no database at all\n" * 99)

    answer = filed.test_client().open(f"/w/spoiled/login?lang={lang}", method=method)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert b'data-screen="errors/503"' in answer.data
    assert "The store cannot be used: foreign" in caplog.text
    assert "Traceback" not in caplog.text
    assert path.read_bytes() == b"no database at all\n" * 99
    assert Browser(filed).get("/login").status == Browser(filed, "/w/alpha").get("/login").status == 200
    path.unlink()


def test_a_store_that_is_spoiled_while_it_is_used_is_told_as_unavailable(
    filed: Flask, tab: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    at_details(tab)
    size = file_of(filed).stat().st_size
    file_of(filed).write_bytes(b"x" * size)

    page = tab.get("/register/details")

    assert (page.status, page.screen) == (503, "errors/503")
    assert "Traceback" not in caplog.text
    file_of(filed).unlink()


def test_static_files_need_no_store_of_the_workspace(tab: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise Unavailable("missing")

    monkeypatch.setattr(Portal, "standing", gone)

    assert tab.get("/static/portal.css").status == 200
