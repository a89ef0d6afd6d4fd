"""The visitor's cookie: signed, without a date, and one for each workspace."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.sansio.http import parse_cookie

from ..portal import MAIN
from .visit import workspace

if TYPE_CHECKING:
    from flask import Flask, Request, Response
    from flask.sessions import SessionMixin


class IdCookies(SecureCookieSessionInterface):
    """Flask's signed cookie without a date: it holds random ids, and how long those live is the store's to say.

    Flask's own refuses a cookie when the machine's clock has been set back.
    """

    def get_signing_serializer(self, app: Flask) -> Any:  # noqa: ANN401 - Flask asks for its dated kind
        """Return what signs the cookie: each workspace has its own signature."""
        return _seal(str(app.secret_key), workspace())

    def get_cookie_name(self, app: Flask) -> str:
        """Return the cookie's name: a workspace's is not the one of `main`, which a browser sends along."""
        return super().get_cookie_name(app) + ("" if workspace() == MAIN else f"-{workspace()}")

    def get_cookie_path(self, app: Flask) -> str:
        """Return the path that the cookie never leaves."""
        return request.script_root or super().get_cookie_path(app)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Read the cookie; a missing or foreign one is an empty one."""
        if not (sent := request.environ.get("HTTP_COOKIE")):
            return self.session_class()
        return self.session_class(_read(str(app.secret_key), workspace(), self.get_cookie_name(app), sent))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie where it has changed; not to whom another site sent, without the one it would replace."""
        if session.modified and "foreign" not in g:
            super().save_session(app, session, response)
        elif session.accessed:
            response.headers["Vary"] = "Cookie"


# A browser sends the same cookies with each request: what they say is worked out once.
@lru_cache(maxsize=1024)
def _read(key: str, workspace: str, name: str, sent: str) -> dict[str, Any]:
    try:
        return dict(_seal(key, workspace).loads(parse_cookie(sent).get(name, "")))
    except BadSignature:
        return {}


@lru_cache(maxsize=64)
def _seal(key: str, workspace: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=f"cookie {workspace}")
