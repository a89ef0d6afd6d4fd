"""Which portals a command is about: the one without a prefix, a workspace, or each whose name fits a pattern."""

from __future__ import annotations

import sys
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from ..places import WorkspaceError
from ..portal import assemble
from ..scenarios import fill
from ..store import Unavailable
from ..wording import say
from .refusals import KINDS, worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..portal import Portal
    from ..settings import Settings
    from ..workspaces import Workspaces

    Deed = Callable[[Portal], str | tuple[str, int]]


def filled(settings: Settings, workspace: str | None = None) -> Portal:
    """Return the portal on a store that is prepared, and filled if it was new; or one of its workspaces."""
    portal = assemble(settings)
    if scenario := fill(portal):
        people = len(scenario.people)
        sys.stderr.write(say("cli.seeded", settings.terminal_lang, scenario=settings.scenario, people=people) + "\n")
    if workspace is None:
        return portal
    from ..workspaces import Workspaces  # noqa: PLC0415 - only testers need it

    return Workspaces(portal).get(workspace)


def chooser(settings: Settings, name: str | None, *, use: bool = True) -> Callable[[], list[Portal | Unavailable]]:
    """Return what tells again and again, as `matching` does, which portals are chosen; `main` without a name."""
    main = filled(settings)
    if name is None:
        return lambda: [main]
    from ..workspaces import Workspaces  # noqa: PLC0415 - as above

    return partial(matching, Workspaces(main), name, use=use)


def matching(house: Workspaces, name: str, *, use: bool = True) -> list[Portal | Unavailable]:
    """Return the workspace of that name, or each whose name fits a pattern such as `t*`; why, of one that is no use.

    Unless *use* is False, to be chosen is to be used. Raise `WorkspaceError` where there is none.
    """
    names = fitting(house, name) if is_pattern(name) else [name]
    found = [portal for each in names if (portal := _usable(house, each, use=use))]
    if not found:
        raise WorkspaceError("unknown", name)
    return found


def _usable(house: Workspaces, name: str, *, use: bool) -> Portal | Unavailable | None:
    try:
        return house.find(name, use=use)
    except Unavailable as fault:  # the others are none the worse for it
        return fault


def fitting(house: Workspaces, pattern: str) -> list[str]:
    """Return the names of the workspaces that fit a pattern."""
    return [each for each in house.names() if fnmatchcase(each, pattern)]


def in_chosen(settings: Settings, name: str | None, deed: Deed) -> int:
    """Do it in each portal that is chosen, as `in_each` does."""
    return in_each(settings, chooser(settings, name)(), name, deed)


def is_pattern(name: str | None) -> bool:
    """Say whether a name stands for several."""
    return bool(name and set(name) & set("*?["))


def in_each(settings: Settings, portals: Iterable[Portal | Unavailable], name: str | None, deed: Deed) -> int:
    """Do it in each portal and tell what it says, if anything, a refusal with its exit code; return the worst code.

    Where *name* is a pattern, each line begins with the workspace that it is about.
    """
    worst = 0
    for portal in portals:
        found = _said(portal, deed, settings.terminal_lang)
        sentence, code = found if isinstance(found, tuple) else (found, 0)
        line = named_line(getattr(portal, "name", "") if is_pattern(name) else "", sentence)
        if code:
            refuse(line, code)
        elif sentence:
            tell(line)
        worst = max(worst, code)
    return worst


def _said(portal: Portal | Unavailable, deed: Deed, lang: str) -> str | tuple[str, int]:
    try:
        return worded(portal, lang) if isinstance(portal, Unavailable) else deed(portal)
    except KINDS as fault:  # the other portals are none the worse for it
        if isinstance(fault, OSError) and fault.filename is None:  # but nobody is there to be told of them
            raise
        return worded(fault, lang)


def named_line(workspace: str, line: str) -> str:
    """Return the line with the workspace that it is about, where that is not plain."""
    return f"{workspace}  {line}" if workspace else line


def together(lang: str, *sentences: str) -> str:
    """Return sentences that follow each other: Chinese has no space between them."""
    return (" " if lang == "en" else "").join(sentences)


def heading(names: Iterable[str], lang: str) -> list[str]:
    """Return what stands over the columns of those names."""
    return [say(f"cli.column.{name.replace(' ', '_')}", lang) for name in names]


def tell(line: str) -> None:
    """Print a line, seen at once by whoever reads from a pipe."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def refuse(sentence: str, code: int) -> int:
    """Tell why a command is refused, and return its exit code."""
    sys.stderr.write(f"ipportal: {sentence}\n")
    return code
