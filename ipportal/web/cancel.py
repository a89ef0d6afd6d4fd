"""Cancelling an Internet user ID."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from flask import Blueprint

from ..flows.base import subject
from ..flows.cancel import FLOW
from .forms import CaptchaForm, RuledForm, Sent
from .pages import page
from .visit import keep, kept, portal, see, tell, visit_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from ..flows import Problems

bp = Blueprint("cancel", __name__, url_prefix="/cancel")


class CancelForm(CaptchaForm):
    """Internet user ID, its password, and a CAPTCHA."""

    which: ClassVar = {"locked": "id"}
    internet_user_id = Sent()
    internet_password = Sent()
    captcha = Sent()


class CancelConfirmForm(RuledForm):
    """The primary account's basic password."""

    which: ClassVar = {"locked": "account"}
    basic_password = Sent()
    subject = Sent()


@bp.route("", methods=["GET", "POST"])
def form() -> ResponseReturnValue:
    """Ask which ID is to be cancelled."""
    form = CancelForm()
    if not form.submitted:
        if form.refreshing:
            portal().captcha.issue(visit_id())
        form.fill(_begun())
        return _form(form)
    draft_id, problems = portal().cancel.form(visit_id(), form.typed)
    if problems:
        form.refuse(problems)
        return _form(form)
    keep("cancel", draft_id)
    return see("cancel.confirm")


@bp.route("/confirm", methods=["GET", "POST"])
def confirm() -> ResponseReturnValue:
    """Show what will go, and ask for the primary account's basic password."""
    form = CancelConfirmForm()
    if not form.submitted:
        return _step("confirm", form)
    problems = portal().cancel.confirm(kept("cancel"), form.typed)
    if not problems:
        if not portal().sessions.find(kept("signed_in"))[0]:  # it went with its ID
            keep("signed_in", None)
        return see("cancel.done")
    form.refuse(problems)
    return _step("confirm", form)


@bp.get("/done")
def done() -> ResponseReturnValue:
    """Show that the ID is cancelled."""
    return _step("done", RuledForm())


def _begun() -> Mapping[str, object]:
    """Return what a draft remembers of the form that began it, until the ID is cancelled."""
    draft = portal().cancel.draft(kept("cancel"))
    return draft.facts if draft and FLOW.opens("confirm", draft.facts) else {}


def _form(form: CancelForm) -> ResponseReturnValue:
    form.show_captcha(portal().captcha.shown(visit_id()))
    days, first = portal().settings.cancelled_id_days, not kept("cancel")
    return page("cancel/form", form.status, form=form, days=days, first=first)


def _step(step: str, form: RuledForm) -> ResponseReturnValue:
    """Show a step, or the furthest one that the draft allows: at once for an answer, by a redirect for a look."""
    draft = portal().cancel.draft(kept("cancel"))
    facts = draft.facts if draft else {}
    if not FLOW.opens(step, facts):
        return _lost(FLOW.furthest(facts), form.problems)
    linked = portal().cancel.linked(draft) if draft else []
    free_at = datetime.fromisoformat(facts["free_at"]) if "free_at" in facts else None
    whose = subject(draft.draft_id) if draft else ""
    return page(f"cancel/{step}", form.status, form=form, facts=facts, subject=whose, linked=linked, free_at=free_at)


def _lost(step: str, problems: Problems) -> ResponseReturnValue:
    if problems and step == "form":
        begun = CancelForm(anew=True)
        begun.refuse(problems)
        return _form(begun)
    if problems:
        ended = RuledForm(anew=True)
        ended.refuse(problems)
        return _step(step, ended)
    tell("stale")
    return see(f"cancel.{step}")
