"""What every flow may use, and the names it shares with the others."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..rules import CATALOGUE, Problem, problems
from .passwords import Hasher

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, timedelta

    from ..clock import Clock
    from ..settings import Settings
    from ..store import Tables

Problems = dict[str, Problem]

FORM = "form"  # the name under which a refusal of the whole form is filed


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

    def format_problems(self, names: Iterable[str], typed: Mapping[str, str]) -> Problems:
        """Return the format problems of the named fields."""
        return problems([CATALOGUE[name] for name in names], typed)


def new_id() -> str:
    """Return 256 random bits as a name that nobody can guess."""
    return secrets.token_urlsafe(32)


def fold(internet_user_id: str) -> str:
    """Return the form under which an Internet user ID is compared (assumed: without regard to case)."""
    return internet_user_id.lower()


def alive(begun: datetime, life: timedelta, now: datetime) -> bool:
    """Say whether something of that age still counts; what was issued in the future never does."""
    return begun <= now < begun + life


def placed(field: str, wrong: Problem) -> Problems:
    """Return the refusal of a secret where it belongs: at its field, or at the form once the secret is locked."""
    return {FORM if wrong.code == "locked" else field: wrong}


def refuse(code: str, field: str = FORM, **figures: int | str) -> Problems:
    """Return a single refusal."""
    return {field: Problem(code, figures)}
