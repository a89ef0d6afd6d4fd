"""A link that opens a browser at a screen: made by a tester's tool, good once and for an hour of real time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, request

from ..flows.base import alive
from .visit import IDS, go, keep, portal, see, tell, whole_portal

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("opening", __name__, url_prefix="/open")

LIFE = timedelta(hours=1)


@bp.route("/<ticket_id>", methods=["GET"], provide_automatic_options=False)
def screen(ticket_id: str) -> ResponseReturnValue:
    """Give the browser the ids of the visit that the link is for, and lead it to the screen."""
    if request.method == "HEAD":  # a preview of the link must not use it up
        return see("home.welcome")
    real = whole_portal().stored_clock.real
    tables = portal().tables
    with tables.atomic():
        ticket = tables.tickets.get(ticket_id)
        tables.tickets.delete(ticket_id=ticket_id)
    if ticket is None or not alive(ticket.made_at, LIFE, real):
        tell("link_over")
        return see("home.welcome")
    for name in IDS:
        keep(name, ticket.cookie.get(name))
    return go(request.script_root + ticket.path)
