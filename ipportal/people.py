"""Who a portal starts with: the people, companies and notices of a scenario file, read and judged."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from .clock import TimeError, parse_moment
from .flows.account import TOPICS
from .flows.base import fold
from .rules import CATALOGUE, FIGURE, problem
from .settings import LANGUAGES
from .store.schema import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DEFAULT = "default"
INVENTED = "99"  # no real basic user ID starts so; nothing else is let into a store


class ScenarioError(Exception):
    """A scenario that cannot be used: `code` (file, unknown, value, words, invented) and where it is wrong."""

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
    path = Path(__file__).with_name("scenarios.toml") if name == DEFAULT else Path(name)
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise ScenarioError("file", str(path)) from fault
    if unknown := sorted(set(found) - {"people", "notices"}):
        raise ScenarioError("unknown", unknown[0])
    scenario = Scenario(name, _rows_of(found, "people", Person), _rows_of(found, "notices", Notice))
    _judge(scenario)
    return scenario


R = TypeVar("R", Person, Notice)


def _rows_of(found: Mapping[str, Any], name: str, kind: type[R]) -> tuple[R, ...]:
    """Return the records of one array of the file, each field of the type that the record declares."""
    rows = found.get(name, [])
    if not isinstance(rows, list):
        raise ScenarioError("value", name)
    return tuple(_record(kind, row, f"{name}[{at}]") for at, row in enumerate(rows))


def _record(kind: type[R], row: object, where: str) -> R:
    hints = get_type_hints(kind)
    if not isinstance(row, dict):
        raise ScenarioError("value", where)
    for name, value in row.items():
        if name not in {knob.name for knob in fields(kind)}:
            raise ScenarioError("unknown", f"{where}.{name}")
        if not _SHAPES[hints[name]](value):
            raise ScenarioError("value", f"{where}.{name}")
    if missing := [knob.name for knob in fields(kind) if knob.name not in row and _required(knob)]:
        raise ScenarioError("value", f"{where}.{missing[0]}")
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return kind(**values)


def _required(knob: Field[Any]) -> bool:
    return knob.default is MISSING and knob.default_factory is MISSING


def _is_words(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(word, str) for word in value.values())


_SHAPES: dict[object, Callable[[object], bool]] = {
    str: lambda value: isinstance(value, str),
    str | None: lambda value: isinstance(value, str),
    bool: lambda value: isinstance(value, bool),
    tuple[str, ...]: lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
    dict[str, str]: _is_words,
}


def _judge(scenario: Scenario) -> None:
    """Hold a scenario against the same rules that visitors meet, and against itself."""
    for person in scenario.people:
        _judge_person(person)
    for notice in scenario.notices:
        _judge_notice(notice)
    for name, values in (
        ("key", [person.key for person in scenario.people]),
        ("basic_user_ids", [each for person in scenario.people for each in person.basic_user_ids]),
        ("internet_user_id", [fold(person.internet_user_id) for person in scenario.people if person.internet_user_id]),
        ("reference", [notice.reference for notice in scenario.notices]),
    ):
        if len(values) != len(set(values)):
            raise ScenarioError("value", name)


def _judge_person(person: Person) -> None:
    typed = [("account_kind", person.account_kind), ("identity_prefix", person.identity_prefix)]
    typed += [("basic_user_id", each) for each in person.basic_user_ids]
    typed += [("basic_password", each) for each in (person.basic_password, *person.past_basic_passwords)]
    if person.internet_user_id is not None or person.internet_password is not None:
        typed.append(("internet_user_id", person.internet_user_id or ""))
        typed.append(("internet_password", person.internet_password or ""))
    for name, value in typed:
        if problem(CATALOGUE[name], value):
            raise ScenarioError("value", f"{person.key}.{name}")
    if not all(each.startswith(INVENTED) for each in person.basic_user_ids):
        raise ScenarioError("invented", person.key)
    if set(person.names) != set(LANGUAGES) or set(person.situation) != set(LANGUAGES):
        raise ScenarioError("words", person.key)
    for name, fits in (
        ("identity_prefix", person.identity_prefix == person.identity_prefix.upper()),
        ("basic_user_ids", 1 <= len(person.basic_user_ids) <= FIGURE["linked_accounts"].value),
        ("past_basic_passwords", person.basic_password not in person.past_basic_passwords),
        ("locked", person.locked in {"", "internet", "basic"}),
        ("last_login", not person.last_login or _is_moment(person.last_login)),
    ):
        if not fits:
            raise ScenarioError("value", f"{person.key}.{name}")


def _judge_notice(notice: Notice) -> None:
    if set(notice.subject) != set(LANGUAGES) or set(notice.body) != set(LANGUAGES):
        raise ScenarioError("words", notice.reference)
    if notice.topic not in TOPICS:
        raise ScenarioError("value", f"{notice.reference}.topic")
    if not re.fullmatch("[A-Za-z0-9-]{1,40}", notice.reference):
        raise ScenarioError("value", f"{notice.reference[:40]}.reference")
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", notice.published_on):
        raise ScenarioError("value", f"{notice.reference}.published_on")


def _is_moment(text: str) -> bool:
    try:
        parse_moment(text)
    except TimeError:
        return False
    return True
