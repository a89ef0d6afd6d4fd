"""One request's view of the portal: a single clock reading, a language, and the ids in the visitor's cookie."""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from flask import Response, abort, current_app, g, request, session

from ..portal import MAIN
from ..settings import LANGUAGES
from ..store import Unavailable
from .front import WORKSPACE

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask, Request
    from flask.sessions import SessionMixin
    from flask.typing import ResponseReturnValue

    from ..portal import Portal
    from ..workspaces import Workspaces

EXTENSION = "ipportal"
IDS = ("register", "cancel", "signed_in", "visit")  # the ids that a cookie may hold
FAILED = "ipportal.failed"  # under this name a request bears why its portal cannot be read, where that is known
_TELL = "tell"
# What stands behind Flask's names, each use of which would look it up once more; Werkzeug documents the way.
_asked, _held, _cookie = (cast("Any", name)._get_current_object for name in (request, g, session))  # noqa: SLF001 - as said
_STEPS = {
    ("home", "welcome"): "home",
    ("login", "leave"): "logout",
    ("basic_password", "change"): "basic_password/form",
    ("account", "change_internet_password"): "account/internet",
    ("account", "open_notice"): "account/notice",
    ("account", "guide"): "account/function",
}


def house_of(app: Flask) -> Workspaces:
    """Return all workspaces that the application serves."""
    return cast("Workspaces", app.extensions[EXTENSION])


def asked() -> Request:
    """Return the request itself."""
    return cast("Request", _asked())


def held() -> Any:  # noqa: ANN401 - as `flask.g`
    """Return what is held for as long as the request."""
    return _held()


def cookie() -> SessionMixin:
    """Return what the visitor's cookie holds."""
    return cast("SessionMixin", _cookie())


def whole_portal() -> Portal:
    """Return the workspace that the request is for, whose clock runs; `main` where it has gone meanwhile."""
    here = held()
    if found := getattr(here, "whole", None):
        return cast("Portal", found)
    house, name = house_of(current_app), workspace()
    here.gone, here.whole = name != MAIN, house.main  # where finding it fails, its error page is one of `main`
    if name != MAIN and (found := house.find(name)):
        here.gone, here.whole = False, found
    return cast("Portal", here.whole)


def removed() -> bool:
    """Say whether the workspace that the request is for is no longer there."""
    try:
        return workspace() != MAIN and not house_of(current_app).has(workspace())
    except Unavailable:  # the server that knows
        return False


def stray() -> bool:
    """Say whether the request is for a workspace that is not there, and so for no page of `main` either."""
    if workspace() != MAIN:
        return bool(getattr(held(), "gone", False)) or removed()
    return f"{asked().path.lower()}/".startswith("/w/")


def workspace() -> str:
    """Return the name of the workspace that the request is for."""
    return str(asked().environ.get(WORKSPACE, MAIN))


def begin_page() -> None:
    """Begin a request for anything but a static file, which needs no store."""
    here = asked()
    if here.endpoint != "static" and (begin().gone or (here.endpoint is None and stray())):
        abort(404)


def begin() -> Any:  # noqa: ANN401 - as `flask.g`
    """Read the clock once for the whole request, and settle the language; return what is held from now on."""
    if fault := asked().environ.get(FAILED):  # for a store that others hold nobody waits twice
        raise fault
    standing, here = whole_portal().standing(), held()
    here.now, here.clock_mode = standing.portal.clock.now(), standing.clock_mode
    here.portal, here.armed, here.facts = standing.portal, standing.armed, standing.facts
    if (wanted := asked().args.get("lang")) in LANGUAGES:
        cookie()["lang"] = wanted
    return here


def portal() -> Portal:
    """Return the portal at the moment of this request."""
    return cast("Portal", held().portal)


def shown_portal() -> Portal:
    """Return the portal at the moment of this request, with what a tester has set; without, where no store tells."""
    return cast("Portal", getattr(held(), "portal", None) or whole_portal())


def now() -> datetime:
    """Return the moment of this request; real time where the store could not tell."""
    return cast("datetime", getattr(held(), "now", None) or whole_portal().stored_clock.real.now())


def lang() -> str:
    """Return the visitor's language, settled once for the whole request: a page asks for it at every sentence."""
    here = held()
    if found := getattr(here, "lang", None):
        return cast("str", found)
    chosen = session.get("lang") if session else None
    here.lang = chosen = chosen if chosen in LANGUAGES else whole_portal().settings.lang
    return cast("str", chosen)


def kept(name: str) -> str | None:
    """Return an id that the visitor's cookie keeps under *name*."""
    value = cookie().get(name)
    return value if isinstance(value, str) else None


def keep(name: str, value: str | None) -> None:
    """Keep an id in the visitor's cookie, or let go of it."""
    if value is None:
        cookie().pop(name, None)
    else:
        cookie()[name] = value


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
    cookie()[_TELL] = code


def told() -> str | None:
    """Return what the page has to tell, once."""
    return str(cookie().pop(_TELL)) if _TELL in cookie() else None


def step() -> str:
    """Return the name of the step that the request is at, as journal and faults have it."""
    stem, _, name = str(asked().endpoint).partition(".")
    return _STEPS.get((stem, name)) or f"{stem}/{name}"


def see(endpoint: str, **values: str) -> ResponseReturnValue:
    """Send the visitor on to another page of the portal."""
    return go(address(endpoint, **values))


def go(location: str) -> ResponseReturnValue:
    """Send the visitor on to an address, without a page between that nobody reads."""
    return Response(status=303, headers={"Location": location})


def address(endpoint: str, **values: str) -> str:
    """Return a page's address as `url_for` does."""
    return asked().script_root + _path(endpoint, **values)


@lru_cache(maxsize=1024)
def _path(endpoint: str, **values: str) -> str:
    return current_app.url_map.bind("localhost").build(endpoint, values)
