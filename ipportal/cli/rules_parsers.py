"""How the commands about rules are written: vectors, conform, messages, rules diff and rules coverage."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ..wording import say
from . import rules_commands
from .ranges import between

if TYPE_CHECKING:
    from argparse import ArgumentParser

    Subparsers = argparse._SubParsersAction[Any]  # noqa: SLF001 - it has no public name

FORMATS = ("pytest", "csv", "json", "junit-template")
_PATIENCE = 5.0


def add(subparsers: Subparsers, shared: ArgumentParser, lang: str) -> None:
    """Add `vectors`, `conform` and `messages`, and to `rules`, which goes on without either, `diff` and `coverage`."""
    _vectors(subparsers, shared, lang)
    _conform(subparsers, shared, lang)
    words = say("cli.option.json", lang)
    _part(subparsers, "messages", shared, lang).add_argument("--json", action="store_true", help=words)
    parts = subparsers.choices["rules"].add_subparsers(metavar="part")
    for part in (_diff(parts, shared, lang), _coverage(parts, shared, lang)):
        # Without a default of its own, so that `rules --json diff` and `rules diff --json` are the same.
        part.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=words)


def _vectors(subparsers: Subparsers, shared: ArgumentParser, lang: str) -> None:
    words = say("conform.command.vectors", lang)
    vectors = subparsers.add_parser("vectors", parents=[shared], help=words, description=words, allow_abbrev=False)
    parts = vectors.add_subparsers(required=True, metavar="part")
    part = _part(parts, "export", shared, lang)
    part.add_argument("--format", choices=FORMATS, required=True, help=say("conform.option.format", lang))
    _rules(part, lang)
    part.add_argument("--output", metavar="FILE", help=say("conform.option.output", lang))
    part.add_argument("--force", action="store_true", help=say("conform.option.force", lang))


def _conform(subparsers: Subparsers, shared: ArgumentParser, lang: str) -> None:
    command = _part(subparsers, "conform", shared, lang)
    asked = command.add_mutually_exclusive_group(required=True)
    asked.add_argument("--adapter", metavar="MODULE:FUNCTION", help=say("conform.option.adapter", lang))
    asked.add_argument("--url", metavar="URL", help=say("conform.option.url", lang))
    _rules(command, lang)
    command.add_argument("--json", metavar="FILE", help=say("conform.option.json_file", lang))
    command.add_argument("--junit", metavar="FILE", help=say("conform.option.junit", lang))
    words = say("conform.option.timeout", lang)
    command.add_argument(
        "--timeout", type=between(float, 0.001, 3600, lang), default=_PATIENCE, metavar="SECONDS", help=words
    )


def _diff(parts: Subparsers, shared: ArgumentParser, lang: str) -> ArgumentParser:
    diff = _part(parts, "diff", shared, lang)
    diff.add_argument("old", metavar="OLD", help=say("conform.option.old", lang))
    diff.add_argument("new", metavar="NEW", help=say("conform.option.new", lang))
    return diff


def _coverage(parts: Subparsers, shared: ArgumentParser, lang: str) -> ArgumentParser:
    coverage = _part(parts, "coverage", shared, lang)
    coverage.add_argument("file", nargs="*", metavar="FILE", help=say("conform.option.file", lang))
    words = say("conform.option.fail_under", lang)
    coverage.add_argument("--fail-under", type=between(float, 0, 100, lang), default=0, metavar="PERCENT", help=words)
    return coverage


def _part(parts: Subparsers, name: str, shared: ArgumentParser, lang: str) -> ArgumentParser:
    words = say(f"conform.command.{name}", lang)
    part: ArgumentParser = parts.add_parser(name, parents=[shared], help=words, description=words, allow_abbrev=False)
    part.set_defaults(run=getattr(rules_commands, name))
    return part


def _rules(part: ArgumentParser, lang: str) -> None:
    words = say("conform.option.rule", lang)
    part.add_argument("--rule", nargs="+", action="extend", default=[], metavar="NAME", help=words)
