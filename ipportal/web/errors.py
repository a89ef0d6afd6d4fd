"""Pages for what went wrong: each says so in the visitor's language and shows the way back."""

from __future__ import annotations

import errno
import logging
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import current_app, g, request
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from ..flows.journal import REFUSED
from ..log import incident
from ..store import RETRY_SECONDS, Unavailable
from .meant import meant
from .pages import page
from .visit import begin, kept, portal, removed, step, stray

if TYPE_CHECKING:
    from flask import Flask, Response
    from flask.typing import ResponseReturnValue

PAGES = (400, 403, 404, 405, 413, 429, 500, 503)
_TOLD = {"Allow", "Content-Range"}  # headers that say what there is in place of what was asked for
HOST, GONE = "host", "workspace"  # what is said in place of a status's own words
_NO_HANDLE = {errno.EMFILE, errno.ENFILE}

_log = logging.getLogger("ipportal")


def install(app: Flask) -> None:
    """Teach the application its error pages."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(Exception, _broken)


def error_page(status: int, **shown: object) -> Response:
    """Return the page for *status*; one without words of its own has those of a bad request."""
    if request_ctx.url_adapter is None:  # a refused Host leaves the request without a way to write links
        request_ctx.url_adapter = current_app.url_map.bind("localhost")
    if "now" not in g and "waited" not in g:  # for a store that others hold nobody waits twice
        with suppress(Unavailable):
            begin()
    known = status if status in PAGES else 400
    here = quote(request.script_root + request.path)
    again = here if request.method == "POST" and request.url_rule and shows() else None
    # Who asks for a workspace that is not there must not go on in `main` unawares, by any link of the page.
    shown |= {"error": known, "again": again, "signed_in": kept("signed_in"), "stray": stray()}
    try:
        return page(f"errors/{status}", status, template="errors/page", **shown)
    except OSError:  # no file can be opened, the page's own neither
        return current_app.response_class(f"{status}\n", status, mimetype="text/plain")


def shows() -> bool:
    """Say whether the address of this request shows a page to who only looks."""
    return bool(request_ctx.url_adapter and "GET" in request_ctx.url_adapter.allowed_methods())


def _refused(fault: HTTPException) -> ResponseReturnValue:
    if isinstance(fault, CSRFError):
        try:
            portal().journal.note(step(), "csrf", outcome=REFUSED)
        except Unavailable as unavailable:  # what an error handler raises, no other handler meets
            return _unavailable(unavailable)
    if fault.code == 404 and (way := meant()):  # noqa: PLR2004 - not found
        return way
    response = error_page(fault.code or 500, why=_why(fault))
    response.headers.extend([(name, value) for name, value in fault.get_headers() if name in _TOLD])
    return response


def _why(fault: HTTPException) -> str:
    """Return under which name the words are that say more than the status."""
    if request_ctx.url_adapter is None:
        return HOST
    return GONE if fault.code == 404 and stray() else ""  # noqa: PLR2004 - not found


def _unavailable(fault: Unavailable) -> Response:
    if removed():  # while the request was under way
        return error_page(404, why=GONE)
    _log.error("The store cannot be used: %s (%s)", fault.code, fault.where)
    g.waited = True
    return _come_again()


def _broken(fault: Exception) -> Response:
    number = incident(fault)
    if {getattr(each, "errno", None) for each in (fault, fault.__cause__)} & _NO_HANDLE:
        return _come_again()
    return error_page(500, incident=number)


def _come_again() -> Response:
    response = error_page(503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
