"""The portals that tests begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import stores
from coverage import Coverage
from props import copy, new_portal

from ipportal.scenarios import seed
from ipportal.store import MEMORY

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from ipportal.portal import Portal


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--store", choices=("sqlite", "postgres"), default="sqlite", help="the store of tests' portals")


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Two workers a core: many tests wait for a server, a page or a disk."""
    return 2 * (yield)


def pytest_configure(config: pytest.Config) -> None:
    stores.chosen = config.getoption("--store")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if stores.chosen != "sqlite":
        for item in items:
            if item.get_closest_marker("sqlite"):
                item.add_marker(pytest.mark.skip(reason="about SQLite"))


def pytest_sessionfinish() -> None:
    """Keep what was measured and end what takes long to end: xdist gives its workers ten seconds from then on."""
    measuring = Coverage.current()
    if measuring:
        measuring.save()
    stores.end()
    if measuring:
        measuring.save()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if stores.programs() is None:
        terminalreporter.section("POSTGRESQL TESTS SKIPPED", sep="!", red=True, bold=True)
        terminalreporter.write_line(stores.ABSENT, red=True, bold=True)


@pytest.fixture(autouse=True)
def _stores_are_lent() -> Iterator[None]:
    """A store is a test's own until its end."""
    yield
    stores.take_back()


@pytest.fixture(scope="session")
def seeded() -> Portal:
    """The default scenario, hashed once; only to be copied."""
    portal = new_portal(MEMORY)
    seed(portal)
    return portal


@pytest.fixture
def portal(seeded: Portal) -> Iterator[Portal]:
    """A portal of one's own with the practice accounts, at noon on Monday 31 March 2025."""
    own = new_portal()
    copy(seeded.tables, own.tables)
    yield own
    own.close()
