"""Logging on and off (guide: login, steps 1 to 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from flask import Blueprint

from ..flows.base import fold
from .forms import RuledForm, Sent
from .pages import page
from .visit import keep, kept, portal, see, tell

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("login", __name__)


class LoginForm(RuledForm):
    """Internet user ID and password."""

    which: ClassVar = {"locked": "id"}
    internet_user_id = Sent()
    internet_password = Sent()


@bp.route("/login", methods=["GET", "POST"])
def form() -> ResponseReturnValue:
    """Ask who it is; the first login goes on to the change of the basic password."""
    form = LoginForm()
    if form.submitted:
        session_id, problems = portal().login.enter(form.typed)
        if session_id:
            keep("signed_in", session_id)
            return _onward(form.typed["internet_user_id"])
        form.refuse(problems)
    return page("login/form", form.status, form=form)


def _onward(internet_user_id: str) -> ResponseReturnValue:
    due = portal().basic_password.compulsory(fold(internet_user_id))
    return see("basic_password.form" if due else "account.home")


@bp.get("/login/tips")
def tips() -> ResponseReturnValue:
    """Show the logon tips."""
    return page("login/tips")


@bp.post("/logout")
def leave() -> ResponseReturnValue:
    """Log off: the session is gone from the store, and its id from the cookie."""
    portal().login.leave(kept("signed_in"))
    keep("signed_in", None)
    tell("signed_out")
    return see("login.form")
