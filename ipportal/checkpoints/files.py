"""The checkpoint file: a portal's rows as JSON text that can be shared, and is read with suspicion."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..clock import iso
from ..flows.captcha import CHOICE, DRAWS
from ..flows.suspension import SUSPENSION
from ..people import DEFAULT, EMPTY, INLINE
from ..portal import SCENARIO
from ..scenarios import in_force
from ..store import CLOCK
from ..store.columns import columns, pack
from ..vetting import CheckpointError, is_moment
from .suspicion import Rows, judge
from .visits import ids_fit, visit_fits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..portal import Portal
    from ..store import Tables
    from ..store.schema import Record

FORMAT, VERSION = "ipportal-checkpoint", 1
_HIGHEST = 2**40  # a number that no portal reaches by itself
LARGEST = 16 * 1024 * 1024  # bytes of a file that is sent

# Pictures, links and other checkpoints stay behind, and of the facts what belongs to the server or makes faults.
LEFT_BEHIND = frozenset({"challenges", "tickets", "checkpoints"})
STAYING_FACTS = frozenset({"cookie_key", "workspace", "access_tries"})
TAKEN_FACTS = frozenset({SCENARIO, CLOCK, CHOICE, DRAWS, SUSPENSION})


@dataclass(frozen=True)
class File:
    """A checkpoint that has been read: its rows by table, the ids of the visit it opens, and the screen's path."""

    rows: Rows
    cookie: dict[str, str]
    path: str


def write(portal: Portal, cookie: Mapping[str, str], path: str) -> str:
    """Return the checkpoint file of a portal as it is now."""
    tables = portal.tables
    with tables.atomic():  # so that no row is of another moment
        rows = {name: table.dump() for name, table in tables.by_name.items() if name not in LEFT_BEHIND}
        rows["facts"] = _facts(portal)
    told = {
        "format": FORMAT,
        "version": VERSION,
        "saved_at": iso(portal.stored_clock.real.now()),
        "cookie": dict(cookie),
        "path": path,
        "columns": layout(tables),
        "tables": rows,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read(text: str, tables: Tables) -> File:
    """Read a checkpoint file that may be old, broken or hostile; raise `CheckpointError` saying why it is refused."""
    found = _json(text)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise CheckpointError("format", FORMAT)
    if found.get("version") != VERSION or type(found["version"]) is not int:  # in JSON `true` and `1.0` equal 1 too
        raise CheckpointError("version", str(VERSION))
    if set(found) != {"format", "version", "saved_at", "cookie", "path", "columns", "tables"}:
        raise CheckpointError("keys", "format version saved_at cookie path columns tables")
    if found["columns"] != layout(tables):
        raise CheckpointError("columns", " ".join(layout(tables)))
    if not visit_fits(found["cookie"], found["path"]):
        raise CheckpointError("visit", "")
    if not isinstance(found["saved_at"], str) or not is_moment(found["saved_at"]):
        raise CheckpointError("row", "saved_at")
    rows = judge(found["tables"], _kinds(tables))
    if not ids_fit(found["cookie"], rows):
        raise CheckpointError("visit", "")
    rows["journal"] = _counted_low(rows["journal"], found["columns"]["journal"].index("sequence"))
    return File(rows, found["cookie"], found["path"])


def _counted_low(rows: list[list[Any]], at: int) -> list[list[Any]]:
    """Return the entries of a journal, counted from 1 where their numbers leave those to come no room."""
    if all(row[at] <= _HIGHEST for row in rows):
        return rows
    in_order = sorted(rows, key=lambda row: row[at])
    return [[*row[:at], number, *row[at + 1 :]] for number, row in enumerate(in_order, 1)]


def put(file: File, tables: Tables) -> None:
    """Put the rows of a file in place of a portal's own, in one commit."""
    with tables.atomic():
        for fact in tables.facts.where():
            if fact.name not in STAYING_FACTS:
                tables.facts.delete(name=fact.name)
        tables.clear(but={"facts", "checkpoints"})
        for name, rows in file.rows.items():
            tables.by_name[name].load(map(tuple, rows))


def layout(tables: Tables) -> dict[str, list[str]]:
    """Return the columns of each table in the file, in order: a file of another layout is of another version."""
    return {name: list(columns(kind)) for name, kind in _kinds(tables).items()}


def _kinds(tables: Tables) -> dict[str, type[Record]]:
    return {name: table.record for name, table in tables.by_name.items() if name not in LEFT_BEHIND}


def _facts(portal: Portal) -> list[tuple[Any, ...]]:
    """Return the facts that go with a checkpoint; a scenario's file goes as text, since the next machine lacks it."""
    scenario = in_force(portal)
    named = {"name": scenario.name} if scenario.name in {DEFAULT, EMPTY} else {"name": INLINE, "text": scenario.text}
    kept = {fact.name: fact.value for fact in portal.tables.facts.where() if fact.name in TAKEN_FACTS}
    return [(name, pack(value)) for name, value in sorted((kept | {SCENARIO: named}).items())]


def _json(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise CheckpointError("json", "") from fault
