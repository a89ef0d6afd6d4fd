"""A server may stop and start again."""

from __future__ import annotations

import stores
from store.rows import count, tries, user
from store.servers import code

from ipportal.store import open_store, postgres_pool


def test_a_server_that_stops_is_missing_and_when_it_starts_again_all_is_there() -> None:
    server = stores.Server()
    tables = open_store(server.address())
    tables.backend.prepare()
    tables.users.insert(user())

    server.stop()
    told = [code(deed) for deed in (tables.users.where, lambda: count(tables), tables.backend.prepare)]
    server.start()
    count(tables)

    assert told == ["missing"] * 3
    assert tries(tables) == 1
    postgres_pool.close()
    server.remove()
