"""What the command for a trainer's class does: tell of each workspace where its visitor is, without using it."""

from __future__ import annotations

import shutil
import sys
import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from ..clock import RealClock, iso
from ..places import WorkspaceError
from ..portal import MAIN
from ..store import Unavailable
from ..wording import say
from .chosen import fitting, heading, named_line, refuse, tell
from .commands import entry_told, print_json, print_table, width
from .refusals import worded
from .workspace_commands import house_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator

    from ..portal import Portal
    from ..settings import Settings
    from ..workspaces import Workspaces

__all__ = ["COLUMNS", "overview"]

# The last is as long as each row's own: a reason may list every field of a form.
COLUMNS = (
    *("workspace", "step", "outcome", "portal_time", "ago"),
    *("locked", "clock", "closed", "captcha", "reason"),
)
# What goes first where a terminal is too narrow: what `ago` tells too, then what is long and about the portal.
_GOING = ("portal_time", "clock", "closed", "captcha", "outcome")
_READABLE, _LEAST = 24, 8  # characters of a reason: for fewer another column goes; there are never fewer
_GAP = 2  # between columns
_FEW = 3  # names that a cell has room for
_UNITS = {"d": 86_400, "h": 3_600, "m": 60}


def overview(settings: Settings, given: Namespace) -> int:
    """Tell of each workspace who was seen where, what is locked, its clock, its closure and its CAPTCHA mode."""
    house, code, found = house_of(settings), 0, list[dict[str, Any]]()
    for name in _chosen(house, given.pattern or given.workspace):
        try:
            if portal := house.find(name, use=False):
                found.append(_told(portal))
        except Unavailable as fault:  # the other workspaces are none the worse for it
            sentence, code = worded(fault, settings.terminal_lang)
            refuse(named_line(name, sentence), code)
    if given.json:
        print_json(found)
    elif found:
        _print(found, settings.terminal_lang)
    return code


def _print(found: list[dict[str, Any]], lang: str) -> None:
    """Print a line for each workspace; in a terminal what has room there, and which columns have none."""
    heads, left_out = heading(COLUMNS, lang), list[str]()
    columns = dict(zip(COLUMNS, zip(heads, *map(_row, found), strict=True), strict=True))
    # A column that has nothing to say of anybody would only take room.
    columns = {name: cells for name, cells in columns.items() if any(cells[1:])}
    rows: Iterable[list[str]] = map(list, zip(*columns.values(), strict=True))
    if sys.stdout.isatty():
        rows, left_out = _fitted(columns, shutil.get_terminal_size().columns)
    print_table(rows)
    if left_out:
        tell(say("cli.class_left_out", lang, columns=", ".join(left_out)))


def _fitted(columns: dict[str, tuple[str, ...]], most: int) -> tuple[Iterator[list[str]], list[str]]:
    """Return rows that are at most so wide where that can be, a long reason below itself, and what was left out."""
    left_out, reasons = list[str](), columns.pop("reason", ())
    wanted = min(max(map(width, reasons), default=-_GAP), _READABLE)  # no gap stands before what is not there
    for name in _GOING:
        if _taken(columns) + wanted <= most:
            break
        left_out += columns.pop(name, ())[:1]
    return _broken(columns, reasons, max(most - _taken(columns), _LEAST)), left_out


def _taken(columns: dict[str, tuple[str, ...]]) -> int:
    return sum(max(map(width, cells)) + _GAP for cells in columns.values())


def _broken(columns: dict[str, tuple[str, ...]], reasons: tuple[str, ...], room: int) -> Iterator[list[str]]:
    for cells, reason in zip_longest(zip(*columns.values(), strict=True), reasons, fillvalue=""):
        first, *more = textwrap.wrap(reason, room, break_on_hyphens=False) or [""]
        yield [*cells, first]
        yield from ([""] * len(cells) + [part] for part in more)


def _chosen(house: Workspaces, pattern: str | None) -> list[str]:
    """Return the names that fit a pattern; without one, all but that of `main`, which is no trainee's."""
    if pattern is None:
        return [name for name in house.names() if name != MAIN]
    found = fitting(house, pattern)
    if not found:
        raise WorkspaceError("unknown", pattern)
    return found


def _told(portal: Portal) -> dict[str, Any]:
    """Return what is told of a workspace, as JSON has it."""
    standing = portal.standing()
    here, moment = standing.portal, standing.portal.clock.now()
    last, closure, mode = here.journal.last(), here.closed(moment), here.settings.captcha_mode
    wrong: dict[str, Any] = {"locked": True, "failed_tries__after": 0}  # what is locked on purpose has no wrong tries
    return {
        "workspace": portal.name,
        "last": entry_told(last) if last else None,
        "seconds_ago": int((RealClock().now() - last.real_time).total_seconds()) if last else None,
        "locked_internet_user_ids": [user.internet_user_id for user in portal.tables.users.where(**wrong)],
        "locked_basic_user_ids": [account.basic_user_id for account in portal.tables.accounts.where(**wrong)],
        "now": iso(moment),
        "clock_mode": standing.clock_mode,
        "closed": {"end": iso(closure.end), "row": closure.row} if closure else None,
        "captcha": None if mode == portal.settings.captcha_mode else mode,
    }


def _row(told: dict[str, Any]) -> list[str]:
    """Return the cells of a workspace."""
    last, closed = told["last"] or {}, told["closed"] or {}
    locked = [*told["locked_internet_user_ids"], *told["locked_basic_user_ids"]]
    return [
        told["workspace"],
        *(last.get(name, "") for name in ("step", "outcome", "portal_time")),
        "" if told["seconds_ago"] is None else _ago(told["seconds_ago"]),
        ",".join(locked) if len(locked) <= _FEW else str(len(locked)),
        f"{told['now']} {told['clock_mode']}",
        " ".join(closed.values()),
        told["captcha"] or "",
        last.get("reason", ""),
    ]


def _ago(seconds: int) -> str:
    """Return a span as people write one, in its largest unit."""
    whole = (f"{seconds // length}{unit}" for unit, length in _UNITS.items() if seconds >= length)
    return next(whole, f"{max(seconds, 0)}s")
