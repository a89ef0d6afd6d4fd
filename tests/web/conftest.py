"""A portal in memory behind the web application, and a browser in front of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from houses import lend
from props import NOON
from web.client import Browser
from web.scenes import PASSWORD

from ipportal.app import create_app
from ipportal.web import home, login
from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from ipportal.portal import Portal


@pytest.fixture(scope="session")
def assembled(seeded: Portal) -> Flask:
    """The application, its templates compiled once; only to be given a test's own portal."""
    return create_app(portal=seeded)


@pytest.fixture
def app(assembled: Flask, portal: Portal) -> Flask:
    """The application on a portal of one's own, whose clock stands at noon on Monday 31 March 2025."""
    portal.stored_clock.set(NOON)
    return lend(assembled, portal)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def another(app: Flask) -> Browser:
    """A second visitor on a machine of their own."""
    return Browser(app)


@pytest.fixture
def alpha(app: Flask) -> Portal:
    """A workspace beside `main`, whose clock stands at the same noon."""
    return house_of(app).create("alpha", now=NOON)


@pytest.fixture
def beta(app: Flask) -> Portal:
    """Another workspace."""
    return house_of(app).create("beta", now=NOON)


@pytest.fixture
def inside(browser: Browser, alpha: Portal) -> Browser:
    """The same browser's tab at the workspace `alpha`."""
    return browser.beside(f"/w/{alpha.name}")


@pytest.fixture
def views(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every screen of those modules that a view has shown, in order."""
    shown: list[str] = []
    for module in (home, login):

        def counted(screen: str, *given: object, page: Callable[..., object] = module.page, **more: object) -> object:
            shown.append(screen)
            return page(screen, *given, **more)

        monkeypatch.setattr(module, "page", counted)
    return shown


@pytest.fixture
def public(portal: Portal) -> Flask:
    """The application as `--public` serves it."""
    portal.stored_clock.set(NOON)
    settings = replace(
        portal.settings,
        public=True,
        access_password=PASSWORD,
        bcrypt_cost=10,
        captcha_mode="real",
        captcha_word="",
        host="192.0.2.7",
        trusted_hosts=("desk.test",),
    )
    return create_app(portal=replace(portal, settings=settings))


@pytest.fixture
def visitor(public: Flask) -> Browser:
    return Browser(public)
