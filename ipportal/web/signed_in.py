"""Who is signed in. Flask-Login is used thinly: it asks, the session row in the store answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request
from flask_login import LoginManager, UserMixin, current_user

from ..flows.journal import REFUSED
from .visit import keep, kept, portal, see, step, tell

if TYPE_CHECKING:
    from flask import Flask, Request
    from flask.typing import ResponseReturnValue

    from ..store.schema import Session


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login is not typed
    """A visitor with a living session."""

    def __init__(self, session: Session) -> None:
        """Hold the session row."""
        self.session = session

    def get_id(self) -> str:
        """Return the session's id."""
        return self.session.session_id


def install(app: Flask) -> None:
    """Teach the application who is signed in."""
    # Never a remember-me cookie: no cookie can have this name, so a made-up one is not even parsed.
    app.config["REMEMBER_COOKIE_NAME"] = ";"
    # Without what it would do for every page, the error pages too: look the session up, and mind a remember-me cookie.
    app.login_manager = manager = LoginManager()  # type: ignore[attr-defined]  # so it enters itself
    manager.session_protection = None
    manager.request_loader(_load)
    manager.unauthorized_handler(unauthorized)


def session_row() -> Session:
    """Return the session of a view that only opens to signed-in visitors."""
    row: Session = current_user.session
    return row


def guard() -> ResponseReturnValue | None:
    """Open only to a living session whose issued basic password has been changed."""
    if not current_user.is_authenticated:
        return unauthorized()
    portal().sessions.touch(session_row())
    if portal().basic_password.compulsory(session_row().folded_id):
        tell("password_first")
        return see("basic_password.form")
    return None


def _load(_request: Request) -> SignedIn | None:
    session, g.session_over = portal().sessions.find(kept("signed_in"))
    return SignedIn(session) if session else None


def unauthorized(*, noted: bool = False) -> ResponseReturnValue:
    """Lead a visitor without a living session to the login, and say why: in the journal too, unless it is *noted*."""
    if request.method == "POST" and not noted:
        portal().journal.note(step(), g.get("session_over") or "signed_out", outcome=REFUSED)
    keep("signed_in", None)
    tell(g.get("session_over") or "login_first")
    return see("login.form")
