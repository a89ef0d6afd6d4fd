"""The control API as a web application of its own: no cookie, no page, no answer to another site."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from ..tokens import server_token, workspace_of, workspace_token
from . import (  # noqa: F401 - they enter operations
    accounts,
    captcha,
    checkpoints,
    faults,
    journal,
    openapi,
    people,
    refusals,
    rules,
    time,
    users,
    visits,
    whole,
)
from .mistakes import judged
from .operations import ANYONE, OPERATIONS, PREFIX, WORKSPACE, Call, Operation
from .problems import Refused
from .strict import loads

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..portal import Portal
    from ..workspaces import Workspaces

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Ipportal-Emulator": "1",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def create_control(house: Workspaces) -> Flask:
    """Return the application that answers below `/_control`."""
    app = Flask("ipportal.control", static_folder=None)
    settings = house.main.settings
    app.config["TRUSTED_HOSTS"] = settings.hosts
    token, lang = server_token(settings, first=False), settings.terminal_lang
    app.url_map.merge_slashes = False  # or `//` would be answered with a redirect, which is no problem document
    for each in OPERATIONS:
        rule = PREFIX + each.path.replace("{", "<").replace("}", ">")
        view = _view(each, house, token)
        app.add_url_rule(rule, each.name, view, methods=[each.method], provide_automatic_options=False)
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)
    refusals.install(app, lang, house.has)
    return app


def _view(each: Operation, house: Workspaces, token: str) -> Callable[..., Response]:
    """Return the view that judges a request for an operation: first who asks, then what for."""

    def view(**path: str) -> Response:
        portal = _prove(each, house, token, path.get("workspace", ""))
        request.max_content_length = each.largest
        call = Call(house, token, _site(house), _body(each), _query(each), path, portal)
        return Response(each.run(call).model_dump_json(), each.status, mimetype="application/json")

    return view


def _site(house: Workspaces) -> str:
    """Return where visitors reach the portal, without a slash in the end: a proxy may stand between."""
    return (house.main.settings.public_url or request.host_url).rstrip("/")


def _prove(each: Operation, house: Workspaces, server: str, name: str) -> Portal | None:
    """Return the workspace that the request is for, once its token has been found to open it."""
    if each.opens_to == ANYONE:
        return None
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not given:
        raise Refused("token_missing", accepted=["Authorization: Bearer <token>", "ipportal token"])
    if not hmac.compare_digest(given.strip().encode(), server.encode()):
        _prove_workspace(house, server, name, given.strip())
    return house.get(name) if each.opens_to == WORKSPACE else None


def _prove_workspace(house: Workspaces, server: str, name: str, given: str) -> None:
    """Let a workspace's own token open that workspace, and nothing else."""
    owner = workspace_of(given)
    portal = house.find(owner) if owner else None
    if portal is None or not hmac.compare_digest(given.encode(), workspace_token(server, portal).encode()):
        raise Refused("token_wrong", accepted=["ipportal token"])
    if owner != name:
        raise Refused("token_foreign", accepted=[f"{PREFIX}/workspaces/{owner}"])


def _body(each: Operation) -> Any:  # noqa: ANN401 - the operation's model
    if each.body is None:
        return None
    if not each.needs_body and not request.get_data():
        return each.body()
    if request.mimetype != "application/json":
        raise Refused("media_type", accepted=["application/json"])
    return judged(each.body, loads(request.get_data()))


def _query(each: Operation) -> Any:  # noqa: ANN401 - the operation's model
    for name, values in request.args.lists():
        if len(values) > 1:
            raise Refused("query_twice", where=name[:80], accepted=["each parameter once"])
    return judged(each.query, request.args.to_dict())


def _refuse_other_sites() -> None:
    """Refuse a Host that is not ours and whatever a page of another origin has a browser send."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin.partition("://")[2] != request.host
    if foreign or request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        raise Refused("origin", accepted=[request.host_url.rstrip("/")])


def _add_headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response
