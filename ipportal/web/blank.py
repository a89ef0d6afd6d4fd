"""Blank forms: a form in which nothing is typed yet is the same page for everybody, but for the visitor's own ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import current_app
from markupsafe import escape

from ..portal import MAIN
from ..rules import CATALOGUE
from .visit import asked, held, house_of, lang

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Template

    from ..flows import Problems
    from ..rules import Field

EXTENSION = "ipportal.blank"  # under this name an application keeps what was written
SCREENS = ("register/terms", "register/kind", "register/details", "login/form", "cancel/form")  # they show a form only
_MOST = 128
# Each stands where a visitor's own goes: letters alone, which no page writes in another way.
_TOKEN, _PICTURE, _TIME = "theTokenOfTheVisitor", "thePictureOfTheVisitor", "theTimeOfTheRequest"
_ROOT, _WORKSPACE = "theRootOfTheWorkspace", "theNameOfTheWorkspace"
_MARKED = re.compile(f"({_TOKEN}|{_PICTURE}|{_TIME}|{_ROOT}|{_WORKSPACE})")


class Unfilled:
    """A blank form as the templates see it, with marks in place of what is a visitor's own."""

    token, shown_captcha = _TOKEN, _PICTURE

    def __init__(self) -> None:
        """Begin without a refusal."""
        self.problems: Problems = {}

    def rule(self, name: str) -> Field:
        """Return the rule of a field."""
        return CATALOGUE[name]

    def value(self, _name: str) -> str:
        """Return what is shown of a field: nothing."""
        return ""


def written(screen: str, template: Template, shown: dict[str, Any]) -> bytes:
    """Return a screen's page; a blank form is written once, and what is a visitor's own put in."""
    if screen not in SCREENS:
        return template.render(shown).encode()
    form, time = shown["form"], shown["portal_time"]
    if not form.blank or shown["soon"] or shown["told"] or asked().args or _reveals():
        return template.render(shown).encode()
    root, name = shown["root"], shown["workspace"]
    wanted = house_of(current_app), screen, lang(), bool(root), name == MAIN, bool(time), held().now.date()
    kept: dict[object, list[bytes]] = current_app.extensions.setdefault(EXTENSION, {})
    if (parts := kept.get(wanted)) is None:
        marked = {"form": Unfilled(), "draft": None, "portal_time": time and _TIME}
        text = template.render(shown | marked | ({} if name == MAIN else {"workspace": _WORKSPACE}))
        text = text.replace(f'"{escape(root)}/', f'"{_ROOT}/')  # where an address begins
        if len(kept) >= _MOST:
            kept.clear()
        kept[wanted] = parts = [part.encode() for part in _MARKED.split(text)]
    own = {_TOKEN: form.token, _PICTURE: getattr(form, "shown_captcha", ""), _TIME: time}
    return _filled(parts, own | {_ROOT: root, _WORKSPACE: name})


def _filled(parts: list[bytes], own: Mapping[str, str]) -> bytes:
    """Return the text of which every second part is a mark."""
    filled, texts = parts.copy(), {mark.encode(): escape(value).encode() for mark, value in own.items()}
    filled[1::2] = map(texts.__getitem__, parts[1::2])
    return b"".join(filled)


def _reveals() -> bool:
    """Say whether a tester has the answer of the picture shown."""
    return bool(held().portal.settings.captcha_mode == "reveal")
