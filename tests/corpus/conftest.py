"""A served portal on each kind of store, and its store seen from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import stores
from corpus.stage import Stage
from journeys.served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator

STORES = ["sqlite", "postgres"]


@pytest.fixture(scope="module", params=STORES)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("corpus")
    store = {"sqlite": lambda: str(folder / "portal.sqlite"), "postgres": stores.own}[request.param]()
    with Served(folder, "--processes", "1", IPPORTAL_STORE=store) as served, Stage(served, store) as stage:
        yield stage
