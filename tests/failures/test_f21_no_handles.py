"""F21: the process runs out of file handles: whoever gets through is answered, and it heals when they are free."""

from __future__ import annotations

import resource
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from failures.served_acts import ACTS
from journeys.control import Control
from journeys.served import Visitor
from sanity import assert_store_sane

if TYPE_CHECKING:
    from journeys.served import Served

FEW, MANY = 64, 100


@pytest.fixture
def served(served_alone: Served) -> Served:
    return served_alone


def workers(served: Served) -> list[int]:
    """Return the processes of a portal, the first one and those that it forked."""
    first = served.process.pid
    return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]


def limit(served: Served, handles: int) -> None:
    for pid in workers(served):
        _, most = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (handles, most))


def test_a_portal_without_a_free_handle_heals_when_there_is_one(served: Served) -> None:
    root = Control(served).workspace("crowded")
    act = next(each for each in ACTS if each.transaction == "flows.register.confirm")
    visitor = Visitor(served.port)
    act.before(visitor, root)
    sent = visitor.page.hidden() | act.typed
    before = resource.prlimit(served.process.pid, resource.RLIMIT_NOFILE)[0]
    limit(served, FEW)
    idle = [socket.create_connection(("127.0.0.1", served.port), 5) for _ in range(MANY)]

    with suppress(OSError), socket.create_connection(("127.0.0.1", served.port), 1) as line:
        line.settimeout(1)
        line.sendall(b"GET /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert line.recv(12)[9:] in {b"200", b"503", b""}
    for each in idle:
        each.close()

    page = visitor.press(root + act.path, sent)
    assert (page.status, page.screen) == (200, act.screen)
    limit(served, before)
    assert visitor.get(f"{root}/login").status == 200
    tables = served.workspace("crowded")
    assert_store_sane(tables)
    tables.backend.close()


def test_a_portal_that_can_open_no_store_says_so_and_opens_it_once_it_can(served: Served) -> None:
    root = Control(served).workspace("handles")
    visitor = Visitor(served.port)
    visitor.get(f"{root}/login")
    used = max(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in workers(served))
    before = resource.prlimit(served.process.pid, resource.RLIMIT_NOFILE)[0]
    statuses = set[bytes]()
    for spare in range(6):  # so few that a connection, a database and its journal do not all fit
        limit(served, used + spare)
        with suppress(OSError), socket.create_connection(("127.0.0.1", served.port), 2) as line:
            line.settimeout(2)
            line.sendall(f"GET {root}/cancel HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            statuses.add(line.recv(12)[9:])
        limit(served, before)

    assert statuses <= {b"200", b"503", b""}
    assert visitor.get(f"{root}/cancel").status == 200
