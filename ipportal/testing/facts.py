"""What the control API tells, as typed values."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeVar

from .trouble import NoSuchPerson

__tracebackhide__ = True  # a failing test shows its own line, not one in here

T = TypeVar("T")


def read(kind: type[T], told: dict[str, Any]) -> T:
    """Return an answer as a value of *kind*; what a later server tells besides is left out."""
    names = {each.name for each in fields(kind)}  # type: ignore[arg-type]  # every kind here is a dataclass
    return kind(**{name: value for name, value in told.items() if name in names})


@dataclass(frozen=True)
class Person:
    """A holder of practice accounts with everything they type at the start."""

    key: str
    situation: str
    account_kind: str
    basic_user_ids: list[str]
    identity_prefix: str
    basic_password: str
    internet_user_id: str | None
    internet_password: str | None
    past_basic_passwords: list[str]
    names: dict[str, str]

    @property
    def basic_user_id(self) -> str:
        """The primary account's basic user ID."""
        return self.basic_user_ids[0]


class People(dict[str, Person]):
    """The people of a scenario by key; a key that nobody has is refused with the nearest one."""

    def __missing__(self, key: object) -> Person:
        """Refuse a key that nobody has."""
        raise NoSuchPerson(key, self)


@dataclass(frozen=True)
class Account:
    """An account as it is now."""

    basic_user_id: str
    person: str
    account_kind: str
    identity_prefix: str
    issued: bool
    failed_tries: int
    locked: bool
    history: int
    internet_user_id: str | None
    position: int | None


@dataclass(frozen=True)
class User:
    """A registered Internet user ID as it is now."""

    internet_user_id: str
    basic_user_ids: list[str]
    registered_at: str
    last_login_at: str | None
    failed_tries: int
    locked: bool


@dataclass(frozen=True)
class Challenge:
    """An open CAPTCHA challenge with its answer."""

    captcha_id: str
    answer: str
    issued_at: str


@dataclass(frozen=True)
class Fault:
    """An armed fault."""

    fault_id: int
    kind: str
    step: str
    moment: str
    times: int
    met: int
    struck: int


@dataclass(frozen=True)
class Entry:
    """What happened at a step. `values` tells of each typed value its shape, its decisions and its nearest form."""

    sequence: int
    portal_time: str
    step: str
    outcome: str
    reason: str
    account: str
    codes: dict[str, str]
    values: list[dict[str, Any]]

    def line(self) -> str:
        """Return the entry as a line for people."""
        return f"{self.sequence:>4} {self.portal_time} {self.step} {self.outcome} {self.reason}".rstrip()


@dataclass(frozen=True)
class Closure:
    """A time in which the portal is closed, `end` not included."""

    start: str
    end: str
    row: str


@dataclass(frozen=True)
class Maintenance:
    """Whether the portal is closed now, and which window of the table comes next."""

    closed: Closure | None
    upcoming: Closure
    retry_after: int | None


@dataclass(frozen=True)
class Opened:
    """A link that opens a browser at a screen, once; at a step of the guide with who to be and what to type."""

    url: str
    path: str
    person: Person | None
    typed: dict[str, str]


@dataclass(frozen=True)
class Session:
    """A session of a signed-in user; `session` names it for `sessions.end`."""

    session: str
    internet_user_id: str
    begun_at: str
    seen_at: str
    alive: bool
    ended: str


def opened(told: dict[str, Any]) -> Opened:
    """Return an opened checkpoint."""
    found = read(Opened, told)
    return replace(found, person=read(Person, told["person"])) if told["person"] else found


def moment(text: str) -> datetime:
    """Return a moment that the control API tells."""
    return datetime.fromisoformat(text)
