"""The page that is meant by an address which is not quite that page's."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from flask import current_app
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException

from ..flows.account import FUNCTIONS
from ..places import NAME
from ..portal import MAIN
from ..store import Unavailable
from .home import CERTIFICATE
from .visit import address, asked, go, house_of, stray, workspace

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

_LOOKING = ("GET", "HEAD")
# The words for which these pages are there. Whatever else stands in an address is the visitor's own, case and all.
_WORDS = {"account.function": {*FUNCTIONS} - {"exit"}, "home.certificate": {*CERTIFICATE}}


def meant() -> ResponseReturnValue | None:
    """Return the way to what was meant with a slash too many at the end or in other case, if that is there."""
    here = asked()
    if request_ctx.url_adapter is None or here.method not in _LOOKING:
        return None
    found = _workspace(here.path) if stray() else _page(here.path)
    if found is None:
        return None
    query = urlencode([*here.args.items(multi=True)])
    return go(found + (f"?{query}" if query else ""))


def _workspace(path: str) -> str | None:
    """Return the address in the workspace whose name was written in other case."""
    written, slash, rest = path[len("/w/") :].partition("/")  # what follows `/w/` or `/W/`
    name = written.lower()
    if workspace() == MAIN and written.isascii() and re.fullmatch(NAME, name):
        with suppress(Unavailable):  # the server that knows
            if house_of(current_app).has(name):
                return f"{asked().script_root}/w/{name}{slash}{quote(rest)}"
    return None


def _page(path: str) -> str | None:
    """Return the address of the page that is meant."""
    plain = path.rstrip("/")
    if plain != path and (found := _match(plain)):
        return address(found[0], **found[1])
    if plain != (folded := plain.lower()) and (found := _match(folded)):
        endpoint, words = found
        return address(endpoint, **words) if _WORDS.get(endpoint, set()).issuperset(words.values()) else None
    return None


def _match(path: str) -> tuple[str, dict[str, str]] | None:
    try:
        endpoint, values = request_ctx.url_adapter.match(path, "GET")  # type: ignore[union-attr]  # looked at before
    except HTTPException:
        return None
    return str(endpoint), dict(values)
