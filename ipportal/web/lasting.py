"""Answers that last: a page that says the same to everybody is answered as it was before, while the same facts hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ..clock import iso
from ..flows.faults import FAULTS
from ..flows.suspension import SUSPENSION
from ..portal import MAIN
from ..store import Unavailable
from .front import WORKSPACE
from .visit import FAILED, asked, cookie, held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Response

    from ..workspaces import Workspaces

SAME = ("home.welcome", "home.certificate", "login.tips")  # what shows nothing of a visitor but the language
_SPAN = "ipportal.span"  # under this name a request says how long its answer lasts
_NOW = "X-Ipportal-Now"
_MOST = 256
# All of a request that such a page, or what is judged before it, may depend on.
_ASKED = ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "HTTP_COOKIE")


@dataclass(frozen=True)
class Span:
    """When an answer holds: while the store has these very facts, and portal time is within these moments."""

    facts: Mapping[str, Any]
    since: datetime
    until: datetime


@dataclass(frozen=True)
class _Kept:
    span: Span
    headers: list[tuple[str, str]]
    body: bytes


def tell_span(response: Response) -> Response:
    """Say how long an answer lasts, if it does: it sets no cookie, and no fault or suspension is ordered."""
    here = held()
    if asked().endpoint not in SAME or response.status_code != HTTPStatus.OK or cookie().modified:
        return response
    armed = here.facts.get(FAULTS, {}).get("armed")  # before the request: one may just have struck for the last time
    if not armed and SUSPENSION not in here.facts:
        portal, since = here.portal, here.now.replace(microsecond=0)
        until = portal.calendar.upcoming(since).start - timedelta(minutes=portal.settings.warning_minutes)
        if here.clock_mode == "shifted":  # the banner then shows the time
            until = min(until, since + timedelta(seconds=1))
        asked().environ[_SPAN] = Span(here.facts, since, until)
    return response


class Lasting:
    """Stands before the pages: asked for one that lasts, it reads the store's facts and the clock, and nothing else."""

    def __init__(self, pages: WSGIApplication, house: Callable[[], Workspaces]) -> None:
        self._pages, self._house = pages, house
        self._kept: dict[tuple[object, ...], _Kept] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if environ["REQUEST_METHOD"] != "GET":
            return self._pages(environ, start_response)
        house = self._house()
        wanted = house, *(environ.get(name) for name in _ASKED)
        kept = self._kept.get(wanted)
        try:
            now = _within(kept.span, house, environ.get(WORKSPACE, MAIN)) if kept else None
        except (Unavailable, OSError) as fault:  # the pages say so
            environ[FAILED], now = fault, None
        if kept and now:
            start_response("200 OK", [*kept.headers, (_NOW, iso(now))])
            return [kept.body]
        return self._answer(wanted, environ, start_response)

    def _answer(
        self, wanted: tuple[object, ...], environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Have the pages answer, and keep an answer that lasts."""
        told: list[tuple[str, str]] = []

        def start(status: str, headers: list[tuple[str, str]], *fault: Any) -> Callable[[bytes], object]:  # noqa: ANN401 - as a server's
            told[:] = headers
            return start_response(status, headers, *fault)

        answer = self._pages(environ, start)
        if (span := environ.get(_SPAN)) is None:
            return answer
        body = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]  # Flask's answers have it
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[wanted] = _Kept(span, [each for each in told if each[0] != _NOW], body)
        return [body]


def _within(span: Span, house: Workspaces, workspace: str) -> datetime | None:
    """Return the moment of a request within that span."""
    portal = house.find(workspace)
    standing = portal.standing() if portal else None
    if standing is None or standing.facts is not span.facts:
        return None
    now = standing.portal.clock.now()
    return now if span.since <= now < span.until else None
