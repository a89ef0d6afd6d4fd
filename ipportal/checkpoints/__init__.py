"""Checkpoints: a portal's state under a name, the guide's 23 among them; saved, restored, shared and opened."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..flows.base import new_id
from ..flows.cancel import FLOW as CANCEL
from ..flows.captcha import CHOICE
from ..flows.register import FLOW
from ..flows.suspension import SUSPENSION
from ..scenarios import DEFAULT, read, seed
from ..seeds import image
from ..store import CLOCK
from ..store.schema import Checkpoint, Ticket
from ..vetting import CheckpointError
from . import files
from .guide import NEW_BASIC_PASSWORD, STEPS, TYPED, people, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime
    from typing import Any

    from ..portal import Portal
    from ..store.schema import Draft, Session

__all__ = ["NEW_BASIC_PASSWORD", "STEPS", "TYPED", "CheckpointError", "Opened", "Shelf", "practice"]

NAME = "[a-z0-9-]{1,40}"
MOST = 50  # of one's own in a workspace
_FACTS_THAT_STAY = (CLOCK, CHOICE, SUSPENSION)


@dataclass(frozen=True)
class Opened:
    """A state that has been put in place: the link's ticket, and the screen that it opens."""

    ticket_id: str
    path: str


@dataclass(frozen=True)
class Shelf:
    """The checkpoints of one workspace; *going* is entered where one takes the place of its journal."""

    portal: Portal
    going: Callable[[Portal], AbstractContextManager[None]] = nullcontext  # type: ignore[assignment]

    def own(self) -> list[Checkpoint]:
        """Return the checkpoints saved here, by name."""
        return self.portal.tables.checkpoints.where()

    def snapshot(self) -> str:
        """Return the workspace as it is now, as a checkpoint file; it opens where its newest visit is."""
        return files.write(self.portal, *_newest_visit(self.portal))

    def save(self, name: str) -> Checkpoint:
        """Keep the workspace as it is now under a name, in place of an earlier one of that name.

        Raise `CheckpointError` where there are too many.
        """
        kept = Checkpoint(name, self.portal.stored_clock.real.now(), self.snapshot())
        with self.portal.tables.atomic():
            if len({name, *(each.name for each in self.own())}) > MOST:
                raise CheckpointError("full", str(MOST))
            self.portal.tables.checkpoints.delete(name=name)
            self.portal.tables.checkpoints.insert(kept)
        return kept

    def remove(self, name: str) -> bool:
        """Forget a checkpoint; say whether there was one."""
        return bool(self.portal.tables.checkpoints.delete(name=name))

    def file(self, name: str) -> str | None:
        """Return a saved checkpoint as its file, or None."""
        kept = self.portal.tables.checkpoints.get(name)
        return kept.text if kept else None

    def restore(self, text: str) -> Opened:
        """Put the workspace back to a checkpoint file and return the link to its screen.

        Raise `CheckpointError`, changing nothing, where the file is refused.

        Faults are disarmed; saved checkpoints, the workspace's name and its cookies stay.
        """
        found = files.read(text, self.portal.tables)
        with self.going(self.portal):
            files.put(found, self.portal.tables)
        return self._link(found.cookie, found.path)

    def open(self, name: str) -> Opened | None:
        """Put the state of that name in place and return the link to its screen; None where there is none.

        At a step of the guide the practice data begins anew, while clock, CAPTCHA mode and suspension stay.
        """
        if step := STEPS.get(name):
            return self._link(self._reach(name), step.path)
        text = self.file(name)
        return None if text is None else self.restore(text)

    def _reach(self, name: str) -> dict[str, str]:
        now = self.portal.standing().portal
        plain = replace(now.settings, captcha_mode="real", captcha_word="")
        image(read(DEFAULT), plain)  # so that no more than the step's own hashes are made in the transaction
        with self.going(self.portal), self.portal.tables.atomic():
            kept = [fact for each in _FACTS_THAT_STAY if (fact := self.portal.tables.facts.get(each))]
            # Begun at the portal's moment, by which its rows are dated; then the clock goes on as it did.
            seed(self.portal, read(DEFAULT), anew=True, now=now.clock.now())
            self.portal.tables.facts.delete(name=CLOCK)
            for fact in kept:
                self.portal.tables.facts.insert(fact)
            cookie = STEPS[name].reach(replace(now, settings=plain))
            self.portal.journal.note("seed", name)  # what comes before it was no visitor's
            self.portal.tables.challenges.delete()  # so that the screen draws one in the mode that the tester chose
        return cookie

    def _link(self, cookie: Mapping[str, str], path: str) -> Opened:
        ticket = Ticket(new_id(), self.portal.stored_clock.real.now(), dict(cookie), path)
        self.portal.tables.tickets.insert(ticket)
        return Opened(ticket.ticket_id, path)


def practice(name: str, lang: str) -> dict[str, Any]:
    """Return who the person at a step of the guide is, and what they type."""
    person = people()[STEPS[name].person]
    return {"person": person.published(lang), "typed": typed(person.key)}


def _newest_visit(portal: Portal) -> tuple[dict[str, str], str]:
    """Return the ids and the screen of the visit that began last and still lives."""
    now = portal.standing().portal
    visits = [_session_visit(each) for each in portal.tables.sessions.where() if now.sessions.find(each.session_id)[0]]
    visits += [_draft_visit(each) for each in portal.tables.drafts.where() if now.drafts.find(each.draft_id, each.flow)]
    return max(visits, key=lambda visit: visit[0])[1:] if visits else ({}, "/")


def _session_visit(session: Session) -> tuple[datetime, dict[str, str], str]:
    return session.begun_at, {"signed_in": session.session_id}, "/account"


def _draft_visit(draft: Draft) -> tuple[datetime, dict[str, str], str]:
    flow = {FLOW.name: FLOW, CANCEL.name: CANCEL}[draft.flow]
    return draft.begun_at, {flow.name: draft.draft_id}, f"/{flow.name}/{flow.furthest(draft.facts)}"
