"""Steps: what each needs and what it gives. Guards, going back and lost visitors are questions about two sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True)
class Step:
    """A screen of a flow: it opens when a draft has what it *needs*, and an answer to it *gives* more."""

    name: str
    needs: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Flow:
    """The steps of a flow, in order; the first is where it begins."""

    name: str
    steps: tuple[Step, ...]

    def opens(self, step: str, have: Collection[str]) -> bool:
        """Say whether *step* opens for a draft with these facts; once the last step opens, only it and the first do."""
        first, last = self.steps[0], self.steps[-1]
        wanted = self._step(step)
        return wanted.needs <= set(have) and (wanted in {first, last} or not last.needs <= set(have))

    def furthest(self, have: Collection[str]) -> str:
        """Return the last step that opens for a draft with these facts."""
        return [step.name for step in self.steps if step.needs <= set(have)][-1]

    def undone(self, step: str) -> frozenset[str]:
        """Return the facts that fall when *step* is answered anew: its own and those of all that follow."""
        later = self.steps[self.steps.index(self._step(step)) :]
        return frozenset().union(*(each.gives for each in later))

    def _step(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)
