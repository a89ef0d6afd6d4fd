"""The welcome page (guide: register, steps 1 and 2), and what the e-certificate column says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort

from .pages import page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("home", __name__)

CERTIFICATE = ("register", "login", "revoke")


@bp.get("/")
def welcome() -> ResponseReturnValue:
    """Show the two columns of services."""
    return page("home")


@bp.get("/certificate/<name>")
def certificate(name: str) -> ResponseReturnValue:
    """Say what an e-certificate function is, and that it is not rehearsed here."""
    if name not in CERTIFICATE:
        abort(404)
    return page(f"certificate/{name}", template="certificate", name=name)
