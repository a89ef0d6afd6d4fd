"""F6, F16: a served portal dies at a point of each form's transaction, starts again, and the same form ends well.

Each server that starts takes the repetition of the form that killed the one before it, and dies of the next.
"""

from __future__ import annotations

import http.client
import signal
from typing import TYPE_CHECKING, NamedTuple

import pytest
import stores
from failures.served_acts import ACTS, Act
from journeys.control import NOON, Control
from journeys.served import Served, Visitor
from sanity import assert_store_sane

if TYPE_CHECKING:
    from pathlib import Path

POINTS = ("begun", "write-1", "before_commit", "after_commit")
SERVER = ("--server", "waitress")  # one process, which is all there is to kill
LATER = "2025-04-01T12:00:00+08:00"
CASES = [(act, point) for point in POINTS for act in ACTS]  # two in a row are never of one transaction


@pytest.fixture
def store(kind: str, folder: Path) -> str:
    """Where the portal that dies keeps its store."""
    return stores.own() if kind == "postgres" else str(folder / "portal.sqlite")


class Sent(NamedTuple):
    """A form that was sent to a portal that died of it."""

    act: Act
    point: str
    root: str
    visitor: Visitor
    form: dict[str, str]


def send(served: Served, number: int, act: Act, point: str) -> Sent:
    """Have a visitor of a new workspace send the form that kills the portal."""
    root = Control(served).workspace(f"case-{number}")
    visitor = Visitor(served.port)
    act.before(visitor, root)
    sent = Sent(act, point, root, visitor, visitor.page.hidden() | act.typed)
    with pytest.raises((OSError, http.client.HTTPException)):
        visitor.press(root + act.path, sent.form)
    assert served.process.wait(60) == -signal.SIGKILL
    return sent


def repeat(served: Served, sent: Sent) -> None:
    """Have the visitor send the form again, and then look whether all is well."""
    name = sent.root.rpartition("/")[2]
    tables = served.workspace(name)
    assert_store_sane(tables)
    done = [(sent.act.transaction, sent.point)]
    sent.visitor.port = served.port
    page = sent.visitor.press(sent.root + sent.act.path, sent.form)
    assert (page.status, page.screen) == (200, sent.act.screen), done
    assert page.problems == {}, done
    assert_store_sane(tables)
    tables.backend.close()


def test_a_portal_that_died_at_any_point_of_a_form_takes_the_same_form_after_its_restart(
    folder: Path, store: str
) -> None:
    sent: Sent | None = None
    for number, (act, point) in enumerate(CASES):
        failpoint = f"{act.transaction}:{point}=kill"
        with Served(folder, *SERVER, IPPORTAL_STORE=store, IPPORTAL_FAILPOINT=failpoint) as served:
            if sent:
                repeat(served, sent)
            sent = send(served, number, act, point)
    with Served(folder, *SERVER, IPPORTAL_STORE=store) as served:
        assert sent
        repeat(served, sent)


@pytest.mark.parametrize(
    ("path", "member", "transaction"),
    [("/clock/set", "at", "control.operations.changed"), ("/reset", "now", "scenarios.seed")],
)
@pytest.mark.parametrize("point", ["write-1", "after_commit"])
def test_a_portal_that_died_of_a_testers_call_takes_it_again(
    folder: Path, store: str, *, path: str, member: str, transaction: str, point: str
) -> None:
    with Served(folder, *SERVER, IPPORTAL_STORE=store) as served:
        root = Control(served).workspace("ours")
    failpoint = f"{transaction}:{point}=kill"
    with Served(folder, *SERVER, IPPORTAL_STORE=store, IPPORTAL_FAILPOINT=failpoint) as served:
        with pytest.raises((OSError, http.client.HTTPException)):
            Control(served).call("POST", f"/workspaces/ours{path}", {member: LATER})
        assert served.process.wait(60) == -signal.SIGKILL

    with Served(folder, *SERVER, IPPORTAL_STORE=store) as served:
        told = [Visitor(served.port).get(f"{root}/").headers["X-Ipportal-Now"]]
        Control(served).call("POST", f"/workspaces/ours{path}", {member: LATER})
        told.append(Visitor(served.port).get(f"{root}/").headers["X-Ipportal-Now"])

    assert told == [LATER if point == "after_commit" else NOON, LATER]
    tables = served.workspace("ours")
    assert_store_sane(tables)
    tables.backend.close()


@pytest.mark.parametrize("point", ["write-5", "before_commit", "after_commit"])
def test_a_workspace_in_the_middle_of_which_the_portal_died_is_wholly_there_or_made_anew(
    folder: Path, point: str
) -> None:
    store = stores.own()
    with Served(folder, *SERVER, IPPORTAL_STORE=store, IPPORTAL_FAILPOINT=f"places.schemas.add:{point}=kill") as served:
        with pytest.raises((OSError, http.client.HTTPException)):
            Control(served).workspace("ours")
        assert served.process.wait(60) == -signal.SIGKILL

    with Served(folder, *SERVER, IPPORTAL_STORE=store) as served:
        there = Control(served).call("GET", "/workspaces")["workspaces"]
        if there == ["main"]:
            Control(served).workspace("ours")
        now = Visitor(served.port).get("/w/ours/").headers["X-Ipportal-Now"]
        assert_store_sane(served.workspace("ours"))

    assert (there, now) == (["main", "ours"] if point == "after_commit" else ["main"], NOON)
