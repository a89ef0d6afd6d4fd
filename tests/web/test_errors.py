from __future__ import annotations

import errno
import logging
from typing import TYPE_CHECKING

import pytest
from web.client import Browser
from web.scenes import LANGUAGES, credentials, sign_in

from ipportal.portal import Portal
from ipportal.store import Unavailable
from ipportal.vetting import ScenarioError
from ipportal.web import errors

if TYPE_CHECKING:
    from flask import Flask

CANARY = "Canary20251234"
BEHIND = ScenarioError("file", "people.toml")
BEHIND.__cause__ = OSError(errno.EMFILE, "many")


def provoke(browser: Browser, status: int) -> None:
    match status:
        case 400:
            browser.post("/login", {"internet_user_id": "x"}, token=False)
        case 403:
            browser.post("/login", headers={"Sec-Fetch-Site": "cross-site"})
        case 404:
            browser.get("/unknown")
        case 405:
            browser.post("/login/tips")
        case _:
            browser.post("/login", {"internet_user_id": "x" * 70_000})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", [400, 403, 404, 405, 413])
def test_each_error_has_its_page_in_each_language_with_the_way_back(browser: Browser, status: int, lang: str) -> None:
    browser.get(f"/login?lang={lang}")

    provoke(browser, status)

    page = browser.page
    assert (page.status, page.screen, page.lang) == (status, f"errors/{status}", lang)
    again = status in {400, 403, 413}
    assert page.has("again") == again
    assert browser.click("again" if again else "back").screen == ("login/form" if again else "home")


def test_a_method_that_is_not_supported_names_those_that_are(browser: Browser) -> None:
    page = browser.post("/login/tips")

    assert set(page.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def break_login(monkeypatch: pytest.MonkeyPatch, portal: Portal, fault: Exception) -> None:
    def broken(*_: object) -> None:
        raise fault

    monkeypatch.setattr(type(portal.login), "enter", broken)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fault_of_the_portal_shows_an_incident_number_and_nothing_else(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, lang: str
) -> None:
    break_login(monkeypatch, portal, ValueError(f"cannot use {CANARY}"))
    browser.get(f"/login?lang={lang}")

    page = browser.submit(internet_user_id="NimChi07", internet_password=CANARY)

    assert (page.status, page.screen, page.lang) == (500, "errors/500", lang)
    incident = page.text("incident")[-8:]
    assert f"Incident {incident}: ValueError" in caplog.text
    assert "test_errors.py" in caplog.text
    everything = page.body.decode() + caplog.text
    assert not any(word in everything for word in (CANARY, "NimChi07"))
    assert "Traceback" not in page.body.decode()
    assert browser.click("again").screen == "login/form"


def test_a_chain_of_faults_is_logged_without_their_words(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fault = RuntimeError(CANARY)
    fault.__cause__ = KeyError(CANARY)
    fault.add_note(CANARY)
    break_login(monkeypatch, portal, fault)

    assert sign_in(browser).status == 500
    assert CANARY not in caplog.text
    assert CANARY not in str([record.__dict__ for record in caplog.records])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_store_that_cannot_be_used_is_told_as_unavailable_for_now(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, lang: str
) -> None:
    break_login(monkeypatch, portal, Unavailable("read_only", "/somewhere/portal.sqlite"))
    browser.get(f"/login?lang={lang}")

    page = browser.submit(**credentials("registered"))

    assert (page.status, page.screen, page.lang) == (503, "errors/503", lang)
    assert int(page.headers["Retry-After"]) > 0
    assert "/somewhere" not in page.body.decode()
    assert "read_only" in caplog.text


@pytest.mark.parametrize("path", ["/", "/practice", "/register/terms", "/health", "/account"])
def test_a_store_that_is_gone_before_the_clock_could_be_read_still_gets_a_page(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def gone(*_: object) -> None:
        raise Unavailable("missing", "portal.sqlite")

    browser.get("/?lang=en")
    monkeypatch.setattr(Portal, "standing", gone)

    page = browser.get(path, headers={"X-Test": "1"})

    assert (page.status, page.screen, page.lang) == (503, "errors/503", "en")
    assert not page.has("portal-time")


@pytest.mark.parametrize("fault", [OSError(errno.EMFILE, "many"), OSError(errno.ENFILE, "many"), BEHIND])
def test_a_portal_that_has_no_file_handle_left_asks_to_come_again(
    browser: Browser, portal: Portal, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    break_login(monkeypatch, portal, fault)

    page = sign_in(browser)

    assert (page.status, page.screen, page.headers["Retry-After"]) == (503, "errors/503", "5")


def test_an_error_page_that_cannot_be_opened_itself_is_told_in_plain_text(
    app: Flask, portal: Portal, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, CANARY)

    break_login(monkeypatch, portal, OSError(errno.EMFILE, CANARY))
    browser = Browser(app)
    shown = browser.get("/login")
    monkeypatch.setattr(errors, "page", refuse)

    answer = browser.client.post("/login", data={"csrf_token": shown.value("csrf_token")} | credentials("registered"))

    assert (answer.status_code, answer.text, answer.mimetype) == (503, "503\n", "text/plain")
    assert (answer.headers["Retry-After"], answer.headers["X-Ipportal-Emulator"]) == ("5", "1")
    assert CANARY not in caplog.text


@pytest.mark.parametrize("host", ["evil.example", "hkex.com.hk", "127.0.0.2", "", "a b", "\u00e9"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_host_that_is_not_the_portals_is_refused_with_a_page(app: Flask, host: str, method: str) -> None:
    browser = Browser(app, HTTP_HOST=host.encode().decode("latin-1"))

    page = browser.open("/login", method=method)

    assert (page.status, page.screen) == (400, "errors/400")
    assert page.by("back")["href"] == "/"
    assert "trusted_hosts" in page.words
    assert "evil" not in page.body.decode()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.1:8080", "localhost:9"])
def test_the_portals_own_names_are_accepted(app: Flask, host: str) -> None:
    assert Browser(app, HTTP_HOST=host).get("/").status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/login", "/logout", "/register/terms", "/captcha/refresh"])
def test_a_form_that_another_site_sends_is_refused(browser: Browser, site: str, path: str) -> None:
    page = browser.post(path, headers={"Sec-Fetch-Site": site})

    assert (page.status, page.screen) == (403, "errors/403")


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_form_of_the_portal_itself_is_taken(browser: Browser, site: str) -> None:
    assert browser.post("/login", headers={"Sec-Fetch-Site": site}).status == 422


def test_a_link_from_another_site_is_followed(browser: Browser) -> None:
    assert browser.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status == 200


@pytest.mark.parametrize("logger", ["ipportal", "werkzeug", "flask.app"])
def test_a_visit_without_a_fault_logs_nothing(browser: Browser, caplog: pytest.LogCaptureFixture, logger: str) -> None:
    with caplog.at_level(logging.DEBUG, logger):
        sign_in(browser)

    assert [record for record in caplog.records if record.name.startswith(logger)] == []
