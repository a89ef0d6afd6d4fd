"""F9, F10: the file goes away, is damaged or may not be written: 503, never a new empty store; then it heals."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from journeys.served import Served, Visitor
from props import meanwhile
from sanity import assert_store_sane, rows_of
from web.acts import EACH_SUBMIT, Act

from ipportal.store import Sqlite

if TYPE_CHECKING:
    from web.client import Browser, Page

    from ipportal.portal import Portal

HASHES = {"register/details", "register/confirm", "login/form", "basic_password/form", "account/internet"}
HASHING = pytest.mark.parametrize(
    "act",
    [act for act in EACH_SUBMIT.args[1] if act.step in {*HASHES, "cancel/form", "cancel/confirm"}],
    ids=lambda act: act.step,
)


def file_of(portal: Portal) -> Path:
    assert isinstance(portal.tables.backend, Sqlite)
    return Path(portal.tables.backend.path)


def assert_unavailable(page: Page) -> None:
    assert (page.status, page.screen, page.headers["Retry-After"]) == (503, "errors/503", "5")


@pytest.mark.sqlite
@EACH_SUBMIT
def test_a_form_that_finds_no_store_makes_none_and_is_done_once_it_is_back(
    browser: Browser, filed: Portal, act: Act
) -> None:
    act.before(browser)
    shown, before, path = browser.page, rows_of(filed.tables), file_of(filed)
    away = path.with_suffix(".away")
    path.rename(away)

    assert_unavailable(act.do(browser))

    assert not path.exists()
    away.rename(path)
    assert rows_of(filed.tables) == before
    browser.page = shown
    page = act.do(browser)
    assert (page.status, page.screen, page.problems) == (200, act.then, {})
    assert_store_sane(filed.tables)


@pytest.mark.sqlite
@HASHING
def test_a_store_that_goes_while_a_password_is_hashed_has_nothing_half_done(
    browser: Browser, filed: Portal, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    act.before(browser)
    shown, before, path = browser.page, rows_of(filed.tables), file_of(filed)
    away = path.with_suffix(".away")
    meanwhile(monkeypatch, lambda: path.rename(away))

    assert_unavailable(act.do(browser))

    assert not path.exists()
    away.rename(path)
    assert rows_of(filed.tables) == before
    browser.page = shown
    page = act.do(browser)
    assert (page.status, page.screen, page.problems) == (200, act.then, {})
    assert_store_sane(filed.tables)


@pytest.mark.sqlite
@EACH_SUBMIT
def test_a_store_that_may_not_be_written_is_read_on_and_written_again_once_it_may(
    browser: Browser, filed: Portal, act: Act
) -> None:
    act.before(browser)
    shown, before = browser.page, rows_of(filed.tables)
    assert isinstance(filed.tables.backend, Sqlite)
    # Root could write to a file that is read-only; what is set here is the connection's, which is let go.
    filed.tables.backend._connection().execute("PRAGMA query_only = ON")

    assert_unavailable(act.do(browser))
    assert browser.get("/login").status == 200

    assert rows_of(filed.tables) == before
    browser.page = shown
    page = act.do(browser)
    assert (page.status, page.screen, page.problems) == (200, act.then, {})


@pytest.mark.sqlite
@pytest.mark.parametrize("junk", [b"\xff", b"\0", b"SQLite format 3\0"], ids=["ones", "zeros", "a false head"])
def test_a_store_that_was_overwritten_is_unavailable_and_left_as_it_is(
    browser: Browser, filed: Portal, junk: bytes
) -> None:
    path, size = file_of(filed), file_of(filed).stat().st_size
    whole = path.read_bytes()
    browser.get("/login")
    filed.close()
    broken = (junk * size)[:size]
    path.write_bytes(broken)

    assert_unavailable(browser.get("/login"))

    filed.close()
    assert path.read_bytes() == broken
    path.write_bytes(whole)
    assert browser.get("/login").status == 200
    assert_store_sane(filed.tables)


@pytest.mark.parametrize("server", [("--server", "waitress"), ("--server", "gunicorn", "--processes", "2")], ids=str)
def test_a_running_portal_outlives_its_file_and_goes_on_when_it_is_back(folder: Path, server: tuple[str, ...]) -> None:
    path = folder / "portal.sqlite"
    with Served(folder, *server) as served:
        visitor = Visitor(served.port)
        seen = [visitor.get("/practice").status]
        path.rename(folder / "away")
        seen += [visitor.get("/practice").status for _ in range(4)]
        made = path.exists()
        (folder / "away").rename(path)
        seen += [visitor.get("/practice").status for _ in range(4)]
        code = served.stop(signal.SIGTERM)

    assert seen == [200, *[503] * 4, *[200] * 4]
    assert (made, code) == (False, 0)
    assert "Traceback" not in "\n".join(served.lines)
