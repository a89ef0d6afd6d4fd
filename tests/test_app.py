from __future__ import annotations

import errno
import runpy
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from props import NOON, WORD, new_portal

import ipportal
from ipportal import control
from ipportal.app import create_app
from ipportal.control import create_control
from ipportal.settings import Settings, load
from ipportal.tokens import TokenError
from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from ipportal.portal import Portal
    from ipportal.workspaces import Workspaces

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance folder that the environment names, with cheap hashes."""
    monkeypatch.setenv("IPPORTAL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("IPPORTAL_BCRYPT_COST", "4")
    return tmp_path


def test_an_application_is_made_on_a_portal_that_is_open(portal: Portal) -> None:
    portal.stored_clock.set(NOON)
    app = create_app(portal=portal)

    assert house_of(app).main is portal
    assert app.config["MAX_CONTENT_LENGTH"] == 65_536
    assert app.test_client().get("/").status_code == 200


def test_the_control_api_is_loaded_once_however_many_ask_for_it_first(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, together, made = create_app(portal=portal), Barrier(8), list[object]()

    def slowly(house: Workspaces) -> WSGIApplication:
        made.append(house)
        time.sleep(0.05)
        return create_control(house)

    def ask(_: int) -> int:
        together.wait()
        return app.test_client().get("/_control/v1/health").status_code

    monkeypatch.setattr(control, "create_control", slowly)
    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(ask, range(8))]

    assert (answers, made) == ([200] * 8, [house_of(app)])


@pytest.mark.parametrize("fault", [OSError(errno.EMFILE, "too many open files"), TokenError("instance/token")])
def test_a_control_api_that_cannot_begin_asks_to_come_again_and_begins_then(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def refuse(_: Workspaces) -> WSGIApplication:
        raise fault

    client = create_app(portal=portal).test_client()
    with monkeypatch.context() as patch:
        patch.setattr(control, "create_control", refuse)
        answer = client.get("/_control/v1/health")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.mimetype == "application/problem+json"
    assert answer.json == {"type": "urn:ipportal:problem:store", "status": 503, "code": "store"}
    assert answer.headers["X-Ipportal-Emulator"] == "1"
    assert client.get("/_control/v1/health").status_code == 200


def test_settings_open_a_portal_of_their_own_and_fill_it(folder: Path) -> None:
    app = create_app(load({"captcha_mode": "fixed", "captcha_word": WORD}))

    found = house_of(app).main
    assert (folder / "portal.sqlite").is_file()
    assert found.tables.accounts.get("99000101")
    assert found.settings.captcha_word == WORD
    found.close()


def test_any_wsgi_server_finds_the_application_in_the_wsgi_module(folder: Path) -> None:
    app = runpy.run_path(str(ROOT / "wsgi.py"))["app"]

    answer = app.test_client().get("/practice")
    assert answer.status_code == 200
    assert (folder / "portal.sqlite").is_file()
    house_of(app).main.close()


def test_two_applications_on_one_store_trust_each_others_cookies(folder: Path) -> None:
    first, second = create_app(Settings(instance=folder, bcrypt_cost=4)), create_app()

    assert first.secret_key
    assert first.secret_key == second.secret_key
    for app in (first, second):
        house_of(app).main.close()


def test_each_store_has_a_secret_of_its_own_for_its_cookies(portal: Portal) -> None:
    other = new_portal(scenario="default")
    ours, theirs = create_app(portal=portal), create_app(portal=ipportal.open_portal(other.settings))

    assert ours.secret_key != theirs.secret_key
    assert len(str(theirs.secret_key)) >= 43


def test_the_application_is_no_debugger_and_shows_no_exceptions(portal: Portal) -> None:
    app = create_app(portal=portal)

    assert not app.debug
    assert not app.testing
    assert app.config["SESSION_COOKIE_HTTPONLY"]
    assert app.config["SESSION_COOKIE_SAMESITE"] == "Lax"


@pytest.mark.parametrize("name", ["Portal", "Settings", "create_app", "open_portal"])
def test_the_package_offers_its_public_names(name: str) -> None:
    assert name in ipportal.__all__
    assert callable(getattr(ipportal, name))


def test_the_package_offers_nothing_else() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = ipportal.nothing
