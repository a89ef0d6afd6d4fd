"""Registration screens (guide: register, steps 3 to 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from flask import Blueprint

from ..flows.base import subject
from ..flows.register import FLOW
from .forms import CaptchaForm, RuledForm, Sent
from .pages import page
from .visit import keep, kept, portal, see, tell

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from ..flows import Problems
    from ..store.schema import Draft

bp = Blueprint("register", __name__, url_prefix="/register")


class TermsForm(RuledForm):
    """Agree or not."""

    agree = Sent()


class KindForm(RuledForm):
    """The kind of account."""

    account_kind = Sent()


class DetailsForm(CaptchaForm):
    """Accounts, identity prefix, the Internet user ID and its password."""

    basic_user_id = Sent()
    linked_basic_user_id_2 = Sent()
    linked_basic_user_id_3 = Sent()
    linked_basic_user_id_4 = Sent()
    identity_prefix = Sent()
    internet_user_id = Sent()
    internet_password = Sent()
    internet_password_again = Sent()
    captcha = Sent()


class ConfirmForm(RuledForm):
    """The primary account's basic password, for the revision that is on the screen."""

    which: ClassVar = {"locked": "registration"}
    basic_password = Sent()
    revision = Sent()
    subject = Sent()


@bp.get("")
def begin() -> ResponseReturnValue:
    """Lead whoever types the short address to the first screen."""
    return see("register.terms")


@bp.route("/terms", methods=["GET", "POST"])
def terms() -> ResponseReturnValue:
    """Show the terms of use, or take the answer to them (step 3)."""
    form = TermsForm()
    if not form.submitted:
        return _page("terms", form)
    draft_id, problems = portal().register.terms(form.typed)
    if problems:
        return _refused("terms", form, problems)
    if draft_id is None:
        tell("not_agreed")
        return see("home.welcome")
    keep("register", draft_id)
    return see("register.kind")


@bp.route("/kind", methods=["GET", "POST"])
def kind() -> ResponseReturnValue:
    """Ask for the kind of account (step 4)."""
    form = KindForm()
    if not form.submitted:
        return _page("kind", form)
    problems = portal().register.kind(kept("register"), form.typed)
    return _refused("kind", form, problems) if problems else see("register.details")


@bp.route("/details", methods=["GET", "POST"])
def details() -> ResponseReturnValue:
    """Ask for accounts, identity prefix, ID, password and CAPTCHA (steps 5 to 9)."""
    form = DetailsForm()
    if not form.submitted:
        if form.refreshing and (draft := _draft()) and FLOW.opens("details", draft.facts):
            portal().captcha.issue(kept("register") or "")
        return _page("details", form)
    problems = portal().register.details(kept("register"), form.typed)
    return _refused("details", form, problems) if problems else see("register.confirm")


@bp.route("/confirm", methods=["GET", "POST"])
def confirm() -> ResponseReturnValue:
    """Show what was entered and ask for the basic password (steps 10 and 11)."""
    form = ConfirmForm()
    if not form.submitted:
        return _page("confirm", form)
    problems = portal().register.confirm(kept("register"), form.typed)
    return _refused("confirm", form, problems) if problems else see("register.done")


@bp.get("/done")
def done() -> ResponseReturnValue:
    """Show that the ID is registered (step 12)."""
    return _page("done", RuledForm())


_FORMS = {"terms": TermsForm, "kind": KindForm, "details": DetailsForm, "confirm": ConfirmForm, "done": RuledForm}


def _refused(step: str, form: RuledForm, problems: Problems) -> ResponseReturnValue:
    """Show the screen again with its refusals; if it no longer opens, the furthest one that does."""
    draft = _draft()
    have = draft.facts if draft else {}
    form.refuse(problems)
    if not FLOW.opens(step, have):
        step, judged = FLOW.furthest(have), form.problems
        form = _FORMS[step](anew=True)
        form.refuse(judged)
    return _shown(step, form, draft)


def _page(step: str, form: RuledForm) -> ResponseReturnValue:
    """Show a screen, or send a lost visitor to the furthest one that the draft allows, with a plain message."""
    draft = _draft()
    have = draft.facts if draft else {}
    if FLOW.opens(step, have):
        return _shown(step, form, draft)
    tell("stale")
    return see(f"register.{FLOW.furthest(have)}")


def _shown(step: str, form: RuledForm, draft: Draft | None) -> ResponseReturnValue:
    """Show a screen with what the draft remembers."""
    form.fill(draft.facts if draft else {})
    if isinstance(form, CaptchaForm):
        form.show_captcha(portal().captcha.shown(kept("register") or ""))
    return page(
        f"register/{step}",
        form.status,
        form=form,
        draft=draft,
        subject=subject(draft.draft_id) if draft else "",
        step=step,
        first=not kept("register"),
    )


def _draft() -> Draft | None:
    return portal().register.draft(kept("register"))
