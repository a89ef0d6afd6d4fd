"""A served portal on each kind of store, and its store seen from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from corpus.stage import Stage
from journeys.served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator

STORES = ["sqlite"]


@pytest.fixture(scope="module", params=STORES)
def store(request: pytest.FixtureRequest) -> str:
    """The setting that chooses a store: empty for a file in the instance folder."""
    return {"sqlite": ""}[request.param]


@pytest.fixture(scope="module")
def stage(store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    words = ("--store", store) if store else ()
    with (
        Served(tmp_path_factory.mktemp("corpus"), "--processes", "1", *words) as served,
        Stage(served, store) as stage,
    ):
        yield stage
