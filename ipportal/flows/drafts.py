"""Drafts: a registration or cancellation on its way, kept in the store for thirty minutes of portal time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ..store.schema import Draft
from .base import Desk, alive, new_id

if TYPE_CHECKING:
    from collections.abc import Collection


class Drafts(Desk):
    """Begins, finds, extends and ends drafts."""

    def begin(self, flow: str, draft_id: str = "", **facts: Any) -> str:  # noqa: ANN401 - whatever JSON holds
        """Keep a new draft, under the given id or a new one, and return the id."""
        now = self.clock.now()
        draft_id = draft_id or new_id()
        with self.tables.atomic():
            self.tables.drafts.delete(begun_at__before=now - self._life)
            self.tables.drafts.insert(Draft(draft_id, flow, now, facts))
        return draft_id

    def find(self, draft_id: str | None, flow: str) -> Draft | None:
        """Return the draft, or None where it is unknown, of another flow, or has had its time."""
        draft = self.tables.drafts.get(draft_id) if draft_id else None
        if draft is None or draft.flow != flow or not alive(draft.begun_at, self._life, self.clock):
            return None
        return draft

    def extend(self, draft: Draft, *, without: Collection[str] = (), **facts: Any) -> None:  # noqa: ANN401 - as above
        """Give the draft more facts, after taking some away."""
        kept = {name: value for name, value in draft.facts.items() if name not in without}
        self.tables.drafts.update(draft.draft_id, facts=kept | facts, revision=draft.revision + 1)

    def end(self, draft: Draft) -> None:
        """Forget the draft."""
        self.tables.drafts.delete(draft_id=draft.draft_id)

    @property
    def _life(self) -> timedelta:
        return timedelta(minutes=self.settings.draft_minutes)
