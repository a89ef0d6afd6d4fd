"""Scenarios: filling a store with what a portal starts with, once or anew."""

from __future__ import annotations

import difflib
import re
import secrets
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import seeds
from .clock import parse_moment
from .people import DEFAULT, EMPTY, INLINE, Person, Scenario, parse, read
from .places import IDENTITY, NAME
from .portal import SCENARIO, Portal, assemble
from .settings import Settings, load
from .staging import set_up
from .store import MEMORY, Sqlite, Tables
from .store.schema import Fact
from .vetting import UNSHOWN, ScenarioError

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "DEFAULT",
    "INLINE",
    "Person",
    "Scenario",
    "ScenarioError",
    "again",
    "cookie_key",
    "fill",
    "in_force",
    "named",
    "names",
    "open_portal",
    "read",
    "seed",
]

_stores: dict[tuple[str, str], Sqlite] = {}
_making = threading.Lock()
_COOKIE_KEY = "cookie_key"
_KEPT = (_COOKIE_KEY, "workspace")  # the facts that a reset leaves alone


def in_force(portal: Portal) -> Scenario:
    """Return the scenario that a portal was filled with, or the one of its settings where it has not been filled."""
    kept = portal.tables.recall(SCENARIO)
    if not kept:
        return named(portal.settings.scenario, portal.settings)
    if "text" not in kept:
        return read(kept["name"])
    # Earlier versions let in what is refused now: whoever has filled a portal with it is not locked out.
    return parse(kept["name"], re.sub(f"[{UNSHOWN}]", "", kept["text"]), vetted=True)


def named(name: str, settings: Settings) -> Scenario:
    """Return a scenario: a shipped one, one of the instance folder's `scenarios/` by its name, or a file's."""
    path = _file(name, settings)
    if path is None and name not in {DEFAULT, EMPTY} and not Path(name).exists():
        nearest = difflib.get_close_matches(name, known := names(settings), len(known), 0)
        raise ScenarioError("file", name, "named", accepted=tuple(nearest))
    return replace(read(str(path)), name=name) if path else read(name)


def names(settings: Settings) -> list[str]:
    """Return the names of the scenarios that there are: the shipped ones, and the instance folder's."""
    files = (settings.instance / "scenarios").glob("*.toml")
    return [DEFAULT, EMPTY, *sorted(file.stem for file in files if file.is_file())]


def _file(name: str, settings: Settings) -> Path | None:
    """Return the file of a scenario, or None where it has none now."""
    if name in {DEFAULT, EMPTY, INLINE}:
        return None
    shelved = settings.instance / "scenarios" / f"{name}.toml"
    path = shelved if re.fullmatch(NAME, name) and shelved.is_file() else Path(name)
    return path if path.is_file() else None


def again(portal: Portal) -> Scenario:
    """Return the scenario that a portal was filled with, read anew where its file is still there.

    It has the time and the CAPTCHA that a workspace which was made with it was given besides. Raise `ScenarioError`
    where that file cannot be used any more: nobody is to take the old lesson for the new one.
    """
    kept, made = in_force(portal), portal.tables.recall(IDENTITY)
    scenario = named(kept.name, portal.settings) if _file(kept.name, portal.settings) else kept
    if made.get("scenario") != scenario.name:
        return scenario
    stage = scenario.stage
    if made["now"]:
        stage = replace(stage, now=parse_moment(made["now"]))
    if made["captcha"] and not portal.settings.public:
        stage = replace(stage, captcha=made["captcha"])
    return replace(scenario, stage=stage)


def open_portal(settings: Settings | None = None) -> Portal:
    """Return the portal that *settings* name (else environment and file), its store prepared, and filled if new."""
    portal = assemble(settings or load())
    fill(portal)
    return portal


def fill(portal: Portal) -> Scenario | None:
    """Prepare the store of a portal and fill it if it is new; return the scenario if it was."""
    portal.tables.backend.prepare()
    return seed(portal)


def seed(
    portal: Portal, scenario: Scenario | None = None, *, anew: bool = False, now: datetime | None = None
) -> Scenario | None:
    """Fill a store that has not been filled; with *anew*, empty it first. Return the scenario, or None if it was full.

    With *now*, the clock is then frozen at that moment, instead of where the scenario has it.

    The hashes are made before the one transaction, so a running portal goes from the old state to the new at once.
    """
    if not anew and portal.tables.recall(SCENARIO):
        return None
    scenario = scenario or named(portal.settings.scenario, portal.settings)
    rows = seeds.image(scenario, portal.settings)
    with portal.tables.atomic():
        if not anew and portal.tables.recall(SCENARIO):
            return None
        kept = [fact for name in _KEPT if (fact := portal.tables.facts.get(name))]
        portal.tables.clear(but={"checkpoints"})
        for fact in kept:
            portal.tables.facts.insert(fact)
        if not cookie_key(portal.tables):
            give_key(portal.tables)
        portal.tables.facts.insert(Fact(SCENARIO, _named(scenario)))
        seeds.put(portal.tables, rows)
        set_up(portal, scenario.stage, now)
        portal.journal.note("reset" if anew else "seed", scenario.title)
    return scenario


def seed_store(scenario: Scenario, settings: Settings) -> Sqlite:
    """Return a store in memory that holds the scenario without dates; made once in a process, only to be copied."""
    rows = seeds.image(scenario, settings)
    key = (scenario.name, seeds.digest(scenario, settings))
    with _making:
        if made := _stores.get(key):
            return made
        made = Sqlite(MEMORY)
        made.prepare()
        tables = Tables(made)
        with tables.atomic():
            tables.facts.insert(Fact(SCENARIO, _named(scenario)))
            seeds.put(tables, rows)
        seeds.keep(_stores, key, made)
    return made


def _named(scenario: Scenario) -> dict[str, str]:
    """Return what a store remembers of its scenario: its name, and the text of one that is not shipped."""
    return {"name": scenario.name} | ({} if scenario.name in {DEFAULT, EMPTY} else {"text": scenario.text})


def give_key(tables: Tables) -> None:
    """Give a new store the secret that signs its cookies."""
    tables.facts.insert(Fact(_COOKIE_KEY, {"key": secrets.token_urlsafe(32)}))


def cookie_key(tables: Tables) -> str:
    """Return the secret that signs the cookies of this store."""
    return str(tables.recall(_COOKIE_KEY).get("key", ""))
