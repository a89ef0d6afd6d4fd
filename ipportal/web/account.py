"""The main page after login (guide: login, step 10), its notice board and its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from flask import Blueprint, abort, request
from flask_login import current_user

from ..flows.account import FUNCTIONS, REHEARSED, TOPICS
from ..flows.base import subject
from ..flows.sessions import INTERNET
from ..settings import LANGUAGES
from .forms import RuledForm, Sent
from .login import LoginForm
from .pages import page
from .signed_in import guard, session_row, unauthorized
from .visit import keep, kept, portal, see, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue


bp = Blueprint("account", __name__, url_prefix="/account")


@bp.before_request
def enter() -> ResponseReturnValue | None:
    """Open to who is signed in, and to who presses the button again that ended the session."""
    again = request.endpoint == "account.change_internet_password" and not current_user.is_authenticated
    return None if again else guard()


class InternetPasswordForm(RuledForm):
    """The current Internet password, and the new one twice."""

    which: ClassVar = {"locked": "id", **dict.fromkeys(("required", "length", "chars", "mixed", "differs"), "new")}
    current_internet_password = Sent()
    internet_password = Sent()
    internet_password_again = Sent()
    subject = Sent()


@bp.get("")
def home() -> ResponseReturnValue:
    """Show the last login, the notice board and the maintenance table."""
    rows = portal().account.board(session_row())
    topic = request.args.get("topic")
    shown = [row for row in rows if topic not in TOPICS or row.notice.topic == topic]
    new = sum(row.unread for row in rows)
    last = session_row().previous_login_at
    return page("account/home", rows=shown, new=new, topic=topic, topics=TOPICS, last=last, tongue=tongue)


@bp.post("/notices/<reference>")
def open_notice(reference: str) -> ResponseReturnValue:
    """Open a notice: from now on the user has read it."""
    if portal().account.open_notice(session_row(), reference) is None:  # withdrawn while the board was shown
        tell("notice_gone")
        return see("account.home")
    return see("account.notice", reference=reference)


@bp.get("/notices/<reference>")
def notice(reference: str) -> ResponseReturnValue:
    """Show a notice."""
    found = portal().account.notice(reference)
    if found is None:
        abort(404)
    return page("account/notice", notice=found, tongue=tongue)


def tongue(words: Mapping[str, str], lang: str) -> str:
    """Return the language of a notice's words that a page in *lang* shows: those of another may stand in for them."""
    shown = words[lang]
    chinese = any("\u4e00" <= each <= "\u9fff" for each in shown)
    fitting = [each for each in LANGUAGES if words[each] == shown and each.startswith("zh") == chinese]
    return lang if lang in fitting or not fitting else fitting[0]


@bp.get("/<name>")
def function(name: str) -> ResponseReturnValue:
    """Show a function of the menu; one that is not rehearsed says what it is."""
    if name not in FUNCTIONS or name == "exit":
        abort(404)
    if name == "notices":
        return see("account.home")
    template = name if name in REHEARSED else "function"
    return page(f"account/{name}", template=f"account/{template}", name=name)


@bp.get("/guide")
def guide() -> ResponseReturnValue:
    """Show the logon tips to who is signed in: those of the login page lead back to its form."""
    return page("account/guide", name="guide")


@bp.get("/internet")
def internet() -> ResponseReturnValue:
    """Show the form that changes the Internet password."""
    return _internet(InternetPasswordForm())


@bp.post("/internet")
def change_internet_password() -> ResponseReturnValue:
    """Change the Internet password; a session that is over is only good for pressing the same button twice."""
    form, session = InternetPasswordForm(), portal().tables.sessions.get(kept("signed_in") or "")
    if not form.submitted and current_user.is_authenticated:
        return _internet(form)
    if session is None or not form.submitted or not (current_user.is_authenticated or session.changed_with == INTERNET):
        return unauthorized()
    successor, problems = portal().account.change_internet_password(session, form.typed)
    if not problems:
        keep("signed_in", successor)
        tell("internet_password_changed")
        return see("account.function", name="internet")
    form.refuse(problems)
    if current_user.is_authenticated:
        return _internet(form)
    return unauthorized(noted=True)


def _internet(form: InternetPasswordForm) -> ResponseReturnValue:
    session, _ = portal().sessions.find(kept("signed_in"))
    user = portal().account.user(session) if session else None
    if session is None or user is None:
        login = LoginForm(anew=True)
        login.refuse(form.problems)
        return page("login/form", login.status, form=login)
    return page(
        "account/internet",
        form.status,
        form=form,
        name="internet",
        user=user,
        subject=subject(user.folded_id),
        linked=portal().account.linked(session),
    )
