"""The command line: one parser, and the sentence for every refusal."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING

from .. import __version__
from ..settings import KNOBS, SettingError, Settings, load
from ..wording import say
from . import commands, rules_parsers, streams, workspace_parsers
from .chosen import refuse
from .parser import Parser
from .ranges import between
from .refusals import KINDS, worded
from .tongue import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

INTERRUPTED, CLOSED = 130, 141  # as shells have it: the signal's number and 128
_SURROGATE = re.compile("[\ud800-\udfff]")  # stands for what was no UTF-8
_LAST = 2**53  # of the numbers that JSON is sure to tell exactly


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 not understood, or one of a signal."""
    given, lang = argparse.Namespace(run=None), Settings.terminal_lang
    try:
        streams.prepare()
        lang = _terminal_lang()
        words = list(sys.argv[1:] if arguments is None else arguments)
        if words[:1] in ([], ["help"]):
            words = [*words[1:], "--help"]
        with spoken(lang):
            given = _read(_parser(lang), words, lang)
        options = {knob.name: value for knob in KNOBS if (value := getattr(given, knob.name, None)) is not None}
        settings = load(options)
        lang = settings.terminal_lang
        return int(given.run(settings, given))
    except BrokenPipeError:  # the reader, such as head, has seen enough
        streams.abandon()
        return CLOSED
    except KINDS as fault:
        streams.abandon()
        return refuse(*worded(fault, lang))
    except KeyboardInterrupt:  # how one that goes on for ever is ended, and any other broken off
        return 0 if given.run is commands.serve or getattr(given, "follow", False) else INTERRUPTED


def _read(parser: Parser, words: list[str], lang: str) -> argparse.Namespace:
    """Return what a command is given."""
    first = words[0].partition("=")[0]
    if first.startswith("-") and (near := parser.nearest(first)) != [first]:
        after = say("cli.usage.options_after", lang, command=f"{parser.prog} serve", words=first)
        parser.error(say("cli.usage.unrecognized", lang, words=first) if near else after)
    given, unknown = parser.parse_known_args(words)
    own = words[: len(words) - len(getattr(given, "command", ()))]  # what `exec` runs has words of its own
    if unread := next(filter(_SURROGATE.search, own), None):
        parser.error(say("cli.usage.not_utf8", lang, word=ascii(unread)))
    if unknown:  # the command knows which of its own options are meant
        given.parser.error(say("cli.usage.unrecognized", lang, words=" ".join(unknown)))
    return given


def _parser(lang: str) -> Parser:
    """Return the parser: every command takes every setting as an option."""
    about, epilog = say("cli.about", lang), say("cli.epilog", lang)
    parser = Parser("ipportal", lang=lang, description=about, epilog=epilog, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=__version__, help=say("cli.option.version", lang))
    shared = _settings_options(lang)
    subparsers = parser.add_subparsers(required=True, metavar="command")

    def add(name: str, parents: Sequence[Parser] = (shared,)) -> Parser:
        words = say(f"cli.command.{name}", lang)
        command: Parser = subparsers.add_parser(
            name, parents=parents, help=words, description=words, allow_abbrev=False
        )
        command.set_defaults(run=getattr(commands, name))
        return command

    for name in ("serve", "reset", "settings"):
        add(name)
    own = {name: add(name) for name in ("accounts", "rules", "journal")}
    either = own["rules"].add_mutually_exclusive_group()
    for command in (own["accounts"], either, own["journal"]):
        command.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    either.add_argument("--schema", action="store_true", help=say("cli.option.schema", lang))
    workspace_parsers.workspace(own["accounts"], lang)
    for name in ("journal", "reset"):
        workspace_parsers.several(subparsers.choices[name], lang)
    journal = subparsers.choices["journal"]
    journal.add_argument("--follow", action="store_true", help=say("cli.option.follow", lang))
    number, words = between(int, 0, _LAST, lang), say("cli.option.after", lang)
    journal.add_argument("--after", type=number, default=0, metavar="SEQUENCE", help=words)
    _clock(add("clock"), lang)
    rules_parsers.add(subparsers, shared, lang)
    workspace_parsers.add(subparsers, shared, lang)
    return parser


def _settings_options(lang: str) -> Parser:
    """Return every setting as an option; one that is not given leaves no trace, so a later parser undoes no earlier."""
    shared = Parser(lang=lang, add_help=False, allow_abbrev=False, argument_default=argparse.SUPPRESS)
    group = shared.add_argument_group(say("cli.settings_group", lang))
    for knob in KNOBS:
        flag = "--" + knob.name.replace("_", "-")
        words = say(f"settings.help.{knob.name}", lang)
        if knob.type == "bool":
            group.add_argument(flag, dest=knob.name, nargs="?", const="true", metavar="true", help=words)
        else:
            group.add_argument(flag, dest=knob.name, metavar=knob.name.upper(), help=words)
    return shared


def _clock(command: argparse.ArgumentParser, lang: str) -> None:
    """Have the clock move, or be shown where no move is named; either takes the name of a workspace."""
    shared = _settings_options(lang)
    workspace_parsers.several(command, lang)
    moves = command.add_subparsers(dest="move", metavar="move")
    for name in ("show", "set", "advance", "run", "real"):
        move = moves.add_parser(name, parents=[shared], help=say(f"cli.clock.{name}", lang), allow_abbrev=False)
        workspace_parsers.several(move, lang, default=argparse.SUPPRESS)  # so that it undoes none before the move
        if name in {"set", "advance"}:
            move.add_argument("how", metavar="MOMENT" if name == "set" else "SPAN")


def _terminal_lang() -> str:
    """Return the language of the help, before all settings can be read."""
    try:
        return load({}).terminal_lang
    except SettingError:
        return Settings.terminal_lang
