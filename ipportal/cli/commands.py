"""What each command does. A command takes the settings and its own options, and returns an exit code."""

from __future__ import annotations

import json
import time
import unicodedata
from collections import defaultdict
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..clock import iso, parse_moment, parse_span, utc
from ..places import WorkspaceError, birth
from ..portal import MAIN, Portal, assemble
from ..rules.export import form_schema, table
from ..scenarios import in_force, named
from ..settings import KNOBS, STORE, Settings, default_of
from ..store import Unavailable, shown
from ..store.clock import told
from ..wording import say
from .chosen import chooser, filled, heading, in_chosen, in_each, is_pattern, matching, named_line, tell

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from ..store.schema import JournalEntry

__all__ = ["accounts", "clock", "journal", "reset", "rules", "serve", "settings"]

_FOLLOW_SECONDS = 0.3


def serve(settings: Settings, _given: Namespace) -> int:
    """Run the portal until it is told to stop."""
    from .server import run  # noqa: PLC0415 - Flask is half of the start-up time, and only this command needs it

    return run(settings)


def reset(settings: Settings, given: Namespace) -> int:
    """Put all practice data back, while the portal runs or not."""
    from ..workspaces import Workspaces  # noqa: PLC0415 - only this command and those for testers need it

    main = assemble(settings)
    main.tables.backend.prepare()
    house = Workspaces(main)

    def put_back(portal: Portal) -> str:
        # Where no other one is asked for, the one that is there comes back, as the workspace was made.
        kept = in_force(portal).name
        other = "scenario" in settings.origins and settings.scenario != kept
        scenario = house.reset(portal, named(settings.scenario, settings) if other else None)
        return say("cli.reset", settings.terminal_lang, scenario=scenario.name, people=len(scenario.people))

    return in_each(settings, matching(house, given.workspace or MAIN), given.workspace, put_back)


def accounts(settings: Settings, given: Namespace) -> int:
    """List the practice accounts with everything a tester types."""
    scenario = in_force(filled(settings, given.workspace))
    people = [person.published(settings.terminal_lang) for person in scenario.people]
    if given.json:
        print_json(people)
        return 0
    columns = ("key", "account_kind", "basic_user_ids", "identity_prefix", "basic_password")
    more = ("internet_user_id", "internet_password", "situation")
    rows = [[_cell(person[name]) for name in (*columns, *more)] for person in people]
    print_table([heading([*columns, *more], settings.terminal_lang), *rows])
    return 0


def clock(settings: Settings, given: Namespace) -> int:
    """Show the portal's clock, or move it; a running portal follows at once."""
    moment = parse_moment(given.how) if given.move == "set" else None
    span = parse_span(given.how) if given.move == "advance" else None

    def move(portal: Portal) -> str:
        stored = portal.stored_clock
        if moment:
            stored.set(moment)
        elif span is not None:
            stored.advance(span)
        elif given.move == "run":
            stored.run()
        elif given.move == "real":
            stored.follow()
        return told(stored)

    return in_chosen(settings, given.workspace, move)


def rules(settings: Settings, given: Namespace) -> int:
    """List every rule with its source, as a table, as JSON, or as JSON Schema."""
    if given.schema:
        print_json(form_schema())
        return 0
    rows = table(settings.rules)
    if given.json:
        print_json(rows)
        return 0
    lines = [
        [
            str(row["name"]),
            str(row["kind"]),
            " ".join(f"{name}={_cell(value)}" for name, value in row.items() if _says(name, value)),
            str(row["source"]),
        ]
        for row in rows
    ]
    print_table([heading(["rule", "kind", "what", "source"], settings.terminal_lang), *lines])
    return 0


def _says(name: str, value: object) -> bool:
    """Say whether a rule's attribute is worth a word: a figure of 0 is, what does not apply is not."""
    applies = bool(value) or (value == 0 and value is not False)
    return applies and name not in {"name", "kind", "source", "stated"}


def journal(settings: Settings, given: Namespace) -> int:
    """Show the journal; with --follow, go on as entries come, of workspaces too that are made meanwhile."""
    after: defaultdict[tuple[str, str], int] = defaultdict(lambda: given.after)
    several, portals = is_pattern(given.workspace), chooser(settings, given.workspace, use=False)

    def show(portal: Portal) -> str:
        which = portal.name, birth(portal.tables)  # another workspace of the same name counts from the beginning
        for entry in portal.journal.entries(after[which]):
            after[which] = entry.sequence
            tell(_entry(entry, settings.terminal_lang, portal.name if several else "", as_json=given.json))
        return ""

    code = in_each(settings, portals(), given.workspace, show)
    while given.follow:
        time.sleep(_FOLLOW_SECONDS)
        with suppress(*[WorkspaceError] * several):  # there may be others soon
            for portal in portals():
                with suppress(Unavailable):  # busy, or removed: the next look tells
                    if isinstance(portal, Portal):
                        show(portal)
    return code


def settings(settings: Settings, _given: Namespace) -> int:
    """List every setting: its value in force, its default, and where the value came from."""
    lang = settings.terminal_lang
    rows = [heading(["setting", "value", "default", "origin", "help"], lang)]
    for knob in KNOBS:
        value = shown(_cell(getattr(settings, knob.name))) or say("cli.none", lang)
        if knob.metadata.get("secret") and getattr(settings, knob.name):
            value = say("cli.hidden", lang)
        origin = settings.origins.get(knob.name, "default")
        told = say(f"cli.origin.{origin}", lang) if origin in {"default", "environment", "option"} else origin
        default = str(settings.instance / STORE) if knob.name == "store" else _cell(default_of(knob.name))
        rows.append([knob.name, value, default or say("cli.none", lang), told, say(f"settings.help.{knob.name}", lang)])
    print_table(rows)
    return 0


def _entry(entry: JournalEntry, lang: str, workspace: str, *, as_json: bool) -> str:
    told = entry_told(entry)
    if as_json:
        return json.dumps({"workspace": workspace} | told if workspace else told, ensure_ascii=False)
    return named_line(workspace, say("cli.entry", lang, **told).rstrip())


def entry_told(entry: JournalEntry) -> dict[str, Any]:
    """Return an entry of the journal as JSON has it."""
    return asdict(entry) | {"portal_time": iso(entry.portal_time), "real_time": utc(entry.real_time)}


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    if isinstance(value, bool):
        return json.dumps(value)  # as TOML has it too
    return "" if value is None else str(value)


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Print a value as JSON."""
    tell(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(rows: Iterable[list[str]]) -> None:
    """Print columns that line up; a Chinese character takes two places."""
    kept = list(rows)
    widths = [max(width(row[at]) for row in kept) for at in range(len(kept[0]))]
    for row in kept:
        tell("  ".join(cell + " " * (most - width(cell)) for cell, most in zip(row, widths, strict=True)).rstrip())


def width(text: str) -> int:
    """Return how many places a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
