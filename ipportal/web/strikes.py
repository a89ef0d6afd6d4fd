"""Faults on request, as a visitor meets them."""

from __future__ import annotations

import errno
import logging
import secrets
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from flask import Response, g, request, session

from ..flows.faults import PAGE, SUBMIT, Fault
from ..store import RETRY_SECONDS, Tables, Unavailable
from ..turns import CROWDED, away
from .errors import error_page
from .forms import REFRESH, SWITCH
from .visit import held, kept, now, owners, portal, step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask.typing import ResponseReturnValue

_log = logging.getLogger("ipportal")

_HEADER = "X-Ipportal-Faults"
_NOTHING, _HALF = "nothing", "half"


def meet() -> ResponseReturnValue | None:
    """Let the faults that are armed for this request strike; return an answer where one takes its place."""
    if not (armed := held().get("armed")):
        return None
    here = step(), _moment()
    if here not in {(fault.step, fault.moment) for fault in armed}:
        return None
    struck = portal().faults.strike(*here)
    g.armed = portal().faults.armed()
    for fault in struck:
        portal().journal.note(fault.step, fault.kind, outcome="fault")
    answers = [answer for fault in struck if (answer := _EFFECTS[fault.kind](fault)) is not None]
    return answers[0] if answers else None


def tell_and_cut(response: Response) -> Response:
    """List the armed faults in a header, and let an answer be lost or cut short where a fault says so."""
    here = held()
    if armed := here.get("armed"):
        response.headers[_HEADER] = ", ".join(map(_line, armed))
    if keep := here.get("cut"):
        body = response.get_data()
        response.headers["Content-Length"] = str(len(body))
        response.response = _cut(body[: len(body) // 2] if keep == _HALF else b"", _hanging_up())
    return response


def _line(fault: Fault) -> str:
    left = f"{fault.times - fault.struck} left" if fault.times else "until disarmed"
    return f"{fault.kind}@{fault.step}:{fault.moment} ({left})"


def _moment() -> str:
    submit = request.method == "POST" and not {SWITCH, REFRESH} & set(request.form)
    return SUBMIT if submit else PAGE


def _delay(fault: Fault) -> None:
    with away() as room:
        if not room:
            raise Unavailable("busy", CROWDED)
        time.sleep(fault.seconds())


def _error_500(fault: Fault) -> Response:
    incident = secrets.token_hex(4)
    _log.error("Incident %s: injected by a tester at %s, workspace %s", incident, fault.step, portal().name)
    return error_page(500, incident=incident)


def _error_503(_fault: Fault) -> Response:
    response = error_page(503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _drop(_fault: Fault) -> Response:
    g.cut = _NOTHING
    return Response()


def _lose_answer(_fault: Fault) -> None:
    g.cut = _NOTHING


def _truncate(_fault: Fault) -> None:
    g.cut = _HALF


def _lose_session(_fault: Fault) -> None:
    """Forget the visitor's rows, as if the store had lost them; the cookie still names them."""
    portal().sessions.end(kept("signed_in") or "")
    for name in ("register", "cancel"):
        portal().tables.drafts.delete(draft_id=kept(name) or "")


def _expire_csrf(_fault: Fault) -> None:
    session.pop("csrf_token", None)


def _lose_captcha(_fault: Fault) -> None:
    for owner in owners():
        portal().captcha.lose(owner)


def _close(fault: Fault) -> None:
    closure = portal().suspensions.begin(now() + timedelta(minutes=fault.minutes))
    g.portal = replace(portal(), suspension=closure)


def _break_store(code: str) -> Callable[[Fault], None]:
    def effect(_fault: Fault) -> None:
        g.portal = replace(portal(), tables=Tables(_Broken(portal().tables.backend, code)))

    return effect


class _Broken:
    """A store whose writes fail: `busy` before they begin, `full` when they would be kept."""

    def __init__(self, backend: Any, code: str) -> None:  # noqa: ANN401 - a backend, all of whose verbs it passes on
        self._backend, self._code, self._inside = backend, code, False

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        return getattr(self._backend, name)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Fail as the database would; nothing of the block is kept."""
        if self._code == "busy":
            raise Unavailable(self._code)
        with self._backend.atomic():
            self._inside = True
            yield
            raise Unavailable(self._code)

    def run(self, sql: str, values: Any) -> int:  # noqa: ANN401 - as above
        """Fail outside a block too; within one, the block fails in the end."""
        if self._inside:
            return int(self._backend.run(sql, values))
        raise Unavailable(self._code)


def _cut(body: bytes, end: Exception) -> Iterator[bytes]:
    if body:
        yield body
    raise end


def _hanging_up() -> Exception:
    """Return what has the server hang up: it takes it for a visitor who left, and any other exception for a bug."""
    if "waitress.client_disconnected" in request.environ:
        from waitress import channel  # noqa: PLC0415 - not needed beside gunicorn

        return cast("Exception", channel.ClientDisconnected())
    return ConnectionResetError(errno.ECONNRESET, "a fault on request")


_EFFECTS: dict[str, Callable[[Fault], Response | None]] = {
    "delay": _delay,
    "error_500": _error_500,
    "error_503": _error_503,
    "dropped_connection": _drop,
    "truncated_page": _truncate,
    "session_lost": _lose_session,
    "csrf_expired": _expire_csrf,
    "captcha_lost": _lose_captcha,
    "store_busy": _break_store("busy"),
    "disk_full": _break_store("full"),
    "maintenance_now": _close,
    "answer_lost": _lose_answer,
}
