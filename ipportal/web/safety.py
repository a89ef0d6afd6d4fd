"""The frame that makes the emulator safe: headers on every answer, maintenance, and the gate of a public portal."""

from __future__ import annotations

import hashlib
import hmac
import logging
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, abort, current_app, g, request, session
from flask.globals import request_ctx

from ..clock import iso
from ..flows.base import refuse
from ..rules import Problem
from .errors import error_page, shows
from .forms import RuledForm, Sent, csrf_token
from .pages import here_again, page
from .visit import address, asked, go, house_of, kept, lang, now, portal, see, step, whole_portal

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Response
    from flask.typing import ResponseReturnValue

bp = Blueprint("safety", __name__)
_log = logging.getLogger("ipportal")

# What stays open during maintenance, and what never asks for the access password.
STAFF = ("practice", "safety", "static")
UNGATED = ("safety", "static")
_LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
ACCESS_TRIES, ACCESS_MINUTES = 30, 10  # a class of thirty may mistype it once each
_TRIES = "access_tries"  # the fact that keeps when they were
_WANTED, _WANTED_LENGTH = "wanted", 300  # a browser drops a cookie that is too long


class AccessForm(RuledForm):
    """The access password, which no rule of the catalogue judges."""

    access_password = Sent()


def add_headers(response: Response) -> Response:
    """Give an answer the headers that are its own; what is not a static file is kept nowhere."""
    here, headers = asked(), response.headers
    shown = headers.get("Content-Type", "").startswith("text/html")
    if shown and ("Location" in headers or (here.method, response.status_code) == ("OPTIONS", 200)):
        response.set_data(b"")  # the framework's own words have no banner
        del headers["Content-Type"]
    elif shown:
        headers["Content-Language"] = lang()
    if here.endpoint != "static" or response.status_code >= HTTPStatus.BAD_REQUEST:
        headers.add("Cache-Control", "no-store")
        headers.add("X-Ipportal-Now", iso(now()))
        headers.add("X-Ipportal-Workspace", whole_portal().name)
    return response


def refuse_other_sites() -> None:
    """Refuse a Host that is not the portal's, and a form that another site has the browser send."""
    if request_ctx.url_adapter is None:
        abort(400)
    here = asked()
    if here.method in _LOOKING:
        return
    origin = here.headers.get("Origin")
    foreign = origin is not None and origin.partition("://")[2] != here.host
    if foreign or here.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        g.foreign = True
        abort(403)


def refuse_twice() -> None:
    """Refuse a form in which a field stands twice, which two readers could take for different answers, or unnamed."""
    here = asked()
    if here.method in _LOOKING:
        return
    sent = [name for part in (here.form, here.files) for name, values in part.lists() for _ in values]
    if not all(sent) or len(set(sent)) < len(sent):
        abort(400)


def ask_for_access() -> ResponseReturnValue | None:
    """Keep a public portal behind its access password, and the page that was asked for in mind."""
    if not whole_portal().settings.public or _section() in UNGATED or _has_access():
        return None
    here = asked()
    if here.method not in _LOOKING:
        return error_page(403)
    path = quote(here.path)
    if here.method == "GET" and here.endpoint and _section() != "captcha" and len(path) <= _WANTED_LENGTH:
        session[_WANTED] = path
    return see("safety.access")


def keep_hours() -> ResponseReturnValue | None:
    """Close the portal's pages inside a maintenance window; the request's one reading decides."""
    here = asked()
    if here.endpoint is None or _section() in STAFF:
        return None
    closure = portal().closed(now())
    if closure is None:
        return None
    if here.method == "POST":
        portal().journal.refuse(step(), refuse("closed"))
    # Who has pressed Exit in vain is still signed in, and should see it.
    again = here_again() if shows() else address("account.home" if kept("signed_in") else "home.welcome")
    response = page("closed", 503, closure=closure, again=again)
    response.headers["Retry-After"] = str(closure.seconds_left(now()))
    return response


def check_token() -> None:
    """Have the token of every form checked that is sent to the portal."""
    here = asked()
    if here.method in _LOOKING or not here.endpoint:
        return
    # Over TLS the check asks for a referrer too.
    known = "csrf_token" in session and not here.is_secure
    if not known or not hmac.compare_digest(here.form.get("csrf_token", "").encode(), csrf_token().encode()):
        current_app.extensions["csrf"].protect()


@bp.get("/health")
def health() -> ResponseReturnValue:
    """Say that the portal answers and its store can be read."""
    return {"status": "ok", "now": iso(now())}


@bp.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Ask every robot to stay away."""
    return current_app.response_class("User-agent: *\nDisallow: /\n", mimetype="text/plain")


@bp.route("/access", methods=["GET", "POST"])
def access() -> ResponseReturnValue:
    """Ask for the access password of a public portal; the right one leads to the page that was asked for."""
    settings = whole_portal().settings
    if not settings.public:
        abort(404)
    form = AccessForm()
    if form.submitted:
        typed = request.form.get("access_password", "")
        right = hmac.compare_digest(typed.encode(errors="replace"), settings.access_password.encode())
        if _too_many_tries(right=right):
            response = error_page(429, minutes=ACCESS_MINUTES)
            response.headers["Retry-After"] = str(ACCESS_MINUTES * 60)
            return response
        if right:
            session["access"] = _proof()
            return go(request.script_root + session.pop(_WANTED, "/"))
        form.refuse({"access_password": Problem("wrong_credentials" if typed else "required")})
    return page("access", form.status, form=form)


def _has_access() -> bool:
    return hmac.compare_digest(str(session.get("access", "")).encode(), _proof().encode())


def _proof() -> str:
    """Return what a cookie shows instead of the password; another password or store makes another proof."""
    password = whole_portal().settings.access_password
    return hmac.new(str(current_app.secret_key).encode(), password.encode(), hashlib.sha256).hexdigest()


def _too_many_tries(*, right: bool) -> bool:
    """Count a wrong try, for all workspaces together and in real time, which no practice clock can move."""
    main = house_of(current_app).main
    real, tables = main.stored_clock.real.now(), main.tables
    with tables.atomic():
        tries = [text for text in tables.recall(_TRIES).get("tries", []) if text > _ago(real)]
        if len(tries) >= ACCESS_TRIES:
            return True
        if not right:
            tables.remember(_TRIES, {"tries": [*tries, iso(real)]})
            if len(tries) + 1 == ACCESS_TRIES:
                _log.warning("Nobody enters for up to %s minutes: too many wrong access passwords", ACCESS_MINUTES)
    return False


def _ago(moment: datetime) -> str:
    return iso(moment - timedelta(minutes=ACCESS_MINUTES))


def _section() -> str:
    return (asked().endpoint or "").partition(".")[0]
