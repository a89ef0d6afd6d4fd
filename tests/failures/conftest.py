"""Stores on which failures are rehearsed, and a process whose children die."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
import stores
from failures.requests import VISITS, portal_at
from journeys.served import Served
from props import NOON, copy, new_portal
from web.client import Browser

from ipportal.app import create_app
from ipportal.store import Tables, sqlite
from ipportal.store.failpoints import reaching
from ipportal.web.visit import EXTENSION
from ipportal.workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from ipportal.portal import Portal

TESTS = Path(__file__).parents[1]
MEMORY_DISK = "/dev/shm"
KINDS = ("sqlite", "postgres")
VISITED = {request.name for request in VISITS}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have a test of this folder that uses a store run on each kind, unless it is about one of them."""
    if "kind" in metafunc.fixturenames:
        kinds = getattr(metafunc.module, "KINDS", KINDS)
        metafunc.parametrize("kind", KINDS[:1] if metafunc.definition.get_closest_marker("sqlite") else kinds)


class Zygote:
    """A process that loads the portal once and forks a child for each death."""

    def __init__(self) -> None:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("IPPORTAL_")}
        self._process = subprocess.Popen(
            [sys.executable, str(TESTS / "failures" / "zygote.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=plain | {"PYTHONPATH": str(TESTS)},
        )

    def __call__(self, deed: str, **told: Any) -> list[int]:
        """Have it do a deed in children of its own; return how they ended."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"deed": deed} | told) + "\n")
        self._process.stdin.flush()
        return cast("list[int]", json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    found = Zygote()
    yield found
    found.close()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the machine has one: a kill loses nothing of either, and a disk only takes time."""
    if not os.access(MEMORY_DISK, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY_DISK) as made:
        yield Path(made)


@pytest.fixture(scope="session")
def seeded_file(seeded: Portal, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The practice accounts in a file; only to be copied."""
    return _filled(str(tmp_path_factory.mktemp("seeded") / "portal.sqlite"), seeded)


@pytest.fixture(scope="session")
def seeded_schema(seeded: Portal) -> str:
    """The practice accounts on a server; only to be copied."""
    return _filled(stores.own(), seeded)


def _filled(store: str, seeded: Portal) -> str:
    own = new_portal(store)
    copy(seeded.tables, own.tables)
    own.close()
    return store


@pytest.fixture
def new_store(kind: str, request: pytest.FixtureRequest, twin_of: Callable[[str], str]) -> Callable[[], str]:
    """What gives a store of one's own with the practice accounts, by its address."""
    seeded: str = request.getfixturevalue("seeded_schema" if kind == "postgres" else "seeded_file")
    return lambda: twin_of(seeded)


@pytest.fixture
def twin_of(kind: str, folder: Path) -> Callable[[str], str]:
    """What copies a store that nobody has open, and gives the copy's address."""

    def make(store: str) -> str:
        if kind == "postgres":
            return stores.twin(store)
        return str(shutil.copyfile(store, folder / f"{len(list(folder.iterdir()))}.sqlite"))

    return make


@pytest.fixture(scope="module", params=["gunicorn-sqlite", "waitress-sqlite", "gunicorn-postgres"])
def served_alone(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A served portal of one process, by either program and on either kind of store."""
    program, _, kind = request.param.partition("-")
    words = ("--server", "gunicorn", "--processes", "1") if program == "gunicorn" else ("--server", "waitress")
    folder = tmp_path_factory.mktemp("served")
    store = stores.own() if kind == "postgres" else str(folder / "portal.sqlite")
    with Served(folder, *words, IPPORTAL_STORE=store) as portal:
        yield portal


@pytest.fixture(scope="module")
def assembled(seeded: Portal) -> Flask:
    """The application, its templates compiled once; only to be given a test's own portal."""
    return create_app(portal=seeded)


@pytest.fixture
def filed(new_store: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """A portal of one's own in a file or on a server, at noon, which does not wait long for other processes."""
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.1)
    own = portal_at(new_store())
    own.stored_clock.set(NOON)
    yield own
    own.close()


@pytest.fixture
def rehearsed(filed: Portal, assembled: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], object]]:
    """What happens at points of visitors' transactions, by the point: the test fills it."""
    happening: dict[str, Callable[[], object]] = {}

    def reach(point: str) -> None:
        name, _, place = point.partition(":")
        if name in VISITED and place in happening:
            happening[place]()

    backend = type(filed.tables.backend)
    for name, method in reaching(backend, reach).items():
        monkeypatch.setattr(backend, name, method)
    assembled.extensions[EXTENSION] = Workspaces(replace(filed, tables=Tables(filed.tables.backend)))
    return happening


@pytest.fixture
def browser(assembled: Flask, filed: Portal) -> Browser:
    """A visitor of that portal."""
    assembled.extensions[EXTENSION] = Workspaces(filed)
    return Browser(assembled)
