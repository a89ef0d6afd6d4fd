"""What every backend must keep. Put one under it: subclass `StoreContract` and override `tables`.

class TestPostgres(StoreContract):
    duplicate_key = psycopg.IntegrityError

    @pytest.fixture
    def tables(self) -> Iterator[Tables]: ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store.contract_atomic import AtomicContract
from store.contract_values import ValuesContract
from store.contract_verbs import VerbsContract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipportal.store import Tables


class StoreContract(VerbsContract, ValuesContract, AtomicContract):
    """All promises of a store; a subclass says which exception its database raises for a second row of a key."""

    duplicate_key: type[Exception]

    @pytest.fixture
    def tables(self) -> Iterator[Tables]:
        """Yield an empty store that was prepared once."""
        raise NotImplementedError
