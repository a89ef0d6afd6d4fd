"""A server of one's own: it starts, says where it is, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from ipportal.testing import Server, Visitor
from ipportal.testing.server import QUICK
from ipportal.testing.trouble import NotStarted

if TYPE_CHECKING:
    from pathlib import Path


def test_a_server_keeps_nothing_after_it_was_stopped() -> None:
    with Server() as server:
        folder = server.instance
        with Visitor(server.url) as visitor:
            assert visitor.get("/practice").status == 200

    assert not folder.exists()


def test_a_folder_that_was_given_stays(tmp_path: Path) -> None:
    with Server(instance=tmp_path) as server:
        assert server.instance == tmp_path

    assert (tmp_path / "token").exists()


def test_settings_of_the_shell_are_another_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPPORTAL_PORT", "no number")

    with Server() as server:
        assert "IPPORTAL_PORT" in os.environ
        assert server.url.startswith("http://127.0.0.1:")


def test_a_server_that_cannot_start_says_why() -> None:
    with pytest.raises(NotStarted, match="bcrypt_cost"):
        Server(QUICK | {"bcrypt-cost": "99"})


def test_a_server_that_never_says_where_it_is_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipportal.testing.server._START", 0)

    with pytest.raises(NotStarted):
        Server()


def test_a_server_that_hears_no_signal_is_ended_by_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipportal.testing.server._STOP", 0.2)
    server = Server()
    os.kill(server._process.pid, signal.SIGSTOP)

    server.stop()

    assert server._process.poll() is not None or server._process.wait(30) is not None
    assert not server.instance.exists()
