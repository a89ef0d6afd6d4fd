"""Changing a basic password (guide: login, steps 5 to 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from flask import Blueprint, abort, g, request
from flask_login import current_user, login_required

from ..flows.base import subject
from ..rules import BASIC_USER_IDS
from .forms import STALE, CaptchaForm, Sent
from .login import LoginForm
from .pages import page
from .signed_in import session_row, unauthorized
from .visit import keep, kept, portal, see

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

POSITIONS = tuple(str(number) for number in range(1, len(BASIC_USER_IDS) + 1))

bp = Blueprint("basic_password", __name__, url_prefix="/basic-password")


class BasicPasswordForm(CaptchaForm):
    """Current password, the new one twice, and a CAPTCHA; `position` says which of the user's accounts."""

    which: ClassVar = {"locked": "account", **dict.fromkeys(("required", "length", "chars"), "current")}
    basic_password = Sent()
    new_basic_password = Sent()
    new_basic_password_again = Sent()
    captcha = Sent()
    position = Sent()
    subject = Sent()


@bp.get("")
def form() -> ResponseReturnValue:
    """Show the form."""
    return _page(BasicPasswordForm({"position": request.args.get("account", "1")}))


@bp.post("")
def change() -> ResponseReturnValue:
    """Change the password; a session that is over is only good for pressing the same button twice."""
    form = BasicPasswordForm()
    session_id = kept("signed_in") or ""
    if form.switching:
        if not current_user.is_authenticated:
            return unauthorized()
        if form.refreshing:
            portal().captcha.issue(session_id)
        return _page(form)
    successor, problems = portal().basic_password.change(session_id, form.typed, _position(form))
    if not problems:
        keep("signed_in", successor)
        return see("basic_password.done")
    form.refuse(problems)
    if form.status == STALE:
        form = BasicPasswordForm({"position": form.position.data or ""}, anew=True)
        form.refuse(problems)
    return _page(form)


@bp.get("/done")
@login_required  # type: ignore[untyped-decorator]  # Flask-Login is not typed
def done() -> ResponseReturnValue:
    """Show that the password has been changed; there is nothing to show before."""
    portal().sessions.touch(session_row())
    if not session_row().changed_with:
        return see("basic_password.form")
    return page("basic_password/done")


def _page(form: BasicPasswordForm) -> ResponseReturnValue:
    session, g.session_over = portal().sessions.find(kept("signed_in"))
    if session is None:
        return _session_over(form)
    portal().sessions.touch(session)
    linked = portal().account.linked(session)
    if not linked:  # cancelled elsewhere in this very moment
        return _session_over(form)
    position = _position(form)
    if not 0 < position <= len(linked):
        if not form.problems:
            abort(404)
        position = 1
    form.show_captcha(portal().captcha.shown(session.session_id))
    return page(
        "basic_password/form",
        form.status,
        form=form,
        account=linked[position - 1],
        position=position,
        subject=subject(session.folded_id),
        field=BASIC_USER_IDS[position - 1],
        compulsory=linked[0].issued,
    )


def _session_over(form: BasicPasswordForm) -> ResponseReturnValue:
    """Lead to the login: with the refusal where the last try locked the account, else with why the session is over."""
    if "locked" not in {problem.code for problem in form.problems.values()}:
        return unauthorized(noted=bool(form.problems))
    login = LoginForm(anew=True)
    login.refuse(form.problems)
    return page("login/form", login.status, form=login)


def _position(form: BasicPasswordForm) -> int:
    """Return which of the user's accounts is meant: the primary one unless said otherwise, 0 for nonsense."""
    text = form.position.data or "1"
    return int(text) if text in POSITIONS else 0
