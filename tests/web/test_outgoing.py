from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from web.scenes import DETAILS, at_cancel_confirm, at_done, change

if TYPE_CHECKING:
    from web.client import Browser


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Let no socket leave this machine, and no name be looked up; return what was tried."""
    tried: list[object] = []
    connect = socket.socket.connect

    def guarded(sock: socket.socket, address: Any) -> None:
        if sock.family in {socket.AF_INET, socket.AF_INET6} and not str(address[0]).startswith("127."):
            tried.append(address)
            raise OSError("this portal calls nobody")
        connect(sock, address)

    def asked(*name: object, **_: object) -> None:
        tried.append(name)
        raise OSError("this portal asks nobody")

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", asked)
    monkeypatch.setattr(socket, "gethostbyname", asked)
    return tried


def test_both_journeys_call_nobody(browser: Browser, alone: list[object]) -> None:
    at_done(browser)
    browser.click("continue")
    browser.submit(internet_user_id="LokShan1", internet_password=DETAILS["internet_password"])
    browser.get(browser.page.by("captcha-listen")["href"])
    browser.get("/basic-password")
    change(browser, "fresh-individual")
    browser.click("continue")
    screens = [browser.page.screen]
    screens.append(browser.submit("logout").screen)
    screens.append(at_cancel_confirm(browser).screen)
    screens.append(browser.get("/practice/rules").screen)

    assert screens == ["account/home", "login/form", "cancel/confirm", "practice/rules"]
    assert alone == []


def test_the_guard_of_this_test_would_notice(alone: list[object]) -> None:
    with socket.socket() as sock, pytest.raises(OSError, match="calls nobody"):
        sock.connect(("192.0.2.1", 80))

    assert alone == [("192.0.2.1", 80)]
