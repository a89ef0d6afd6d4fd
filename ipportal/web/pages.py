"""A screen's page, in the visitor's language."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlencode

from flask import Response, g
from jinja2 import FileSystemLoader
from markupsafe import Markup, escape

from .. import assets
from ..rules import CATALOGUE
from ..rules.export import html
from ..wording import explain, say
from .blank import written
from .folding import Speaking
from .forms import csrf_token
from .visit import address, asked, held, lang, now, shown_portal, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..hours import Closure
    from ..rules import Problem
    from .forms import RuledForm


_HTML = "text/html; charset=utf-8"
_WHOLE = re.compile(r"\b([A-Za-z0-9]-[A-Za-z0-9]+)\b", re.ASCII)  # as in "digits (0-9)", and "e-Cert"


def page(screen: str, status: int = 200, **shown: Any) -> Response:  # noqa: ANN401 - whatever the template shows
    """Return a screen's page. Its template has the screen's name, unless `template` names one that several share."""
    template = _environment(lang()).get_template(f"{shown.pop('template', screen)}.html")
    shown |= {"screen": screen, "workspace": shown_portal().name, "root": asked().script_root, "here": _here()}
    shown |= {"portal_time": _portal_time(), "soon": _announcement(), "told": told()}
    return Response(written(screen, template, shown), status, content_type=_HTML)


def words(key: str, **figures: object) -> str:
    """Return a sentence in the visitor's language."""
    return say(key, lang(), **figures)


def here_again() -> str:
    """Return this page's address, but for the language that it was asked for in."""
    return _here().rstrip("?&")


def _here() -> str:
    """Return this page's address, on which another language is asked for."""
    here = asked()
    others = "".join(f"{urlencode({name: value})}&" for name, value in here.args.items() if name != "lang")
    return f"{here.script_root}{quote(here.path)}?{others}"


def _announcement() -> Closure | None:
    """Return a window that starts soon, or None; a closed page has its own end to tell."""
    here = held()
    if "portal" not in here:
        return None
    closure = here.portal.calendar.upcoming(here.now)
    if closure.start - here.now > timedelta(minutes=here.portal.settings.warning_minutes):
        return None
    return None if here.portal.closed(here.now) else closure


def _lost(closure: Closure) -> bool:
    """Say whether a registration begun just before a closure has timed out when the portal opens again."""
    return closure.end - closure.start >= timedelta(minutes=shown_portal().settings.draft_minutes)


def _portal_time() -> str:
    """Return the portal's date and time where it is not the real one, or ""."""
    return "" if held().get("clock_mode", "real") == "real" else _moment(now().replace(microsecond=0), lang())


@lru_cache(maxsize=64)
def _moment(moment: datetime, lang: str) -> str:
    """Return a date and time as the language writes it."""
    return say(
        "frame.moment",
        lang,
        year=moment.year,
        month=moment.month,
        month_name=say(f"frame.month.{moment.month}", lang),
        day=moment.day,
        time=moment.strftime("%H:%M:%S"),
    )


@cache
def _environment(lang: str) -> Speaking:
    """Return the templates in a language; compiled once in a process, whatever applications it has."""
    made = Speaking(
        loader=FileSystemLoader(assets.folder("templates")),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.lang = lang
    made.globals.update(
        CATALOGUE=CATALOGUE,
        attributes=html,
        csrf_token=csrf_token,
        explain=partial(_explained, lang=lang),
        g=g,
        lang=lambda: lang,
        lost=_lost,
        moment=partial(_moment, lang=lang),
        now=now,
        portal=shown_portal,
        say=partial(say, lang=lang),
        url_for=address,
    )
    made.filters.update(filled=_filled, together=_together)
    macros = {"form": ("captcha", "opening", "refusal", "row"), "frame": ("maintenance",), "review": ("review",)}
    made.globals.update({name: _macro(made, file, name) for file, names in macros.items() for name in names})
    made.globals["row"] = _rows(made.globals["row"])  # type: ignore[arg-type]
    return made


def _explained(field: str, problem: Problem, lang: str) -> str:
    """Return what a refusal tells the visitor, with the figures in force."""
    return explain(field, problem, lang, **shown_portal().settings.figures)


def _filled(sentence: str, **parts: Markup) -> Markup:
    """Return a sentence whose figures are parts of the page, such as a link."""
    return escape(sentence).format(**parts)


def _together(sentence: str) -> Markup:
    """Return a sentence in which no line breaks inside a range of characters, or a word such as "e-Cert"."""
    # Not a hyphen of the kind that never breaks: what is copied from the page would no longer be what one types.
    return Markup(_WHOLE.sub(r'<span class="together">\1</span>', str(escape(sentence))))  # noqa: S704 - escaped first


def _macro(made: Speaking, file: str, name: str) -> Callable[..., str]:
    """Return a macro of the templates' parts, which are compiled when a page first asks for one."""

    def write(*given: object, **words: object) -> str:
        return cast("str", getattr(made.get_template(f"parts/{file}.html").module, name)(*given, **words))

    return write


def _rows(write: Callable[..., str]) -> Callable[..., str]:
    """Return what writes a field's row; one that is empty and not refused is the same for everybody."""
    blank = cache(write)

    def row(form: RuledForm, name: str, **words: str) -> str:
        value, problem = form.value(name), form.problems.get(name)
        return write(name, value, problem, **words) if value or problem else blank(name, **words)

    return row
