"""How the commands for testers and trainers are written: token, exec, workspaces, class, checkpoint, unlock, etc."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ..flows.account import TOPICS
from ..settings import CAPTCHA_MODES, LANGUAGES
from ..wording import say
from . import checkpoint_commands, class_command, notice_command, staff_commands
from . import workspace_commands as commands
from .chosen import is_pattern
from .ranges import filled

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable

    ArgumentGroup = argparse._MutuallyExclusiveGroup  # noqa: SLF001 - as below
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
    everybody = _command(subparsers, "class", shared, lang, class_command.overview)
    whose = everybody.add_mutually_exclusive_group()
    whose.add_argument("pattern", nargs="?", type=names(lang), metavar="PATTERN", help=say("cli.option.class", lang))
    several(whose, lang)
    everybody.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    _checkpoint(subparsers, shared, lang)
    _notice(_command(subparsers, "notice", shared, lang, notice_command.notice), lang)
    _staff(subparsers, shared, lang)


def _staff(subparsers: Subparsers, shared: ArgumentParser, lang: str) -> None:
    """Add what is done to a portal while others rehearse in it."""
    for name in staff_commands.__all__:
        several(_command(subparsers, name, shared, lang, getattr(staff_commands, name)), lang)
    an_id = filled(say("cli.usage.id_empty", lang))
    subparsers.choices["unlock"].add_argument("id", type=an_id, metavar="ID", help=say("cli.option.unlock", lang))
    subparsers.choices["reissue"].add_argument("id", type=an_id, metavar="ID", help=say("cli.option.reissue", lang))
    subparsers.choices["free"].add_argument("id", type=an_id, metavar="ID", help=say("cli.option.free", lang))
    subparsers.choices["suspend"].add_argument("span", metavar="SPAN", help=say("cli.option.suspend", lang))
    mode, word = (say(f"cli.option.captcha_{name}", lang) for name in ("mode", "word"))
    subparsers.choices["captcha"].add_argument("mode", nargs="?", choices=CAPTCHA_MODES, help=mode)
    subparsers.choices["captcha"].add_argument("word", nargs="?", metavar="WORD|SEED", help=word)


def _notice(command: ArgumentParser, lang: str) -> None:
    several(command, lang)
    command.add_argument("reference", metavar="REFERENCE", help=say("cli.option.notice", lang))
    words = {"subject": say("cli.option.notice_subject", lang), "body": say("cli.option.notice_body", lang)}
    for part, told in words.items():
        for each in LANGUAGES:
            command.add_argument(f"--{part}-{each.lower()}", dest=f"{part}_{each}", metavar="WORDS", help=told)
    command.add_argument("--topic", choices=TOPICS, default=TOPICS[0], help=say("cli.option.notice_topic", lang))
    command.add_argument("--withdraw", action="store_true", help=say("cli.option.notice_withdraw", lang))


def _checkpoint(subparsers: Subparsers, shared: ArgumentParser, lang: str) -> None:
    words = say("cli.command.checkpoint", lang)
    command = subparsers.add_parser("checkpoint", help=words, description=words, allow_abbrev=False)
    parts = command.add_subparsers(required=True, metavar="part")
    for name, argument, whose, run in (
        ("list", None, workspace, checkpoint_commands.checkpoint_list),
        ("open", "name", several, checkpoint_commands.checkpoint_open),
        ("save", "file", workspace, checkpoint_commands.checkpoint_save),
        ("restore", "file", several, checkpoint_commands.checkpoint_restore),
    ):
        part = parts.add_parser(name, parents=[shared], help=say(f"cli.checkpoint.{name}", lang), allow_abbrev=False)
        part.set_defaults(run=run)
        whose(part, lang)
        if argument:
            part.add_argument(argument, metavar=argument.upper())


def _command(subparsers: Subparsers, name: str, shared: ArgumentParser, lang: str, run: object) -> ArgumentParser:
    words = say(f"cli.command.{name}", lang)
    command: ArgumentParser = subparsers.add_parser(
        name, parents=[shared], help=words, description=words, allow_abbrev=False
    )
    command.set_defaults(run=run)
    return command


def workspace(command: ArgumentParser, lang: str) -> None:
    """Have a command take the name of a workspace."""
    command.add_argument("--workspace", type=one_name(lang), metavar="NAME", help=say("cli.option.workspace", lang))


def one_name(lang: str) -> Callable[[str], str]:
    """Return what reads the name of a single workspace."""
    read_names = names(lang)

    def read(word: str) -> str:
        if is_pattern(read_names(word)):
            raise argparse.ArgumentTypeError(say("cli.usage.pattern", lang, word=word))
        return word

    return read


def names(lang: str) -> Callable[[str], str]:
    """Return what reads a name, or a pattern; an empty one does not stand for `main`."""
    return filled(say("cli.usage.workspace_empty", lang))


def several(command: ArgumentParser | ArgumentGroup, lang: str, default: str | None = None) -> None:
    """Have a command take the name of a workspace, or a pattern that several names fit."""
    words = say("cli.option.workspaces", lang)
    command.add_argument("--workspace", type=names(lang), default=default, metavar="NAME", help=words)
