"""A store that another process holds: the visitor is told so as soon as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipportal.portal import Portal
from ipportal.store import Unavailable

if TYPE_CHECKING:
    import pytest
    from web.client import Browser


def test_a_store_that_others_hold_is_waited_for_once(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    waits = []

    def busy(_: Portal) -> None:
        waits.append(1)
        raise Unavailable("busy", "somewhere")

    monkeypatch.setattr(Portal, "standing", busy)

    assert (browser.get("/login").status, waits) == (503, [1])
    assert "busy" in caplog.text
