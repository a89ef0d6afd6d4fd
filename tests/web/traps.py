"""Faults in a workspace, and what is left in its store after them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from props import dump, journalled, tables_of

from ipportal.flows.faults import FAULTS

if TYPE_CHECKING:
    from web.acts import Act
    from web.client import Page

    from ipportal.flows.faults import Fault
    from ipportal.portal import Portal


def arm(portal: Portal, kind: str, act: Act, **options: Any) -> Fault:
    """Arm a fault at the step of an act."""
    return portal.faults.arm(kind=kind, step=act.step, moment=act.moment, **options)


def held(portal: Portal, *but: str) -> str:
    """Return every word in the store but for its journal, the armed faults and the named tables."""
    names = [name for name in tables_of(portal) if name not in {"journal", "facts", *but}]
    facts = [fact for fact in portal.tables.facts.where() if fact.name != FAULTS]
    return dump(portal, *names) + str(facts)


def since(portal: Portal, count: int) -> list[tuple[str, str, str]]:
    """Return the journal's entries after the first *count* as step, outcome and reason."""
    return [entry[:3] for entry in journalled(portal)[count:]]


def length(portal: Portal) -> int:
    """Return how many entries the journal has."""
    return len(journalled(portal))


def done(page: Page, act: Act) -> None:
    """Hold the page of an act against what it shows where nothing goes wrong."""
    assert (page.status, page.screen, page.problems) == (200, act.then, {})
