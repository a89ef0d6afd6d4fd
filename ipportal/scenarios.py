"""Scenarios: filling a store with what a portal starts with, once or anew."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from .clock import parse_moment
from .flows.base import fold
from .flows.passwords import Hasher
from .people import DEFAULT, Person, Scenario, ScenarioError, read
from .portal import Portal, assemble
from .rules import FIGURE
from .settings import Settings, load
from .store.schema import Account, CancelledId, Fact, Link, Notice, PastPassword, User

if TYPE_CHECKING:
    from datetime import datetime

    from .store import Tables

__all__ = [
    "DEFAULT",
    "Person",
    "Scenario",
    "ScenarioError",
    "cookie_key",
    "fill",
    "in_force",
    "open_portal",
    "read",
    "seed",
]

_COOKIE_KEY = "cookie_key"


def in_force(tables: Tables, wanted: str) -> Scenario:
    """Return the scenario that the store was filled with, or the wanted one where it has not been filled."""
    fact = tables.facts.get("scenario")
    return read(fact.value["name"] if fact else wanted)


def open_portal(settings: Settings | None = None) -> Portal:
    """Return the portal that *settings* name (else environment and file), its store prepared, and filled if new."""
    portal = assemble(settings or load())
    fill(portal)
    return portal


def fill(portal: Portal) -> Scenario | None:
    """Prepare the store of a portal and fill it if it is new; return the scenario if it was."""
    portal.tables.backend.prepare()
    return seed(portal)


def seed(portal: Portal, *, anew: bool = False) -> Scenario | None:
    """Fill a store that has not been filled; with *anew*, empty it first. Return the scenario, or None if it was full.

    The hashes are made before the one transaction, so a running portal goes from the old state to the new at once.
    """
    if not anew and portal.tables.facts.get("scenario"):
        return None
    scenario = read(portal.settings.scenario)
    rows = _rows(scenario, portal)
    with portal.tables.atomic():
        if not anew and portal.tables.facts.get("scenario"):
            return None
        kept = portal.tables.facts.get(_COOKIE_KEY)
        portal.tables.clear()
        portal.tables.facts.insert(kept or Fact(_COOKIE_KEY, {"key": secrets.token_urlsafe(32)}))
        portal.tables.facts.insert(Fact("scenario", {"name": scenario.name}))
        for row in rows:
            getattr(portal.tables, _TABLES[type(row)]).insert(row)
        portal.journal.note("reset" if anew else "seed", scenario.name)
    return scenario


def cookie_key(tables: Tables) -> str:
    """Return the secret that signs the cookies of this store."""
    fact = tables.facts.get(_COOKIE_KEY)
    return str(fact.value["key"]) if fact else ""


_TABLES: dict[type, str] = {
    Account: "accounts",
    CancelledId: "cancelled_ids",
    Link: "links",
    Notice: "notices",
    PastPassword: "past_passwords",
    User: "users",
}


def _rows(scenario: Scenario, portal: Portal) -> list[Any]:
    """Return every row of the scenario; bcrypt lets go of the interpreter, so people are hashed side by side."""
    now = portal.stored_clock.real.now()
    hasher = Hasher(portal.settings.bcrypt_cost)
    free_at = now + timedelta(days=portal.settings.cancelled_id_days)
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only a new store needs it

    with ThreadPoolExecutor() as pool:
        made = pool.map(lambda person: _person_rows(person, hasher, now, free_at), scenario.people)
        return [row for rows in made for row in rows] + list(scenario.notices)


def _person_rows(person: Person, hasher: Hasher, now: datetime, free_at: datetime) -> list[Any]:
    rows: list[Any] = []
    for position, basic_user_id in enumerate(person.basic_user_ids, 1):
        rows += _account_rows(person, basic_user_id, position, hasher)
    if person.internet_user_id is None or person.internet_password is None:
        return rows
    folded = fold(person.internet_user_id)
    if person.cancelled:
        return [*rows, CancelledId(folded, free_at)]
    last = parse_moment(person.last_login) if person.last_login else None
    locked = person.locked == "internet"
    password_hash = hasher.hash(person.internet_password)
    rows.append(User(folded, person.internet_user_id, password_hash, last or now, last, locked=locked))
    return rows + [Link(each, folded, position) for position, each in enumerate(person.basic_user_ids, 1)]


def _account_rows(person: Person, basic_user_id: str, position: int, hasher: Hasher) -> list[Any]:
    """Return an account with its history; only the primary one has changed its password and has a past."""
    current = hasher.hash(person.basic_password)
    rows: list[Any] = [
        Account(
            basic_user_id,
            person.key,
            person.account_kind,
            person.identity_prefix,
            person.names,
            current,
            issued=person.issued or position > 1,
            locked=person.locked == "basic",
        )
    ]
    if position == 1:
        past = list(reversed(person.past_basic_passwords[: FIGURE["password_history"].value]))
        rows += [PastPassword(basic_user_id, at, hasher.like(each, current)) for at, each in enumerate(past, 1)]
    return rows
