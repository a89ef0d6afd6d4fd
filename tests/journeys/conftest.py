"""A served portal, and the people whom `ipportal accounts --json` lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from journeys.served import Served, Visitor, command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeys.ways import Person


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("served"), "--processes", "2", TZ="America/New_York") as portal:
        yield portal


@pytest.fixture
def portal(served: Served) -> Served:
    """The running portal with its practice data put back."""
    done = command(served.folder, "reset")
    assert done.returncode == 0, done.stderr
    served.clock("set", "2025-03-31T12:00+08:00")
    return served


@pytest.fixture
def visitor(portal: Served) -> Visitor:
    return Visitor(portal.port)


@pytest.fixture
def people(portal: Served) -> dict[str, Person]:
    return {person["key"]: person for person in json.loads(command(portal.folder, "accounts", "--json").stdout)}
