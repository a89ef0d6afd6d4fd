"""Sealed refusals: what a form carries, so that a change of language shows those again which still hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from ..flows.base import FORM
from ..rules import BASIC_USER_IDS, CATALOGUE, Problem, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..flows import Problems

_ACCOUNTS = (*BASIC_USER_IDS, "identity_prefix")
_WHOLE = {"not_recognised": _ACCOUNTS} | dict.fromkeys(("wrong_credentials", "suspended"), ("internet_user_id",))


def seal(problems: Problems, shown: Callable[[str], str], fields: Mapping[str, object]) -> str:
    """Return the refusals as one text, with what the page shows in those of its *fields* that they are about."""
    found = {name: [problem.code, dict(problem.figures)] for name, problem in problems.items()}
    about = {each for name, problem in problems.items() for each in _about(name, problem)} & fields.keys()
    return str(_serializer().dumps([found, {name: shown(name) for name in sorted(about)}]))


def unseal(text: str, sent: Mapping[str, str]) -> Problems:
    """Return the refusals of which the visitor has changed nothing since; none where the text is not from here.

    What a client without a page does not send at all, it has not changed.
    """
    try:
        found, shown = _serializer().loads(text)
    except BadSignature:
        return {}
    changed = {name for name, value in shown.items() if sent.get(name, value) != value}
    problems = {name: Problem(code, figures) for name, (code, figures) in found.items()}
    return {name: each for name, each in problems.items() if changed.isdisjoint(_about(name, each))}


def _about(name: str, problem: Problem) -> tuple[str, ...]:
    """Return the fields that a refusal is about; no secret, which a page never shows again."""
    if name == FORM:
        return _WHOLE.get(problem.code, ("internet_user_id",) if problem.figures.get("which") == "id" else ())
    rule = CATALOGUE.get(name)
    if isinstance(rule, Text):
        unlike = rule.unlike if problem.code == "duplicate" else ()
        return () if rule.secret else (name, *unlike)
    return () if rule is None else (name,)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="refusals")
