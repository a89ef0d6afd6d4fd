"""Markers are typed into every field; then every place that could remember is searched for them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from props import WORD, copy, new_portal
from web.client import Browser
from web.scenes import CHAN, NEW_BASIC, NOON, at_confirm, at_details, sign_in

from ipportal.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from ipportal.portal import Portal

# Each has its field's own form, so that it passes the format and reaches the hash, the store and the journal.
SECRETS = {
    "internet_password": "Kanarie93847xQ",
    "basic_password": "73915864",
    "new_basic_password": "59173846",
    "current_internet_password": "Kanarie61528xQ",
}
TOO_LONG = {
    "basic_user_id": "99000101-Kanarie-A1",
    "linked_basic_user_id_2": "Kanarie-Linked-B2",
    "identity_prefix": "Kanarie-Identity-C3",
    "internet_user_id": "Kanarie-User-D4",
    "internet_password": "Kanarie-Secret-E5",
    "internet_password_again": "Kanarie-Again-F6",
    "captcha": "Kanarie-Captcha-G7",
}


@pytest.fixture
def filed(tmp_path: Path, seeded: Portal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """A portal whose store is a file in a folder of its own, which is also the temporary one."""
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    portal = new_portal(str(tmp_path / "portal.sqlite"))
    copy(seeded.tables, portal.tables)
    portal.stored_clock.set(NOON)
    yield portal
    portal.close()


@pytest.fixture
def app(filed: Portal) -> Flask:
    return create_app(portal=filed)


class Watched(Browser):
    """Keeps every answer that it was given."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.answers: list[bytes] = []

    def open(self, path: str, **request: object) -> object:  # type: ignore[override]
        page = super().open(path, **request)  # type: ignore[arg-type]
        self.answers.append(page.body + str(page.headers).encode() + self.cookie.encode() + str(self.kept).encode())
        return page


@pytest.fixture
def watched(app: Flask) -> Watched:
    return Watched(app)


def remembered(watched: Watched, folder: Path, caplog: pytest.LogCaptureFixture, captured: str) -> bytes:
    """Return everything that anybody could read afterwards."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert files
    logged = "".join(str(record.__dict__) + record.getMessage() for record in caplog.records)
    return b"".join([*watched.answers, *files, logged.encode(), captured.encode()])


def walk(browser: Browser) -> None:
    """Type every marker where it belongs."""
    at_details(browser)
    browser.submit(**CHAN | TOO_LONG)
    browser.submit("lang-en", **CHAN | TOO_LONG)
    secret = SECRETS["internet_password"]
    typed = {"internet_password": secret, "internet_password_again": secret}
    browser.submit(**CHAN | typed | {"captcha": "WRONG1"})
    browser.submit("captcha-refresh", **CHAN | typed)
    at_confirm(browser, **typed)
    browser.submit("lang-zh-Hans", basic_password=SECRETS["basic_password"])
    browser.submit(basic_password=SECRETS["basic_password"])
    browser.submit(basic_password="31415926")
    browser.get("/login")
    browser.submit(internet_user_id="Kanarie0", internet_password=secret)
    browser.submit(internet_user_id="LokShan1", internet_password=secret)
    wrong = {"basic_password": SECRETS["basic_password"], "captcha": WORD}
    browser.submit(**NEW_BASIC | wrong)
    new = SECRETS["new_basic_password"]
    browser.submit(basic_password="31415926", new_basic_password=new, new_basic_password_again=new, captcha=WORD)
    browser.get("/account/internet")
    fresh = SECRETS["current_internet_password"]
    typed = {"internet_password": fresh, "internet_password_again": fresh}
    browser.submit(current_internet_password=fresh, **typed)
    browser.submit(current_internet_password=secret, **typed)
    browser.submit("logout")
    browser.get("/cancel")
    browser.submit(internet_user_id="LokShan1", internet_password=fresh, captcha=WORD)
    browser.submit(basic_password=new)
    browser.get("/practice")


def test_no_secret_and_nothing_too_long_is_echoed_logged_or_stored(
    watched: Watched, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        walk(watched)
    assert watched.page.screen == "practice/accounts"

    found = remembered(watched, tmp_path, caplog, "".join(capfd.readouterr()))

    assert b"LokShan1" in found
    for name, marker in [*SECRETS.items(), *TOO_LONG.items()]:
        assert marker.encode() not in found, name
        assert marker.encode("utf-16-le") not in found, name
    assert b"Kanarie-" not in found


def test_a_real_persons_details_leave_no_trace_in_the_store(
    watched: Watched, tmp_path: Path, caplog: pytest.LogCaptureFixture, filed: Portal
) -> None:
    at_details(watched)
    real = {"basic_user_id": "04815162", "linked_basic_user_id_2": "04234211", "identity_prefix": "QX97"}

    watched.submit(**CHAN | real | {"internet_user_id": "RealName", "captcha": WORD})

    filed.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    logged = "".join(str(record.__dict__) for record in caplog.records).encode()
    for typed in (*real.values(), "RealName"):
        assert typed.encode() not in stored + logged


def test_a_wrong_guess_at_the_login_leaves_no_typed_id(watched: Watched, tmp_path: Path) -> None:
    watched.get("/login")
    watched.submit(internet_user_id="Kanarie7", internet_password=SECRETS["internet_password"])
    sign_in(watched)

    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"anarie7" not in stored
