"""One request's view of the portal: a single clock reading, a language, and the ids in the visitor's cookie."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, cast

from flask import current_app, g, redirect, render_template, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, URLSafeSerializer

from ..settings import LANGUAGES
from ..wording import explain, say

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask, Request, Response
    from flask.typing import ResponseReturnValue

    from ..portal import Portal
    from ..rules import Problem

EXTENSION = "ipportal"
_TELL = "tell"


class IdCookies(SecureCookieSessionInterface):
    """Flask's signed cookie without a date: it holds random ids, and how long those live is the store's to say.

    Flask's own refuses a cookie when the machine's clock has been set back.
    """

    def get_signing_serializer(self, app: Flask) -> Any:  # noqa: ANN401 - Flask asks for its dated kind
        """Return what signs the cookie."""
        return URLSafeSerializer(str(app.secret_key), salt="cookie")

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Read the cookie; a missing or foreign one is an empty one."""
        try:
            kept = self.get_signing_serializer(app).loads(request.cookies.get(self.get_cookie_name(app), ""))
        except BadSignature:
            return self.session_class()
        return self.session_class(kept)


def whole_portal() -> Portal:
    """Return the portal whose clock runs."""
    return cast("Portal", current_app.extensions[EXTENSION])


def begin_page() -> None:
    """Begin a request for anything but a static file, which needs no store."""
    if request.endpoint != "static":
        begin()


def begin() -> None:
    """Read the clock once for the whole request, and settle the language."""
    g.now, g.clock_mode = whole_portal().stored_clock.reading()
    g.portal = whole_portal().at(g.now)
    if (wanted := request.args.get("lang")) in LANGUAGES:
        session["lang"] = wanted


def portal() -> Portal:
    """Return the portal at the moment of this request."""
    return cast("Portal", g.portal)


def now() -> datetime:
    """Return the moment of this request; real time where the store could not tell."""
    return cast("datetime", g.get("now") or whole_portal().stored_clock.real.now())


def lang() -> str:
    """Return the visitor's language, settled once for the whole request: a page asks for it at every sentence."""
    if "lang" not in g:
        chosen = session.get("lang") if session else None
        g.lang = chosen if chosen in LANGUAGES else whole_portal().settings.lang
    return cast("str", g.lang)


def kept(name: str) -> str | None:
    """Return an id that the visitor's cookie keeps under *name*."""
    value = session.get(name)
    return value if isinstance(value, str) else None


def keep(name: str, value: str | None) -> None:
    """Keep an id in the visitor's cookie, or let go of it."""
    if value is None:
        session.pop(name, None)
    else:
        session[name] = value


def visit_id() -> str:
    """Return the id of this browser's visit, made at first need."""
    if not (found := kept("visit")):
        found = secrets.token_urlsafe(32)
        keep("visit", found)
    return found


def owners() -> list[str]:
    """Return every id in the cookie that a CAPTCHA can belong to."""
    return [found for name in ("register", "signed_in", "visit") if (found := kept(name))]


def tell(code: str) -> None:
    """Have the next page tell the visitor something, by its code."""
    session[_TELL] = code


def told() -> str | None:
    """Return what the page has to tell, once."""
    if _TELL not in session:
        return None
    return str(session.pop(_TELL))


def see(endpoint: str, **values: Any) -> ResponseReturnValue:  # noqa: ANN401 - as url_for takes them
    """Send the visitor on to another page of the portal."""
    return redirect(url_for(endpoint, **values), code=303)


def page(screen: str, status: int = 200, **shown: Any) -> Response:  # noqa: ANN401 - whatever the template shows
    """Return a screen's page. Its template has the screen's name, unless `template` names one that several share."""
    template = shown.pop("template", screen)
    response = current_app.make_response(render_template(f"{template}.html", screen=screen, **shown))
    response.status_code = status
    return response


def words(key: str, **figures: object) -> str:
    """Return a sentence in the visitor's language."""
    return say(key, lang(), **figures)


def explained(field: str, problem: Problem) -> str:
    """Return a refusal's sentence in the visitor's language."""
    return explain(field, problem, lang())


def moment_words(moment: datetime) -> str:
    """Return a date and time as the visitor's language writes it."""
    return words(
        "frame.moment",
        year=moment.year,
        month=moment.month,
        month_name=words(f"frame.month.{moment.month}"),
        day=moment.day,
        time=moment.strftime("%H:%M:%S"),
    )
