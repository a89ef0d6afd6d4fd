"""Scenarios: the people, companies and notices that a portal starts with, published with their passwords."""

from __future__ import annotations

import secrets
import tomllib
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .flows.base import fold
from .flows.passwords import Hasher
from .portal import Portal, assemble
from .rules import CATALOGUE, FIGURE, problem
from .settings import LANGUAGES, Settings, load
from .store.schema import Account, CancelledId, Fact, Link, Notice, PastPassword, User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .store import Tables

DEFAULT = "default"
INVENTED = "99"  # no real basic user ID starts so; nothing else is let into a store
_COOKIE_KEY = "cookie_key"


class ScenarioError(Exception):
    """A scenario that cannot be used: `code` (file, unknown, value, words) and where it is wrong."""

    def __init__(self, code: str, where: str) -> None:
        super().__init__(code, where)
        self.code, self.where = code, where


@dataclass(frozen=True)
class Person:
    """A holder with one to four accounts, and the situation they are there to rehearse."""

    key: str
    situation: dict[str, str]
    names: dict[str, str]
    account_kind: str
    identity_prefix: str
    basic_user_ids: tuple[str, ...]
    basic_password: str
    internet_user_id: str | None = None
    internet_password: str | None = None
    issued: bool = True
    past_basic_passwords: tuple[str, ...] = ()
    last_login: str = ""
    locked: str = ""
    cancelled: bool = False

    def published(self, lang: str) -> dict[str, Any]:
        """Return what a tester may know of this person, as `ipportal accounts --json` prints it."""
        return {
            "key": self.key,
            "situation": self.situation[lang],
            "account_kind": self.account_kind,
            "basic_user_ids": list(self.basic_user_ids),
            "identity_prefix": self.identity_prefix,
            "basic_password": self.basic_password,
            "internet_user_id": self.internet_user_id,
            "internet_password": self.internet_password,
            "past_basic_passwords": list(self.past_basic_passwords),
            "names": self.names,
        }


@dataclass(frozen=True)
class Scenario:
    """What a store is filled with."""

    name: str
    people: tuple[Person, ...]
    notices: tuple[Notice, ...] = field(default=())


def read(name: str) -> Scenario:
    """Read the default scenario, or the one in the TOML file *name*; raise `ScenarioError` naming the fault."""
    path = Path(__file__).with_suffix(".toml") if name == DEFAULT else Path(name)
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ScenarioError("file", str(path)) from fault
    people = tuple(_record(Person, row, f"people[{at}]") for at, row in enumerate(found.get("people", [])))
    notices = tuple(_record(Notice, row, f"notices[{at}]") for at, row in enumerate(found.get("notices", [])))
    for person in people:
        _judge(person)
    held = [basic_user_id for person in people for basic_user_id in person.basic_user_ids]
    if len(held) != len(set(held)):
        raise ScenarioError("value", "basic_user_ids")
    return Scenario(name, people, notices)


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
    last = datetime.fromisoformat(person.last_login) if person.last_login else None
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


def _record(kind: type[Any], row: Mapping[str, Any], where: str) -> Any:  # noqa: ANN401 - a row of either kind
    known = {knob.name for knob in fields(kind)}
    if unknown := sorted(set(row) - known):
        raise ScenarioError("unknown", f"{where}.{unknown[0]}")
    try:
        return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
    except TypeError as fault:
        raise ScenarioError("value", where) from fault


def _judge(person: Person) -> None:
    """Hold a person against the same rules that visitors meet."""
    typed = [("account_kind", person.account_kind), ("identity_prefix", person.identity_prefix)]
    typed += [("basic_user_id", each) for each in person.basic_user_ids]
    typed += [("basic_password", each) for each in (person.basic_password, *person.past_basic_passwords)]
    if person.internet_user_id is not None:
        typed += [("internet_user_id", person.internet_user_id), ("internet_password", person.internet_password or "")]
    for name, value in typed:
        if problem(CATALOGUE[name], value):
            raise ScenarioError("value", f"{person.key}.{name}")
    if not all(each.startswith(INVENTED) for each in person.basic_user_ids):
        raise ScenarioError("invented", person.key)
    if not 1 <= len(person.basic_user_ids) <= FIGURE["linked_accounts"].value:
        raise ScenarioError("value", f"{person.key}.basic_user_ids")
    if set(person.names) != set(LANGUAGES) or set(person.situation) != set(LANGUAGES):
        raise ScenarioError("words", person.key)
