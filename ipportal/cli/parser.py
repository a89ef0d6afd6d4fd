"""argparse that names what was probably meant, and leaves the settings out of each usage."""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn

from ..settings import KNOBS
from ..wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMES = {knob.name for knob in KNOBS}


class _Formatter(argparse.HelpFormatter):
    """Leaves the settings, which every command takes, out of its usage; the help lists them below."""

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, [each for each in actions if each.dest not in NAMES], groups, prefix)


class Parser(argparse.ArgumentParser):
    """Names the nearest known option, command or choice where one is not known."""

    def __init__(self, *words: Any, lang: str, **options: Any) -> None:  # noqa: ANN401 - whatever a parser takes
        super().__init__(*words, **options | {"formatter_class": _Formatter})
        self._lang = lang
        self.set_defaults(parser=self)
        self._negative_number_matcher = re.compile(r"-[0-9][0-9dhms]*\Z")  # a span such as -1h is no option

    def add_subparsers(self, **options: Any) -> Any:  # noqa: ANN401 - as above
        """Return what adds commands or parts, each with a parser like this one."""
        return super().add_subparsers(**options | {"parser_class": partial(Parser, lang=self._lang)})

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End, once all that was said has gone."""
        sys.stdout.flush()  # while it is still noticed that nobody can read the help
        super().exit(status, message)

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong, with the nearest known option where one is not known, and end."""
        words = message.replace("\uff1a", ": ").split()
        told = [word.partition("=")[0] for word in words if re.fullmatch("--.*[^:]", word)]
        unknown = [word for word in told if word not in self.options]
        nearest = self.nearest(unknown[0]) if unknown else []
        super().error(say("cli.usage.near", self._lang, message=message, nearest=nearest[0]) if nearest else message)

    @property
    def options(self) -> dict[str, argparse.Action]:
        """Return the options that are known, by their names."""
        return self._option_string_actions

    def nearest(self, option: str) -> list[str]:
        """Return the known option that is nearest to one, or nothing where none is near."""
        return difflib.get_close_matches(option, self.options, 1, 0.7)

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Return what is given and what is not known, as argparse does; the words are kept for a refusal."""
        self._words = args or ()
        return super().parse_known_args(args, namespace)

    def _check_value(self, action: argparse.Action, value: str) -> None:
        known = [str(each) for each in action.choices or ()]
        if known and value not in known and not action.option_strings:
            self._look_before(value)
        if known and value not in known and (nearest := difflib.get_close_matches(value, known, 1)):
            raise argparse.ArgumentError(
                action, say("cli.usage.choice", self._lang, value=repr(value), nearest=nearest[0])
            )
        super()._check_value(action, value)

    def _look_before(self, value: str) -> None:
        """Refuse an option that is not known before a word: the word was meant as its value, not as a choice."""
        for option, word in pairwise(self._words):
            if word == value and re.fullmatch("--?[A-Za-z][^=]*", option) and option not in self.options:
                self._unknown(option, value)

    def _unknown(self, option: str, value: str) -> NoReturn:
        """Refuse an option with the nearest one of this command, or of a part of it, after which it may stand."""
        parsers = [self]
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - it has no public name
                parsers += action.choices.values()
        known = {name: parser for parser in reversed(parsers) for name in parser.options}
        near = difflib.get_close_matches(option, known, 1, 0.7)
        knowing = known[near[0]] if near else self
        if near == [option]:
            told = say("cli.usage.options_after", self._lang, command=knowing.prog, words=option)
            argparse.ArgumentParser.error(knowing, told)
        knowing.error(say("cli.usage.unrecognized", self._lang, words=f"{option} {value}"))
