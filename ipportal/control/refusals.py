"""Every fault, whoever raises it, as a problem document with what would be right."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge, SecurityError

from ..log import incident
from ..people import Person
from ..places import NAME, WorkspaceError
from ..portal import MAIN
from ..settings import LANGUAGES
from ..staging import NAMES as STAGED
from ..store import Unavailable
from ..store.schema import Notice
from ..vetting import INVENTED, CheckpointError, ScenarioError
from ..workspaces import MOST
from .faults import SHARED
from .nearest import nearest
from .operations import PREFIX
from .problems import Refused, answer

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger("ipportal")
_AS_WRITTEN = ["what `snapshot` writes there"]
_WORKSPACE = {
    "unknown": [f"GET {PREFIX}/workspaces"],
    "main": ["reset"],
    "name": [f"^{NAME}$", "not main"],
    "taken": ["a name that no workspace has", "no name"],
    "full": [str(MOST)],
}
_SCENARIO = {
    "file": ["TOML, UTF-8"],
    "value": ["a value of the right type that its rule accepts", f"GET {PREFIX}/rules"],
    "words": list(LANGUAGES),
    "invented": [f"basic user IDs that start with {INVENTED}"],
}
_TOP = ["people", "notices", *sorted(STAGED)]
_KEYS = {
    "people": [each.name for each in fields(Person)],
    "notices": [each.name for each in fields(Notice)],
    "captcha": ["mode", "word", "seed"],
    "faults": ["kind", "step", "moment", *SHARED, f"options of its kind: GET {PREFIX}/faults"],
}
"""Which keys each part of a scenario takes."""


def install(app: Flask, lang: str, has: Callable[[str], bool]) -> None:
    """Teach the application to answer every fault with a problem document; *has* knows the workspaces."""

    def handle(kind: type[Exception], refusal: Callable[[Any], Refused]) -> None:
        app.register_error_handler(kind, lambda fault: answer(refusal(fault), lang))

    handle(Refused, lambda fault: fault)
    handle(WorkspaceError, _workspace)
    handle(ScenarioError, _scenario)
    handle(CheckpointError, _checkpoint)
    handle(Unavailable, lambda fault: _unavailable(fault, has))
    handle(NotFound, lambda _: _route(nearest(request.path)))
    handle(RequestEntityTooLarge, lambda _: Refused("too_large", accepted=[f"{request.max_content_length} bytes"]))
    handle(SecurityError, lambda _: Refused("host", accepted=["IPPORTAL_TRUSTED_HOSTS"]))
    handle(HTTPException, lambda _: Refused("json", accepted=["a body as long as its Content-Length"]))
    handle(Exception, _broken)
    app.register_error_handler(MethodNotAllowed, lambda fault: _with_allow(fault, lang))


def _route(meant: str | None) -> Refused:
    return Refused("route", accepted=[*([meant] if meant else []), f"{PREFIX}/openapi.json"])


def _workspace(fault: WorkspaceError) -> Refused:
    where = "workspace" if fault.code in {"unknown", "main"} else "/name"
    return Refused(f"workspace_{fault.code}", where=where, accepted=_WORKSPACE[fault.code])


def _scenario(fault: ScenarioError) -> Refused:
    if fault.code == "unknown":
        part = fault.where.partition(".")[0].partition("[")[0] if "." in fault.where else ""
        return Refused("scenario_key", where=fault.where[:200], accepted=_KEYS.get(part, _TOP))
    where, accepted = fault.where[:200], _SCENARIO[fault.code]
    match fault.figures:
        case {"line": line, "column": column}:
            where = f"{where}, line {line}, column {column}"
        case {"least": least, "most": most}:
            accepted = [f"{least} to {most}"]
        case {"most": most}:
            accepted = [f"at most {most}"]
        case {"accepted": (_, *_) as known}:
            accepted = [*known]
        case _:
            pass
    return Refused(f"scenario_{fault.code}", where=where, accepted=accepted)


def _checkpoint(fault: CheckpointError) -> Refused:
    """Tell where a file is wrong, or what it should say there."""
    if fault.code in {"refers", "row", "twice"}:
        return Refused(f"checkpoint_{fault.code}", where=fault.where, accepted=_AS_WRITTEN)
    return Refused(f"checkpoint_{fault.code}", accepted=[fault.where] if fault.where else _AS_WRITTEN)


def _with_allow(fault: MethodNotAllowed, lang: str) -> Response:
    allowed = sorted(fault.valid_methods or ())
    response = answer(Refused("method", accepted=allowed), lang)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def _unavailable(fault: Unavailable, has: Callable[[str], bool]) -> Refused:
    name = (request.view_args or {}).get("workspace", MAIN)
    with suppress(Unavailable):  # the server that knows
        if name != MAIN and not has(name):  # it went while the request was under way
            return _workspace(WorkspaceError("unknown", name))
    _log.error("The store cannot be used: %s (%s)", fault.code, fault.where)
    return Refused("store", where=fault.code)


def _broken(fault: Exception) -> Refused:
    return Refused("internal", where=incident(fault))
