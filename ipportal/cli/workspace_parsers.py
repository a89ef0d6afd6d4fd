"""How the commands for testers and trainers are written: token, exec, workspaces, checkpoint, unlock and its like."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ..settings import CAPTCHA_MODES
from ..wording import say
from . import checkpoint_commands, staff_commands
from . import workspace_commands as commands

if TYPE_CHECKING:
    from argparse import ArgumentParser

    Subparsers = argparse._SubParsersAction[Any]  # noqa: SLF001 - it has no public name


def add(subparsers: Subparsers, shared: ArgumentParser, lang: str) -> None:
    """Add the commands for testers."""
    one = _command(subparsers, "token", shared, lang, commands.token)
    workspace(one, lang)
    run = _command(subparsers, "exec", shared, lang, commands.execute)
    run.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND", help=say("cli.option.exec", lang))
    many = _command(subparsers, "workspaces", shared, lang, commands.workspaces)
    for name in ("create", "remove"):
        words = say(f"cli.option.{name}", lang)
        many.add_argument(f"--{name}", nargs="+", action="extend", default=[], metavar="NAME", help=words)
    _checkpoint(subparsers, shared, lang)
    _staff(subparsers, shared, lang)


def _staff(subparsers: Subparsers, shared: ArgumentParser, lang: str) -> None:
    """Add what is done to a portal while others rehearse in it."""
    for name in staff_commands.__all__:
        several(_command(subparsers, name, shared, lang, getattr(staff_commands, name)), lang)
    subparsers.choices["unlock"].add_argument("id", metavar="ID", help=say("cli.option.unlock", lang))
    subparsers.choices["reissue"].add_argument("id", metavar="ID", help=say("cli.option.reissue", lang))
    subparsers.choices["free"].add_argument("id", metavar="ID", help=say("cli.option.free", lang))
    subparsers.choices["suspend"].add_argument("span", metavar="SPAN", help=say("cli.option.suspend", lang))
    mode, word = (say(f"cli.option.captcha_{name}", lang) for name in ("mode", "word"))
    subparsers.choices["captcha"].add_argument("mode", nargs="?", choices=CAPTCHA_MODES, help=mode)
    subparsers.choices["captcha"].add_argument("word", nargs="?", metavar="WORD", help=word)


def _checkpoint(subparsers: Subparsers, shared: ArgumentParser, lang: str) -> None:
    words = say("cli.command.checkpoint", lang)
    command = subparsers.add_parser("checkpoint", help=words, description=words, allow_abbrev=False)
    parts = command.add_subparsers(required=True, metavar="part", parser_class=type(shared))
    for name, argument, run in (
        ("list", None, checkpoint_commands.checkpoint_list),
        ("open", "name", checkpoint_commands.checkpoint_open),
        ("save", "file", checkpoint_commands.checkpoint_save),
        ("restore", "file", checkpoint_commands.checkpoint_restore),
    ):
        part = parts.add_parser(name, parents=[shared], help=say(f"cli.checkpoint.{name}", lang), allow_abbrev=False)
        part.set_defaults(run=run)
        workspace(part, lang)
        if argument:
            part.add_argument(argument, metavar=argument.upper())


def _command(subparsers: Subparsers, name: str, shared: ArgumentParser, lang: str, run: object) -> ArgumentParser:
    words = say(f"cli.command.{name}", lang)
    command: ArgumentParser = subparsers.add_parser(
        name, parents=[shared], help=words, description=words, allow_abbrev=False
    )
    command.set_defaults(run=run)
    return command


def workspace(command: ArgumentParser, lang: str, default: str | None = None) -> None:
    """Have a command take the name of a workspace."""
    command.add_argument("--workspace", default=default, metavar="NAME", help=say("cli.option.workspace", lang))


def several(command: ArgumentParser, lang: str, default: str | None = None) -> None:
    """Have a command take the name of a workspace, or a pattern that several names fit."""
    command.add_argument("--workspace", default=default, metavar="NAME", help=say("cli.option.workspaces", lang))
