"""F6: kill -9 at every point of every transaction: all of it is there or nothing, and a repetition ends well."""

from __future__ import annotations

import signal
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from failures.requests import Request, packed, portal_at
from failures.requests_of_testers import REQUESTS
from sanity import assert_store_sane, rows_of

from ipportal.store import open_store
from ipportal.store.failpoints import reaching

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from failures.conftest import Zygote

    from ipportal.portal import Portal

RANDOM = (
    "internet_password_hash",
    "session_id",
    "draft_id",
    "captcha_id",
    "ticket_id",
    "owner",
    "picture",
    "successor",
)
PASSING = {"real_time", "made_at", "changed_with", "saved_at", "text", "ticket_id", "cookie"}


def kept(portal: Portal, without: frozenset[str] = frozenset()) -> dict[str, list[Any]]:
    """Return what a portal holds, but for what chance gave it."""
    found = rows_of(portal.tables)
    # On a server what was undone leaves a gap in the journal's numbers.
    found["journal"] = [replace(row, sequence=place) for place, row in enumerate(found["journal"])]
    return {
        name: sorted((_plain(vars(row)) for row in rows), key=repr)
        for name, rows in found.items()
        if name not in without
    }


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in row.items() if name not in RANDOM and name not in PASSING}
    if plain.get("name") == "clock" and "shift_seconds" in plain["value"]:
        plain["value"] = "runs"
    if plain.get("practice") == "by staff":
        del plain["basic_password_hash"]
    if "facts" in plain:
        plain["facts"] = _plain(plain["facts"])
    return plain


def _unsalted(tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Leave out basic passwords: each process fills a store with hashes of its own making."""
    return {
        name: sorted(({each: row[each] for each in row if each != "basic_password_hash"} for row in rows), key=repr)
        for name, rows in tables.items()
    }


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=str)
def test_killed_at_any_point_a_transaction_is_whole_or_absent_and_can_be_sent_again(
    new_store: Callable[[], str],
    twin_of: Callable[[str], str],
    zygote: Zygote,
    monkeypatch: pytest.MonkeyPatch,
    request_: Request,
) -> None:
    name, _, _ = request_.name.partition(" ")
    store = new_store()
    portal = portal_at(store)
    held = request_.before(portal)
    before = rows_of(portal.tables)
    portal.close()
    points, answer, whole = _undisturbed(twin_of(store), request_, held, monkeypatch)

    for number, point in enumerate(points):
        twin = twin_of(store)
        ended = zygote("die", store=twin, request=request_.name, held=held, failpoint=f"{point}=kill")
        assert ended == [-signal.SIGKILL], point

        portal = portal_at(twin)
        assert_store_sane(portal.tables)
        committed = number >= points.index(f"{name}:after_commit")
        if not committed:
            assert rows_of(portal.tables) == before, point
        if point == points[-1]:
            assert _unsalted(kept(portal)) == _unsalted(whole)
        told = packed(request_.send(portal, held))
        assert told == (request_.again if committed and request_.again is not None else answer), point
        without = request_.adds if committed else frozenset()
        assert kept(portal, without) == {name: rows for name, rows in whole.items() if name not in without}, point
        assert_store_sane(portal.tables)
        portal.close()


def _undisturbed(
    store: str, request_: Request, held: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> tuple[list[str], Any, dict[str, list[Any]]]:
    """Return the points that a request passes, what it is told, and what is there then."""
    points: list[str] = []
    with monkeypatch.context() as patch:
        backend = type(open_store(store).backend)
        for name, method in reaching(backend, points.append).items():
            patch.setattr(backend, name, method)
        portal = portal_at(store)
        points.clear()
        answer = packed(request_.send(portal, held))
        points = list(points)
        whole = kept(portal)
        portal.close()
    return points, answer, whole
