"""The practice side: accounts to rehearse with, the tables of rules and messages, outside the emulated portal."""

from __future__ import annotations

import re
from functools import reduce
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from flask import Blueprint, request

from ..rules import BEHAVIOURS, FIELDS, FIGURES, WINDOWS
from ..scenarios import in_force
from .pages import page, words
from .visit import now, portal

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("practice", __name__, url_prefix="/practice")


@bp.get("")
def accounts() -> ResponseReturnValue:
    """List the practice accounts, with what each is for and what to type."""
    scenario = in_force(portal())
    where = f"{request.host}{request.script_root}/"  # a proxy may have been asked over TLS, which nobody here knows
    return page("practice/accounts", people=scenario.people, closure=portal().closed(now()), address=where)


@bp.get("/rules")
def rules() -> ResponseReturnValue:
    """Show every rule with its source."""
    return page(
        "practice/rules",
        fields=FIELDS,
        figures=FIGURES,
        windows=WINDOWS,
        behaviours=BEHAVIOURS,
        in_force=portal().settings.figures,
        cited=_cited,
    )


@bp.get("/messages")
def messages() -> ResponseReturnValue:
    """Show every refusal and notice in all languages, by screen and field."""
    from . import phrasebook  # noqa: PLC0415 - a hundredth of the start-up time

    by_screen = groupby(phrasebook.messages(portal().settings.figures), attrgetter("screen"))
    return page("practice/messages", screens=((name, groupby(rows, attrgetter("field"))) for name, rows in by_screen))


def _cited(source: str) -> str:
    """Return a rule's source, such as `guide: register, step 7`, in the visitor's language."""
    steps = re.findall("(register|login), step ([0-9]+)", source)
    told = [
        words("practice.rule.step", journey=words(f"practice.rule.journey.{journey}"), step=step)
        for journey, step in steps
    ]
    return reduce(lambda one, other: words("practice.rule.both", one=one, other=other), told)
