"""What the commands for testers do: token, exec, workspaces, checkpoint."""

from __future__ import annotations

import difflib
import os
import secrets
import subprocess
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..people import DEFAULT, read
from ..places import WorkspaceError
from ..portal import MAIN
from ..settings import SettingError
from ..wording import say
from .commands import filled, print_json, print_table, refuse, tell
from .refusals import REFUSED, worded

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from ..checkpoints import Opened
    from ..portal import Portal
    from ..settings import Settings
    from ..workspaces import Workspaces

__all__ = [
    "checkpoint_list",
    "checkpoint_open",
    "checkpoint_restore",
    "checkpoint_save",
    "execute",
    "token",
    "workspaces",
]

_NOT_FOUND = 127


def token(settings: Settings, given: Namespace) -> int:
    """Print the token of the control API, or the one that opens a single workspace."""
    from ..tokens import server_token, workspace_token  # noqa: PLC0415 - only this command needs it

    found = server_token(settings)
    if given.workspace:
        found = workspace_token(found, _house(settings).get(given.workspace))
    tell(found)
    return 0


def execute(settings: Settings, given: Namespace) -> int:
    """Run a command beside a server of its own, whose address and token it finds in its environment."""
    from ..testing.server import QUICK, Server  # noqa: PLC0415 - only this command needs it
    from ..testing.trouble import NotStarted  # noqa: PLC0415 - as above

    command = given.command[given.command[:1] == ["--"] :]
    if not command:
        return refuse(say("cli.exec_what", settings.terminal_lang), 2)
    instance = settings.instance if "instance" in settings.origins else None
    try:
        server = Server(QUICK | _asked(settings), instance=instance)
    except NotStarted as fault:
        return refuse(f"{say('cli.not_started', settings.terminal_lang)}\n{fault}", REFUSED)
    with server:
        environ = os.environ | {"IPPORTAL_URL": server.url, "IPPORTAL_TOKEN": server.token}
        try:
            return subprocess.call(command, env=environ)  # noqa: S603 - what the user asked for
        except OSError as fault:
            why = fault.strerror or type(fault).__name__
            return refuse(say("cli.exec_failed", settings.terminal_lang, command=command[0], why=why), _NOT_FOUND)


def workspaces(settings: Settings, given: Namespace) -> int:
    """Make or remove workspaces; then list all."""
    house, code = _house(settings), 0
    chosen = _captcha(settings)
    deeds: list[Callable[[], object]] = [partial(house.create, name, captcha=chosen) for name in given.create]
    deeds += [partial(house.remove, name) for name in given.remove]
    for deed in deeds:
        try:
            deed()
        except WorkspaceError as fault:  # the other names are good
            code = refuse(*worded(fault, settings.terminal_lang))
    print_table([[name, f"{_address(settings, house.get(name))}/"] for name in house.names()])
    return code


def checkpoint_list(settings: Settings, given: Namespace) -> int:
    """List the guide's steps and the workspace's own checkpoints."""
    from ..checkpoints import STEPS, Shelf  # noqa: PLC0415 - only this command needs it

    own = Shelf(_house(settings).get(given.workspace or MAIN)).own()
    print_table(
        [*([step.name, step.path, step.person] for step in STEPS.values()), *([each.name, "", ""] for each in own)]
    )
    return 0


def checkpoint_open(settings: Settings, given: Namespace) -> int:
    """Put a state in place and print the link that opens a browser there, with who to be and what to type."""
    from ..checkpoints import STEPS, CheckpointError, Shelf, practice  # noqa: PLC0415 - only this command needs it

    house = _house(settings)
    if given.name not in STEPS and not (given.workspace and Shelf(house.get(given.workspace)).file(given.name)):
        raise CheckpointError("unknown", difflib.get_close_matches(given.name, STEPS, 1, 0)[0] + "?")
    portal = _own(house, given, given.name)
    opened = Shelf(portal).open(given.name)
    assert opened  # noqa: S101 - it was looked for above
    _link(settings, portal, opened)
    if given.name in STEPS:
        print_json(practice(given.name, settings.terminal_lang))
    return 0


def checkpoint_save(settings: Settings, given: Namespace) -> int:
    """Write the workspace's state as a checkpoint file."""
    from ..checkpoints import Shelf  # noqa: PLC0415 - only this command needs it

    text = Shelf(_house(settings).get(given.workspace or MAIN)).snapshot()
    Path(given.file).write_text(text, encoding="utf-8")
    return 0


def checkpoint_restore(settings: Settings, given: Namespace) -> int:
    """Put a checkpoint file in place and print the link to its screen."""
    from ..checkpoints import Shelf  # noqa: PLC0415 - only this command needs it
    from ..checkpoints.files import read  # noqa: PLC0415 - as above

    text, house = Path(given.file).read_text(encoding="utf-8", errors="replace"), _house(settings)
    read(text, house.main.tables)  # so that a file that is refused leaves no workspace behind
    portal = _own(house, given, "restored")
    opened = Shelf(portal).restore(text)
    _leave_maintenance(portal)
    _link(settings, portal, opened)
    return 0


def _own(house: Workspaces, given: Namespace, stem: str) -> Portal:
    """Return the workspace that a state is put into: the named one, else a new one, so that nobody is disturbed."""
    if given.workspace and (portal := house.find(given.workspace)):
        house.coverage.add(portal)
        return portal
    name = given.workspace or f"{stem[:30]}-{secrets.token_hex(3)}"
    # Whatever people it has, the state brings its own.
    portal = house.create(name, read(DEFAULT), captcha=_captcha(house.main.settings))
    _leave_maintenance(portal)
    return portal


def _captcha(settings: Settings) -> dict[str, str] | None:
    """Return the CAPTCHA that a new workspace keeps: the options of this command, which the server knows nothing of."""
    chosen = {name: f"captcha_{name}" for name in ("mode", "word", "seed")}
    if "option" not in {settings.origins.get(setting) for setting in chosen.values()}:
        return None
    return {name: getattr(settings, setting) for name, setting in chosen.items()}


def _leave_maintenance(portal: Portal) -> None:
    """Have a clock of real time run ahead to the next opening: the link of who prepares a lesson at night opens too."""
    moment, mode = portal.stored_clock.reading()
    closure = portal.calendar.closed(moment)
    if closure and mode == "real":
        portal.stored_clock.shift(closure.end - moment)


def _link(settings: Settings, portal: Portal, opened: Opened) -> None:
    tell(f"{_address(settings, portal)}/open/{opened.ticket_id}")


def _address(settings: Settings, portal: Portal) -> str:
    prefix = "" if portal.name == MAIN else f"/w/{portal.name}"
    return f"http://{settings.host}:{settings.port}{prefix}"


def _house(settings: Settings) -> Workspaces:
    from ..workspaces import Workspaces  # noqa: PLC0415 - a third of what a short command loads

    if settings.workspaces == "memory":
        raise SettingError("workspaces_in_memory")
    return Workspaces(filled(settings))


def _asked(settings: Settings) -> dict[str, str]:
    """Return the settings that were given, as options of a server; its port is a free one unless an option says."""
    origins = {name: origin for name, origin in settings.origins.items() if name != "instance"}
    if origins.get("port") != "option":
        origins.pop("port", None)
    return {name.replace("_", "-"): _option(getattr(settings, name)) for name in origins}


def _option(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
