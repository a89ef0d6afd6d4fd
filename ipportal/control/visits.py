"""Operations on sessions, and on the notice board that they find."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import Field

from ..clock import iso
from ..store.schema import Notice as NoticeRow
from ..store.schema import Session as SessionRow
from ..vetting import in_three
from .kinds import Line, Model
from .operations import Call, Nothing, operation
from .problems import Refused


class Session(Model):
    """A session; `session` names it here and is not the id that the cookie holds."""

    session: str
    internet_user_id: str
    begun_at: str
    seen_at: str
    alive: bool
    ended: str


class SessionList(Model):
    """The sessions that the portal remembers."""

    sessions: list[Session]


class Notice(Model):
    """A notice on the board, its words by language."""

    reference: str
    published_on: str
    topic: str
    subject: dict[str, str]
    body: dict[str, str]


class NoticeList(Model):
    """The notices on the board."""

    notices: list[Notice]


class NoticePublish(Model):
    """A notice to publish; words in one language stand for all three where the others are left out."""

    reference: Annotated[str, Field(pattern="^[A-Za-z0-9-]{1,40}$")]
    topic: Literal["training", "system", "general"] = "training"
    subject: Annotated[dict[Literal["zh-Hant", "en", "zh-Hans"], Line], Field(min_length=1)]
    body: Annotated[dict[Literal["zh-Hant", "en", "zh-Hans"], Line], Field(min_length=1)]


@operation("GET", "/workspaces/{workspace}/sessions", SessionList)
def list_sessions(call: Call) -> SessionList:
    """Return the sessions, ended ones too as long as they are remembered."""
    return SessionList(sessions=[_session(call, row) for row in call.portal.tables.sessions.where()])


@operation("DELETE", "/workspaces/{workspace}/sessions/{session}", Nothing)
def end_session(call: Call) -> Nothing:
    """End a session: its browser is led to the login."""
    with call.portal.tables.atomic():  # of many who end it at once, one has
        rows = {_name(row): row for row in call.portal.tables.sessions.where()}
        row = rows.get(call.path["session"])
        if row is None:
            raise Refused("session_unknown", where="session", accepted=list(rows)[:50])
        call.now.sessions.end(row.session_id)
    return Nothing()


@operation("GET", "/workspaces/{workspace}/notices", NoticeList)
def list_notices(call: Call) -> NoticeList:
    """Return the notices on the board."""
    return NoticeList(notices=[_notice(row) for row in call.portal.tables.notices.where()])


@operation("POST", "/workspaces/{workspace}/notices", Notice, body=NoticePublish, status=201, conflict=True)
def publish_notice(call: Call) -> Notice:
    """Publish a notice, dated today by the workspace's clock."""
    body: NoticePublish = call.body
    today = call.now.clock.now().date().isoformat()
    row = NoticeRow(body.reference, today, body.topic, in_three(body.subject), in_three(body.body))
    if not call.now.staff.publish(row):
        raise Refused("notice_taken", where="/reference", accepted=["a reference that no notice has"])
    return _notice(row)


@operation("DELETE", "/workspaces/{workspace}/notices/{reference}", Nothing)
def withdraw_notice(call: Call) -> Nothing:
    """Take a notice off the board."""
    if not call.now.staff.withdraw(call.path["reference"]):
        known = [row.reference for row in call.portal.tables.notices.where()]
        raise Refused("notice_unknown", where="reference", accepted=known[:50])
    return Nothing()


def _session(call: Call, row: SessionRow) -> Session:
    user = call.portal.tables.users.get(row.folded_id)
    alive, why = call.now.sessions.find(row.session_id)
    return Session(
        session=_name(row),
        internet_user_id=user.internet_user_id if user else "",
        begun_at=iso(row.begun_at),
        seen_at=iso(row.seen_at),
        alive=alive is not None,
        ended=why,
    )


def _name(row: SessionRow) -> str:
    return hashlib.sha256(row.session_id.encode()).hexdigest()[:16]


def _notice(row: NoticeRow) -> Notice:
    return Notice(
        reference=row.reference, published_on=row.published_on, topic=row.topic, subject=row.subject, body=row.body
    )
