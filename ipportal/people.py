"""Who a portal starts with: the people, companies and notices of a scenario file, read and judged."""

from __future__ import annotations

import re
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from .given import plain
from .staging import NAMES as STAGED
from .staging import Stage
from .staging import read as stage
from .store.schema import Notice
from .toml import NoToml
from .toml import parse as toml
from .vetting import ScenarioError, vet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DEFAULT, EMPTY = "default", "empty"  # the shipped scenarios; the second has nobody in it
INLINE = "inline"  # the name of a scenario that came as text
_LONGEST = 1_500_000  # bytes of a file, of thousands of people: the text that a checkpoint can take along
_PART = "(?:[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+"
_ENDLESS = re.compile("0[xob][0-9A-Fa-f_]{1000}")  # a number that Python reads, and cannot write
_LONG_KEY = re.compile(f"(?<![A-Za-z0-9_-]){_PART}(?:\\.[ \t]*+{_PART}){{16}}")


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
    """What a store is filled with; `text` is the file it was read from."""

    name: str
    people: tuple[Person, ...]
    notices: tuple[Notice, ...] = field(default=())
    stage: Stage = field(default_factory=Stage)
    text: str = field(default="", repr=False, compare=False)

    @property
    def title(self) -> str:
        """Its name; of a file, the file's, without what no page could show."""
        return "".join(each for each in Path(self.name).stem if each.isprintable())


def read(name: str) -> Scenario:
    """Read a shipped scenario, or the one in the TOML file *name*; raise `ScenarioError` naming the fault."""
    if name == EMPTY:
        return Scenario(EMPTY, ())
    path = Path(__file__).with_name("scenarios.toml") if name == DEFAULT else Path(name)
    try:
        text = plain(path, _LONGEST).read_text(encoding="utf-8")
    except (OSError, ValueError) as fault:
        raise ScenarioError("file", str(path)) from fault
    return parse(name, text)


@lru_cache(maxsize=32)
def parse(name: str, text: str, *, vetted: bool = False) -> Scenario:
    """Read a scenario from its TOML text, and vet it unless it was *vetted*; raise `ScenarioError` naming the fault."""
    text = text.removeprefix("\ufeff")  # as editors of Windows write it
    # The parser's time for a dotted key grows with the square of its parts: one of 30,000 held a core for a minute.
    if _LONG_KEY.search(text) or _ENDLESS.search(text):
        raise ScenarioError("file", name)
    try:
        found = toml(text)
    except NoToml as fault:
        raise ScenarioError("file", name, "line", line=fault.line, column=fault.column) from fault
    except (ValueError, RecursionError) as fault:
        raise ScenarioError("file", name) from fault
    if unknown := sorted(set(found) - {"people", "notices"} - STAGED):
        raise ScenarioError("unknown", unknown[0])
    scenario = Scenario(name, _rows_of(found, "people", Person), _rows_of(found, "notices", Notice), stage(found), text)
    if not vetted:
        vet(scenario)
    return scenario


R = TypeVar("R", Person, Notice)


def _rows_of(found: Mapping[str, Any], name: str, kind: type[R]) -> tuple[R, ...]:
    """Return the records of one array of the file, each field of the type that the record declares."""
    rows = found.get(name, [])
    if not isinstance(rows, list):
        raise ScenarioError("value", name, "like", accepted=(f"[[{name}]]",))
    return tuple(_record(kind, row, f"{name}[{at}]") for at, row in enumerate(rows))


def _record(kind: type[R], row: object, where: str) -> R:
    hints = get_type_hints(kind)
    if not isinstance(row, dict):
        raise ScenarioError("value", where, "like", accepted=(f"[[{where.partition('[')[0]}]]",))
    for name, value in row.items():
        if name not in {knob.name for knob in fields(kind)}:
            raise ScenarioError("unknown", f"{where}.{name}")
        if not _SHAPES[hints[name]](value):
            raise ScenarioError("value", f"{where}.{name}", "like", accepted=_EXAMPLES[hints[name]])
    if missing := [knob.name for knob in fields(kind) if knob.name not in row and _required(knob)]:
        raise ScenarioError("value", f"{where}.{missing[0]}", "like", accepted=_EXAMPLES[hints[missing[0]]])
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
_EXAMPLES: dict[object, tuple[str, ...]] = {
    str: ('"…"',),
    str | None: ('"…"',),
    bool: ("true", "false"),
    tuple[str, ...]: ('["…", "…"]',),
    dict[str, str]: ('{ "zh-Hant" = "…", en = "…", "zh-Hans" = "…" }',),
}
