"""What every flow may use, and the names it shares with the others."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from ..rules import Problem
from .passwords import Hasher

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from ..clock import Clock
    from ..settings import Settings
    from ..store import Tables

Problems = dict[str, Problem]

FORM = "form"  # the name under which a refusal of the whole form is filed


class _HasDesk(Protocol):
    """Whatever has what a desk has."""

    @property
    def tables(self) -> Tables: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def settings(self) -> Settings: ...


@dataclass(frozen=True)
class Desk:
    """A flow at work: the tables, the clock and the settings."""

    tables: Tables
    clock: Clock
    settings: Settings

    @property
    def hasher(self) -> Hasher:
        """Return the hasher at the cost in force."""
        return Hasher(self.settings.bcrypt_cost)


D = TypeVar("D", bound=Desk)


class At(Generic[D]):
    """Another flow at the same desk: `captcha = At(Captcha)` on a class that has tables, clock and settings."""

    def __init__(self, flow: type[D]) -> None:
        self._flow = flow

    def __get__(self, desk: _HasDesk, owner: type) -> D:
        """Return the flow at work."""
        return self._flow(desk.tables, desk.clock, desk.settings)


def new_id() -> str:
    """Return 256 random bits as a name that nobody can guess."""
    return secrets.token_urlsafe(32)


def subject(name: str) -> str:
    """Return by what a form says whose it is: the draft or the user of that name, which it does not tell."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def strays(typed: Mapping[str, str], name: str) -> bool:
    """Say whether a form was made for another draft or user than the one of that name, as in another tab.

    One that does not say whose it is, as a script may send it, is believed.
    """
    return typed.get("subject") not in {None, "", subject(name)}


def fold(internet_user_id: str) -> str:
    """Return the form under which an Internet user ID is compared (assumed: without regard to case)."""
    return internet_user_id.lower()


def alive(begun: datetime, life: timedelta, clock: Clock) -> bool:
    """Say whether something of that age still counts; what was issued in the future never does."""
    return begun - clock.slack <= clock.now() < begun + life


def placed(field: str, wrong: Problem) -> Problems:
    """Return the refusal of a secret where it belongs: at its field, or at the form once the secret is locked."""
    return {FORM if wrong.code == "locked" else field: wrong}


def refuse(code: str, field: str = FORM, **figures: int | str) -> Problems:
    """Return a single refusal."""
    return {field: Problem(code, figures)}
