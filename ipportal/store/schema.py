"""What is remembered: one record a table. Every attribute is a column of the same name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - the columns are read from the annotations
from typing import Any, ClassVar


class Record:
    """A row. `key` names the columns that identify it, `indexes` the others that are searched by."""

    key: ClassVar[tuple[str, ...]]
    indexes: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True)
class Fact(Record):
    """A single thing the store knows about itself: the clock, the scenario, the secret of its cookies."""

    key = ("name",)
    name: str
    value: dict[str, Any]


@dataclass(frozen=True)
class Account(Record):
    """An investor account; `issued` while its basic password is still the issued one."""

    key = ("basic_user_id",)
    basic_user_id: str
    practice: str
    account_kind: str
    identity_prefix: str
    names: dict[str, str]
    basic_password_hash: str
    issued: bool = True
    failed_tries: int = 0
    locked: bool = False


@dataclass(frozen=True)
class PastPassword(Record):
    """A basic password that was replaced; `number` grows by one at each change."""

    key = ("basic_user_id", "number")
    basic_user_id: str
    number: int
    basic_password_hash: str


@dataclass(frozen=True)
class User(Record):
    """A registered Internet user ID, shown as typed and found by its `folded_id`."""

    key = ("folded_id",)
    folded_id: str
    internet_user_id: str
    internet_password_hash: str
    registered_at: datetime
    last_login_at: datetime | None = None
    failed_tries: int = 0
    locked: bool = False


@dataclass(frozen=True)
class Link(Record):
    """An account under an Internet user ID; position 1 is the primary one. An account has at most one."""

    key = ("basic_user_id",)
    indexes = ("folded_id",)
    basic_user_id: str
    folded_id: str
    position: int


@dataclass(frozen=True)
class CancelledId(Record):
    """An Internet user ID that cannot be registered again before `free_at`."""

    key = ("folded_id",)
    folded_id: str
    free_at: datetime


@dataclass(frozen=True)
class Draft(Record):
    """A registration or cancellation on its way; `revision` grows with every answer."""

    key = ("draft_id",)
    draft_id: str
    flow: str
    begun_at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    revision: int = 0


@dataclass(frozen=True)
class Challenge(Record):
    """A CAPTCHA that has not been judged yet, and the noise in its picture, which is drawn when it is looked at."""

    key = ("captcha_id",)
    indexes = ("owner",)
    captcha_id: str
    owner: str
    answer: str
    issued_at: datetime
    noise: str


@dataclass(frozen=True)
class Session(Record):
    """A signed-in visit; `ended` says why it is over: `elsewhere` or `changed`.

    After a change `changed_with` names the form that was sent, and `successor` the session that goes on.
    """

    key = ("session_id",)
    indexes = ("folded_id",)
    session_id: str
    folded_id: str
    begun_at: datetime
    seen_at: datetime
    previous_login_at: datetime | None = None
    ended: str = ""
    changed_with: str = ""
    successor: str = ""


@dataclass(frozen=True)
class Notice(Record):
    """A broadcast message on the notice board, its words by language."""

    key = ("reference",)
    reference: str
    published_on: str
    topic: str
    subject: dict[str, str]
    body: dict[str, str]


@dataclass(frozen=True)
class NoticeRead(Record):
    """A notice that a user has opened."""

    key = ("folded_id", "reference")
    folded_id: str
    reference: str


@dataclass(frozen=True)
class JournalEntry(Record):
    """What happened at a step; `sequence` is given by the store and is the only order that counts.

    `reason` is the exact one, `codes` what the visitor was told, by field; `judged` says of each typed value, in the
    order judged, its shape, the branch of the rule that it took, and for a wrong format the nearest accepted form.
    """

    key = ("sequence",)
    sequence: int
    portal_time: datetime
    real_time: datetime
    step: str
    outcome: str
    reason: str
    account: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    judged: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ticket(Record):
    """A link that opens a browser at a screen, once: the ids its cookie gets, and the way to the screen."""

    key = ("ticket_id",)
    ticket_id: str
    made_at: datetime
    cookie: dict[str, str]
    path: str


@dataclass(frozen=True)
class Checkpoint(Record):
    """A state of the portal kept under a name: the checkpoint file's text."""

    key = ("name",)
    name: str
    saved_at: datetime
    text: str


RECORDS: tuple[type[Record], ...] = tuple(Record.__subclasses__())
