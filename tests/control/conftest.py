"""A server with its control API, in memory, at noon on Monday 31 March 2025."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from control.api import Api
from houses import lend
from props import NOON, copy, new_portal
from web.client import Browser

from ipportal.app import create_app
from ipportal.control import create_control
from ipportal.tokens import FILE
from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from ipportal.portal import Portal
    from ipportal.workspaces import Workspaces


class Lent:
    """The workspaces of whichever test runs, for a control API that is made once: its rules take longer than a test."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        return getattr(house_of(self._app), name)

    def has(self, name: str) -> bool:
        return house_of(self._app).has(name)


@pytest.fixture(scope="session")
def assembled(seeded: Portal, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application and its control API, made once; only to be given a test's own portal."""
    instance = tmp_path_factory.mktemp("control")
    app = create_app(portal=replace(seeded, settings=replace(seeded.settings, instance=instance)))
    control = create_control(cast("Workspaces", Lent(app)))
    app.wsgi_app._control = lambda: control  # type: ignore[attr-defined]
    return app


@pytest.fixture
def portal(seeded: Portal, assembled: Flask, tmp_path: Path) -> Iterator[Portal]:
    """The unprefixed portal, with an instance folder of its own for the token."""
    shutil.copy(Path(assembled.instance_path) / FILE, tmp_path)
    own = new_portal(instance=tmp_path)
    copy(seeded.tables, own.tables)
    own.stored_clock.set(NOON)
    yield own
    own.close()


@pytest.fixture
def app(assembled: Flask, portal: Portal) -> Flask:
    return lend(assembled, portal)


@pytest.fixture
def api(app: Flask) -> Api:
    return Api(app)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)
