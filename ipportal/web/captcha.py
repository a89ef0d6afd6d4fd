"""CAPTCHA pictures and sounds, shown only to the visitor whose challenge it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, request

from .visit import address, owners, portal

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("captcha", __name__, url_prefix="/captcha")


@bp.get("/<captcha_id>.png")
def picture(captcha_id: str) -> ResponseReturnValue:
    """Return the challenge's picture."""
    found = portal().captcha.picture(captcha_id, *owners())
    return Response(found, mimetype="image/png") if found else abort(404)


@bp.get("/<captcha_id>.wav")
def sound(captcha_id: str) -> ResponseReturnValue:
    """Return the challenge read out, for those who cannot see the picture."""
    found = portal().captcha.sound(captcha_id, *owners())
    return Response(found, mimetype="audio/wav") if found else abort(404)


@bp.post("/refresh")
def refresh() -> ResponseReturnValue:
    """Put a new challenge in place of the visitor's: the page's script asks, so that the form keeps its secrets."""
    owner = portal().captcha.owner(request.form.get("captcha_id", ""), *owners())
    if owner is None:
        abort(404)
    fresh = portal().captcha.issue(owner)
    return {
        "answer": portal().captcha.revealed(fresh),
        "captcha_id": fresh,
        "picture": address("captcha.picture", captcha_id=fresh),
        "sound": address("captcha.sound", captcha_id=fresh),
    }
