"""Operations on the journal: what happened at each submit, and why."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from ..clock import TimeError, iso, parse_span, utc
from ..flows.journal import OUTCOMES, STEPS
from ..rules import CATALOGUE, CODES
from ..rules.shapes import decisions
from ..store import Unavailable
from ..turns import CROWDED, away
from .kinds import Model, OneOf, whole
from .operations import Call, operation

if TYPE_CHECKING:
    from ..store.schema import JournalEntry

_POLL = 0.02  # seconds between two looks: a waiting test goes on at once, whichever process wrote
_OF_WAIT = 0.02  # or such a part of the time that it has waited, so that many may wait
_LONGEST = 30
_MOST = 1000
_SPANS = {"expected": f"'0s to {_LONGEST}s'"}


def _wait(value: object) -> float:
    """Read how long to wait, such as `5s`; at most 30 seconds."""
    try:
        seconds = parse_span(str(value)).total_seconds()
    except TimeError as fault:
        raise PydanticCustomError("time_span", "time", _SPANS) from fault
    if not 0 <= seconds <= _LONGEST:
        raise PydanticCustomError("wait_too_long", "time", _SPANS)
    return seconds


class Filter(Model):
    """Which entries to return, oldest first: at most `limit` of the oldest, or with `newest` so many of the newest.

    With `wait` they are returned as soon as there is one.
    """

    after: Annotated[int, Field(ge=0, le=2**53), BeforeValidator(whole)] = 0
    step: Annotated[str, OneOf(STEPS)] | None = None
    outcome: Annotated[str, OneOf(OUTCOMES)] | None = None
    reason: str | None = None
    code: Annotated[str, OneOf(CODES)] | None = None
    account: str | None = None
    limit: Annotated[int, Field(ge=1, le=_MOST), BeforeValidator(whole)] = _MOST
    newest: Annotated[int, Field(ge=1, le=_MOST), BeforeValidator(whole)] | None = None
    wait: Annotated[
        float,
        BeforeValidator(_wait),
        WithJsonSchema({"type": "string", "pattern": "^([0-9]|[12][0-9]|30)s$", "examples": ["5s"]}),
    ] = Field(default="0s", validate_default=True)


class Decision(Model):
    """A check of a rule, and whether it let the value pass."""

    rule: str
    passed: bool


class Edit(Model):
    """A change that brings a value nearer to what is accepted: add, remove or replace so many of a class."""

    edit: str
    count: int
    what: str


class Nearest(Model):
    """The fewest changes by which the value would fit, and the length it then has."""

    edits: list[Edit]
    length: int


class Value(Model):
    """A typed value by its shape, never by what it is: its length, its classes of characters, how it was judged."""

    field: str
    length: int
    classes: dict[str, int]
    branch: str
    decisions: list[Decision]
    nearest: Nearest | None


class Entry(Model):
    """What happened at a step. `reason` is the exact one, `codes` what the visitor was told, by field."""

    sequence: int
    portal_time: str
    real_time: str
    step: str
    outcome: str
    reason: str
    account: str
    codes: dict[str, str]
    values: list[Value]


class Journal(Model):
    """Entries, oldest first, and the sequence to go on after."""

    entries: list[Entry]
    last: int


@operation("GET", "/workspaces/{workspace}/journal", Journal, query=Filter)
def read_journal(call: Call) -> Journal:
    """Return the entries that match, or with `wait` the first that comes within that time."""
    wanted: Filter = call.query
    found = _matching(call, wanted)
    if wanted.wait and not found:
        with away() as room:
            if not room:
                raise Unavailable("busy", CROWDED)
            found = _awaited(call, wanted)
    last = found[-1].sequence if found else wanted.after
    return Journal(entries=[_told(entry) for entry in found], last=last)


def _awaited(call: Call, wanted: Filter) -> list[JournalEntry]:
    found: list[JournalEntry] = []
    until = time.monotonic() + wanted.wait
    while not found and (left := until - time.monotonic()) > 0:
        time.sleep(min(left, max(_POLL, (wanted.wait - left) * _OF_WAIT)))
        call.house.get(call.portal.name)  # whoever waits is told when the workspace is removed
        found = _matching(call, wanted)
    return found


def _matching(call: Call, wanted: Filter) -> list[JournalEntry]:
    names = ("step", "outcome", "reason", "account")
    same = {name: value for name in names if (value := getattr(wanted, name)) is not None}
    entries, code = call.portal.tables.journal, wanted.code
    if wanted.newest and code is None:
        return entries.where(newest=wanted.newest, sequence__after=wanted.after, **same)[::-1]
    found = entries.where(sequence__after=wanted.after, **same)
    if code is not None:
        found = [entry for entry in found if code in entry.codes.values()]
    return found[-wanted.newest :] if wanted.newest else found[: wanted.limit]


def _told(entry: JournalEntry) -> Entry:
    return Entry(
        sequence=entry.sequence,
        portal_time=iso(entry.portal_time),
        real_time=utc(entry.real_time),
        step=entry.step,
        outcome=entry.outcome,
        reason=entry.reason,
        account=entry.account,
        codes=entry.codes,
        values=[_value(name, judged) for name, judged in entry.judged.items()],
    )


def _value(name: str, judged: dict[str, Any]) -> Value:
    checks = decisions(CATALOGUE[name], judged["branch"])
    nearest = judged.get("nearest")
    return Value(
        field=name,
        length=judged["length"],
        classes=judged["classes"],
        branch=judged["branch"],
        decisions=[Decision(rule=f"{name}.{check}", passed=passed) for check, passed in checks],
        nearest=Nearest.model_validate(nearest) if nearest else None,
    )
