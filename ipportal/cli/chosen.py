"""Which portals a command is about: the one without a prefix, a workspace, or each whose name fits a pattern."""

from __future__ import annotations

import sys
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from ..places import WorkspaceError
from ..portal import assemble
from ..scenarios import fill
from ..wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..portal import Portal
    from ..settings import Settings
    from ..workspaces import Workspaces


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


def chosen(settings: Settings, name: str | None) -> list[Portal]:
    """Return `main` where no name is given, else what `matching` does."""
    return chooser(settings, name)()


def chooser(settings: Settings, name: str | None) -> Callable[[], list[Portal]]:
    """Return what tells again and again which portals are chosen, on connections of its own."""
    main = filled(settings)
    if name is None:
        return lambda: [main]
    from ..workspaces import Workspaces  # noqa: PLC0415 - as above

    return partial(matching, Workspaces(main), name)


def matching(house: Workspaces, name: str) -> list[Portal]:
    """Return the workspace of that name, or each whose name fits a pattern such as `t*`.

    Raise `WorkspaceError` where there is none.
    """
    if not is_pattern(name):
        return [house.get(name)]
    found = [portal for each in fitting(house, name) if (portal := house.find(each))]
    if not found:
        raise WorkspaceError("unknown", name)
    return found


def fitting(house: Workspaces, pattern: str) -> list[str]:
    """Return the names of the workspaces that fit a pattern."""
    return [each for each in house.names() if fnmatchcase(each, pattern)]


def in_chosen(settings: Settings, name: str | None, deed: Callable[[Portal], str | tuple[str, int]]) -> int:
    """Do it in each portal that is chosen, as `in_each` does."""
    return in_each(chosen(settings, name), name, deed)


def is_pattern(name: str | None) -> bool:
    """Say whether a name stands for several."""
    return bool(name and set(name) & set("*?["))


def in_each(portals: Iterable[Portal], name: str | None, deed: Callable[[Portal], str | tuple[str, int]]) -> int:
    """Do it in each portal and tell what it says, a refusal with its exit code; return the worst code.

    Where *name* is a pattern, each line begins with the workspace that it is about.
    """
    worst = 0
    for portal in portals:
        found = deed(portal)
        sentence, code = (found, 0) if isinstance(found, str) else found
        line = named_line(portal.name if is_pattern(name) else "", sentence)
        if code:
            refuse(line, code)
        else:
            tell(line)
        worst = max(worst, code)
    return worst


def named_line(workspace: str, line: str) -> str:
    """Return the line with the workspace that it is about, where that is not plain."""
    return f"{workspace}  {line}" if workspace else line


def tell(line: str) -> None:
    """Print a line, seen at once by whoever reads from a pipe."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def refuse(sentence: str, code: int) -> int:
    """Tell why a command is refused, and return its exit code."""
    sys.stderr.write(f"ipportal: {sentence}\n")
    return code
