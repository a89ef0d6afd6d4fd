"""A server with its control API, in memory, at noon on Monday 31 March 2025."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from control.api import Api
from props import NOON, copy, new_portal
from web.client import Browser

from ipportal.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from ipportal.portal import Portal


@pytest.fixture
def portal(seeded: Portal, tmp_path: Path) -> Iterator[Portal]:
    """The unprefixed portal, with an instance folder of its own for the token."""
    own = new_portal(instance=tmp_path)
    copy(seeded.tables, own.tables)
    own.stored_clock.set(NOON)
    yield own
    own.close()


@pytest.fixture
def app(portal: Portal) -> Flask:
    return create_app(portal=portal)


@pytest.fixture
def api(app: Flask) -> Api:
    return Api(app)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)
