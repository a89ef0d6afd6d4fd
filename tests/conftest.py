"""The portals that tests begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import copy, new_portal

from ipportal.scenarios import seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipportal.portal import Portal


@pytest.fixture(scope="session")
def seeded() -> Portal:
    """The default scenario, hashed once; only to be copied."""
    portal = new_portal()
    seed(portal)
    return portal


@pytest.fixture
def portal(seeded: Portal) -> Iterator[Portal]:
    """A portal of one's own with the practice accounts, at noon on Monday 31 March 2025."""
    own = new_portal()
    copy(seeded.tables, own.tables)
    yield own
    own.close()
