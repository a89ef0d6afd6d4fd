"""What the commands for testers do: token, exec, workspaces."""

from __future__ import annotations

import os
import subprocess
from functools import partial
from typing import TYPE_CHECKING

from ..places import WorkspaceError
from ..portal import MAIN
from ..settings import SettingError
from ..store import Unavailable
from ..wording import say
from . import beside
from .chosen import filled, fitting, is_pattern, refuse, tell
from .commands import print_table
from .refusals import REFUSED, worded

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from ..settings import Settings
    from ..workspaces import Workspaces

__all__ = ["execute", "token", "workspaces"]

_NOT_STARTED, _NOT_FOUND = 126, 127  # as a shell tells it
_KILLED = 128  # and the signal's number on top, as above


def token(settings: Settings, given: Namespace) -> int:
    """Print the token of the control API, or the one that opens a single workspace."""
    from ..tokens import server_token, workspace_token  # noqa: PLC0415 - only this command needs it

    found = server_token(settings)
    if given.workspace:
        found = workspace_token(found, house_of(settings).get(given.workspace))
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
            code = subprocess.call(command, env=environ)  # noqa: S603 - what the user asked for
        except OSError as fault:
            why = fault.strerror or type(fault).__name__
            code = _NOT_FOUND if isinstance(fault, FileNotFoundError) else _NOT_STARTED
            return refuse(say("cli.exec_failed", settings.terminal_lang, command=command[0], why=why), code)
    return _KILLED - code if code < 0 else code


def workspaces(settings: Settings, given: Namespace) -> int:
    """Make workspaces and list those; or remove some, by patterns too; else list all."""
    house, code = house_of(settings), 0
    own, made = captcha(settings), list[str]()

    def make(name: str) -> None:
        if not name:  # as of a variable that nobody has set; it would be given one
            raise WorkspaceError("name", name)
        made.append(house.make(name, captcha=own).name)

    deeds: list[Callable[[], None]] = [partial(make, name) for name in given.create]
    deeds += [partial(house.remove, name) for each in given.remove for name in _going(house, each)]
    for deed in deeds:
        try:
            deed()
        except (WorkspaceError, Unavailable, OSError) as fault:  # the other names are good
            code = refuse(*worded(fault, settings.terminal_lang))
    names = [name for name in made if house.has(name)] if given.create else house.names()
    if names:
        print_table([[name, f"{address(settings, name)}/"] for name in names])
    return code


def _going(house: Workspaces, name: str) -> list[str]:
    """Return the names of the workspaces that are to go: all but `main` that fit a pattern, or itself."""
    found = fitting(house, name) if is_pattern(name) else []
    return [each for each in found if each != MAIN] or [name]


def captcha(settings: Settings) -> dict[str, str] | None:
    """Return the CAPTCHA that a new workspace keeps: the options of this command, which the server knows nothing of."""
    chosen = {name: f"captcha_{name}" for name in ("mode", "word", "seed")}
    if "option" not in {settings.origins.get(setting) for setting in chosen.values()}:
        return None
    if settings.captcha_mode != "real" and beside.is_public(settings):
        raise SettingError("public_needs_real_captcha")
    return {name: getattr(settings, setting) for name, setting in chosen.items()}


def address(settings: Settings, name: str) -> str:
    """Return where the workspace of that name is, without a slash in the end."""
    prefix = "" if name == MAIN else f"/w/{name}"
    return f"{beside.address(settings)}{prefix}"


def house_of(settings: Settings) -> Workspaces:
    """Return all workspaces; refuse where another process cannot see them."""
    from ..workspaces import Workspaces  # noqa: PLC0415 - a third of what a short command loads

    if settings.workspaces == "memory":
        raise SettingError("workspaces_in_memory")
    return Workspaces(filled(settings))


def _asked(settings: Settings) -> dict[str, str]:
    """Return the settings that were given, as options of a server; its port is a free one unless an option says.

    No proxy leads to it.
    """
    origins = {name: origin for name, origin in settings.origins.items() if name not in {"instance", "public_url"}}
    if origins.get("port") != "option":
        origins.pop("port", None)
    return {name.replace("_", "-"): _option(getattr(settings, name)) for name in origins}


def _option(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
