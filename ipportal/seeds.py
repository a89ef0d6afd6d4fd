"""Seed images: the rows of a scenario, hashed once for a scenario and a cost, and copied ever after."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from . import durable
from .clock import EARLIEST, LATEST, parse_moment
from .flows.base import fold
from .flows.passwords import Hasher
from .rules import FIGURE
from .store import MEMORY
from .store.columns import columns, pack
from .store.schema import Account, CancelledId, Link, Notice, PastPassword, User

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from .people import Person, Scenario
    from .settings import Settings
    from .store import Tables

K = TypeVar("K")
V = TypeVar("V")
Image = dict[str, list[list[Any]]]
"""Rows as the database keeps them, by table. Moments that depend on the day of filling are left at the earliest."""

_made: dict[str, Image] = {}
_MOST = 64  # images kept in a process, and in the instance folder


def image(scenario: Scenario, settings: Settings) -> Image:
    """Return the scenario's image: from this process, from the instance folder, or made now and kept in both."""
    name = digest(scenario, settings)
    if made := _made.get(name):
        return made
    path = settings.instance / "images" / f"{name}.json"
    made = _read(path)
    if not made:
        made = _make(scenario, settings.bcrypt_cost)
        if settings.store != MEMORY:
            _keep(path, made)
    keep(_made, name, made)
    return made


def digest(scenario: Scenario, settings: Settings) -> str:
    """Return the name of the image: another text, hash cost or schema makes another."""
    columns_now = {kind.__name__: list(columns(kind)) for kind in _TABLES}
    told = json.dumps([scenario.text, settings.bcrypt_cost, columns_now])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def keep(shelf: dict[K, V], name: K, made: V) -> None:
    """Keep a thing under its name, and let go of the oldest where there are many."""
    shelf[name] = made
    while len(shelf) > _MOST:
        shelf.pop(next(iter(shelf)), None)


def put(tables: Tables, rows: Image) -> None:
    """Write an image into empty tables; call it inside `atomic()`, and `date` after it."""
    for name, kept in rows.items():
        tables.by_name[name].load(map(tuple, kept))


def date(tables: Tables, now: datetime, cancelled_id_days: int) -> None:
    """Give the rows of an image their dates, as if it had been made *now*; call it inside `atomic()`."""
    free_at = min(now + timedelta(days=cancelled_id_days), LATEST)
    for held in tables.cancelled_ids.where():
        tables.cancelled_ids.update(held.folded_id, free_at=free_at)
    for user in tables.users.where(registered_at=EARLIEST):
        tables.users.update(user.folded_id, registered_at=now)


def _make(scenario: Scenario, cost: int) -> Image:
    made: Image = {name: [] for name in _TABLES.values()}
    for record in _records(scenario, cost):
        made[_TABLES[type(record)]].append([pack(getattr(record, name)) for name in columns(type(record))])
    return made


def _read(path: Path) -> Image:
    """Return the image in a file; one that is absent or cannot be read is made anew."""
    try:
        kept: Image = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return kept


def _keep(path: Path, made: Image) -> None:
    """Keep an image for other processes; a folder that cannot be written to costs only time."""
    if not path.parents[1].is_dir():  # an instance folder that has gone is not to be made anew, empty
        return
    with suppress(OSError):
        durable.put(path, json.dumps(made).encode())
        for old in sorted(path.parent.glob("*.json"), key=lambda each: each.stat().st_mtime)[:-_MOST]:
            old.unlink()


_TABLES: dict[type, str] = {
    Account: "accounts",
    CancelledId: "cancelled_ids",
    Link: "links",
    Notice: "notices",
    PastPassword: "past_passwords",
    User: "users",
}


def _records(scenario: Scenario, cost: int) -> list[Any]:
    """Return every record of the scenario; bcrypt lets go of the interpreter, so people are hashed side by side."""
    hasher = Hasher(cost)
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only a new scenario needs it

    with ThreadPoolExecutor() as pool:
        made = pool.map(lambda person: _person_rows(person, hasher), scenario.people)
        return [row for rows in made for row in rows] + list(scenario.notices)


def _person_rows(person: Person, hasher: Hasher) -> list[Any]:
    rows: list[Any] = []
    for position, basic_user_id in enumerate(person.basic_user_ids, 1):
        rows += _account_rows(person, basic_user_id, position, hasher)
    if person.internet_user_id is None or person.internet_password is None:
        return rows
    folded = fold(person.internet_user_id)
    if person.cancelled:
        return [*rows, CancelledId(folded, EARLIEST)]
    last = parse_moment(person.last_login) if person.last_login else None
    locked = person.locked == "internet"
    password_hash = hasher.hash(person.internet_password)
    rows.append(User(folded, person.internet_user_id, password_hash, last or EARLIEST, last, locked=locked))
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
