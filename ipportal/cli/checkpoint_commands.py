"""What `checkpoint` does: list, open, save and restore states."""

from __future__ import annotations

import difflib
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .. import durable
from ..given import plain
from ..people import DEFAULT, read
from ..portal import MAIN
from ..wording import say
from .chosen import in_each, is_pattern, matching, tell
from .commands import print_json, print_table
from .workspace_commands import address, captcha, house_of

if TYPE_CHECKING:
    from argparse import Namespace

    from ..checkpoints import Opened
    from ..portal import Portal
    from ..settings import Settings
    from ..store import Unavailable
    from ..workspaces import Workspaces

_PLACES = {"row", "refers", "twice"}  # refusals that say where in the file; the others, what each such file has

__all__ = ["checkpoint_list", "checkpoint_open", "checkpoint_restore", "checkpoint_save"]


def checkpoint_list(settings: Settings, given: Namespace) -> int:
    """List the guide's steps and the workspace's own checkpoints."""
    from ..checkpoints import STEPS, Shelf  # noqa: PLC0415 - only this command needs it

    own = Shelf(house_of(settings).get(given.workspace or MAIN)).own()
    print_table(
        [*([step.name, step.path, step.person] for step in STEPS.values()), *([each.name, "", ""] for each in own)]
    )
    return 0


def checkpoint_open(settings: Settings, given: Namespace) -> int:
    """Put a state in place and print the link that opens a browser there, with who to be and what to type."""
    from ..checkpoints import STEPS, CheckpointError, Shelf, practice  # noqa: PLC0415 - only this command needs it

    house, step = house_of(settings), given.name in STEPS
    one = given.workspace and not is_pattern(given.workspace)
    if not step and not (one and Shelf(house.get(given.workspace)).file(given.name)):
        raise CheckpointError("unknown", difflib.get_close_matches(given.name, STEPS, 1, 0)[0] + "?")

    def opened(portal: Portal) -> str:
        found = Shelf(portal, house.coverage.going).open(given.name)
        assert found  # noqa: S101 - it was looked for above
        return _link(settings, portal, found)

    code = in_each(settings, _own(house, given, given.name), given.workspace, opened)
    if step:
        print_json(practice(given.name, settings.terminal_lang))
    return code


def checkpoint_save(settings: Settings, given: Namespace) -> int:
    """Write the workspace's state as a checkpoint file; one that is there stays until all of the new one is written."""
    from ..checkpoints import Shelf  # noqa: PLC0415 - only this command needs it

    name, file = given.workspace or MAIN, Path(given.file)
    content = Shelf(house_of(settings).get(name)).snapshot().encode()
    try:
        if file.parent.is_dir() and (file.is_file() or not file.exists()):
            durable.put(file.resolve(), content)
        else:  # such as a pipe, or the very output that a sentence would go to
            file.write_bytes(content)
            return 0
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, given.file) from fault
    tell(say("cli.saved", settings.terminal_lang, name=name, file=given.file))
    return 0


def checkpoint_restore(settings: Settings, given: Namespace) -> int:
    """Put a checkpoint file in place and print the link to its screen."""
    from ..checkpoints import CheckpointError, Shelf  # noqa: PLC0415 - only this command needs it
    from ..checkpoints.files import read  # noqa: PLC0415 - as above

    text, house = plain(Path(given.file)).read_text(encoding="utf-8-sig", errors="replace"), house_of(settings)
    try:
        read(text, house.main.tables)  # so that a file that is refused leaves no workspace behind
    except CheckpointError as fault:
        place = f": {fault.where}" if fault.code in _PLACES else ""
        raise CheckpointError(fault.code, f"{given.file}{place}") from fault

    def restored(portal: Portal) -> str:
        opened = Shelf(portal, house.coverage.going).restore(text)
        _leave_maintenance(portal)
        return _link(settings, portal, opened)

    return in_each(settings, _own(house, given, "restored"), given.workspace, restored)


def _own(house: Workspaces, given: Namespace, stem: str) -> list[Portal | Unavailable]:
    """Return the workspaces that a state is put into: the named ones, else a new one, so that nobody is disturbed."""
    if is_pattern(given.workspace):
        return matching(house, given.workspace)
    if given.workspace and (portal := house.find(given.workspace)):
        return [portal]
    name = given.workspace or f"{stem[:30]}-{secrets.token_hex(3)}"
    # Whatever people it has, the state brings its own.
    settings = house.main.settings
    portal = house.create(name, read(DEFAULT), captcha=captcha(settings))
    if given.workspace:  # which may have been mistyped
        sys.stderr.write(say("cli.workspace_made", settings.terminal_lang, name=name) + "\n")
    _leave_maintenance(portal)
    return [portal]


def _leave_maintenance(portal: Portal) -> None:
    """Have a clock of real time run ahead to the next opening: the link of who prepares a lesson at night opens too."""
    moment, mode = portal.stored_clock.reading()
    closure = portal.calendar.closed(moment)
    if closure and mode == "real":
        portal.stored_clock.shift(closure.end - moment)


def _link(settings: Settings, portal: Portal, opened: Opened) -> str:
    return f"{address(settings, portal.name)}/open/{opened.ticket_id}"
