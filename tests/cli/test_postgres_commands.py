"""Every command works on a store on a PostgreSQL server, and none prints the password of its address."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import stores
from houses import let_pass
from journeys.served import Served, Visitor

from ipportal.testing import Server

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Terminal


@pytest.fixture
def terminal(bare: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal whose store is an empty one on a server."""
    monkeypatch.setenv("IPPORTAL_STORE", stores.lent())
    return bare


def said(terminal: Terminal, *words: str) -> str:
    """Return what a command prints; it has to go well."""
    found = terminal.run(*words)
    assert found.code == 0, found.err
    assert "hush" not in found.out + found.err
    return found.out


def test_the_first_command_fills_the_store_and_the_others_find_it(terminal: Terminal) -> None:
    first = terminal.run("accounts", "--json")
    again = terminal.run("accounts", "--json")

    assert "default" in first.err
    assert (again.err, json.loads(again.out)) == ("", json.loads(first.out))
    assert [*terminal.folder.glob("*.sqlite")] == []


def test_clock_journal_and_reset_work_on_the_server(terminal: Terminal) -> None:
    said(terminal, "clock", "set", "2025-03-31T12:00+08:00")

    assert said(terminal, "clock").startswith("2025-03-31T12:00:00+08:00 frozen")
    assert "default" in said(terminal, "reset")
    assert said(terminal, "clock").endswith("real\n")
    assert said(terminal, "journal").split()[2] == "reset"


def test_workspaces_tokens_and_checkpoints_work_on_the_server(terminal: Terminal) -> None:
    file = str(terminal.folder / "kept.json")

    assert "w/desk-1/" in said(terminal, "workspaces", "--create", "desk-1")
    assert said(terminal, "token", "--workspace", "desk-1").startswith("ipw.desk-1.")
    said(terminal, "checkpoint", "save", file, "--workspace", "desk-1")
    assert "/w/desk-1/open/" in said(terminal, "checkpoint", "restore", file, "--workspace", "desk-1")
    assert "/w/desk-1/open/" in said(terminal, "checkpoint", "open", "login-8", "--workspace", "desk-1")
    assert "desk-1" not in said(terminal, "workspaces", "--remove", "desk-1")


def test_a_class_is_looked_at_on_the_server_without_one_that_cannot_be_read(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(terminal, "workspaces", "--create", "t1", "t2")
    terminal.workspace("t1").journal.note("logout")
    let_pass(monkeypatch, timedelta(minutes=2))
    until = terminal.house()._place.used_at("t1")

    whole = said(terminal, "class").splitlines()[1:]
    store = terminal.workspace("t2").tables.backend
    store.run(f"DROP TABLE {store.named('user')}", {})
    damaged = terminal.run("class", "t*")

    assert [line.split()[0] for line in whole] == ["t1", "t2"]
    assert whole[0].split()[1:3] == ["logout", "done"]
    assert terminal.house()._place.used_at("t1") == until
    assert (damaged.code, [line.split()[0] for line in damaged.out.splitlines()[1:]]) == (1, ["t1"])
    assert damaged.err.startswith("ipportal: t2  ")
    assert "hush" not in damaged.err


def test_the_settings_show_the_address_without_its_password(terminal: Terminal) -> None:
    assert "postgresql://ipportal@/postgres " in said(terminal, "settings")


def test_a_server_that_cannot_be_reached_is_refused_without_its_password(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPPORTAL_STORE", "postgresql://trainer:hush@127.0.0.1:1/portal")

    found = bare.run("accounts")

    assert found.code == 1
    assert "postgresql://trainer@127.0.0.1:1/portal" in found.err
    assert "hush" not in found.err


def test_the_greeting_names_the_server_and_its_schema_and_the_portal_answers(tmp_path: Path) -> None:
    with Served(tmp_path, "--processes", "2", IPPORTAL_STORE=stores.lent()) as portal:
        portal.clock("set", "2025-03-31T12:00+08:00")
        screens = {Visitor(portal.port).get("/login").screen for _ in range(6)}
    lines = "\n".join(portal.lines)

    assert screens == {"login/form"}
    assert "PostgreSQL" in lines
    assert "hush" not in lines


def test_a_server_for_tests_is_told_its_store_where_other_users_cannot_read_it() -> None:
    with Server({"store": stores.lent(), "bcrypt-cost": "4", "processes": "1"}) as server:
        arguments = server._process.args

    assert "hush" not in str(arguments)
