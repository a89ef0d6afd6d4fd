"""The one place that assembles the web application."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from . import assets
from .scenarios import cookie_key, open_portal
from .web import (
    account,
    basic_password,
    bodies,
    cancel,
    captcha,
    cookies,
    errors,
    home,
    login,
    opening,
    practice,
    register,
    safety,
    signed_in,
    strikes,
    visit,
)
from .web.front import Front
from .web.lasting import Lasting, tell_span
from .workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication

    from .portal import Portal
    from .settings import Settings


def create_app(settings: Settings | None = None, portal: Portal | None = None) -> Flask:
    """Return the web application on an open portal, or on the one that *settings* name, opened here."""
    portal = portal or open_portal(settings)
    app = _Threaded(
        "ipportal",
        static_folder=str(assets.folder("static")),
        instance_path=str(portal.settings.instance),
    )
    app.config.update(
        MAX_CONTENT_LENGTH=bodies.MOST,
        SECRET_KEY=cookie_key(portal.tables),
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_NAME="ipportal",
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=portal.settings.hosts,
        WTF_CSRF_CHECK_DEFAULT=False,  # `safety` has it checked
        WTF_CSRF_TIME_LIMIT=None,  # a form lives as long as the draft or session in the store, not as a real clock says
    )
    app.extensions[visit.EXTENSION] = Workspaces(portal)
    app.session_interface = cookies.IdCookies()
    _guards(app)
    _pages(app)
    house = partial(visit.house_of, app)
    app.wsgi_app = Front(Lasting(app.wsgi_app, house), house, _Control(house))  # type: ignore[method-assign]
    return app


class _Threaded(Flask):
    """An application that has no asynchronous view, and so looks for none at each step of each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is."""
        return func


class _Control:
    """Gives the control API, loaded when it is first asked for: its models take as long to load as Flask."""

    def __init__(self, house: Callable[[], Workspaces]) -> None:
        self._house, self._loading = house, threading.Lock()
        self._loaded: WSGIApplication | None = None

    def __call__(self) -> WSGIApplication:
        """Return it; two threads that load it at once could spoil it for each other."""
        with self._loading:
            if self._loaded is None:
                from .control import create_control  # noqa: PLC0415

                self._loaded = create_control(self._house())
            return self._loaded


def _guards(app: Flask) -> None:
    """Set the order in which a request is judged before its view sees it."""
    app.before_request(safety.refuse_other_sites)
    app.before_request(safety.refuse_twice)
    app.before_request(visit.begin_page)
    app.before_request(safety.ask_for_access)
    app.before_request(strikes.meet)
    app.before_request(safety.keep_hours)
    CSRFProtect(app)
    app.before_request(safety.check_token)
    app.after_request(strikes.tell_and_cut)
    app.after_request(safety.add_headers)
    app.after_request(tell_span)
    signed_in.install(app)
    errors.install(app)


def _pages(app: Flask) -> None:
    for module in (home, register, login, basic_password, account, cancel, captcha, practice, opening, safety):
        app.register_blueprint(module.bp)
