"""A process that has children die: it loads the portal once, and forks for each death.

It reads a line of JSON for each child and answers with one: the signal or exit code with which the child ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from contextlib import suppress
from multiprocessing import Barrier
from pathlib import Path
from typing import TYPE_CHECKING, Any

from failures.crowd import RIGHT
from failures.life import Diary, live
from failures.requests import portal_at
from failures.requests_of_testers import REQUESTS
from props import at_confirm, new_portal

from ipportal.scenarios import seed
from ipportal.store import Sqlite, Unavailable
from ipportal.store.failpoints import VARIABLE, reachable
from ipportal.store.postgres import Postgres

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.portal import Portal


def die(told: dict[str, Any]) -> None:
    """Send a request, with a failpoint in its way."""
    os.environ[VARIABLE] = told["failpoint"]
    for backend in (Sqlite, Postgres):
        reachable(backend)
    REQUESTS[told["request"]].send(portal_at(told["store"]), told["held"])


def prepare(told: dict[str, Any]) -> None:
    """Open a store, whose schema may have to grow, with a failpoint in the way."""
    os.environ[VARIABLE] = told["failpoint"]
    for backend in (Sqlite, Postgres):
        reachable(backend)
    portal_at(told["store"])


def born(deed: Callable[[dict[str, Any]], None], told: dict[str, Any]) -> int:
    """Fork a child for a deed; return its process id."""
    if child := os.fork():
        return child
    code = 1
    try:
        deed(told)
        code = 0
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """Return how a child ended: its exit code, or less than nothing for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def race(told: dict[str, Any]) -> list[int]:
    """Have as many children as a round has drafts confirm theirs at the same moment, round after round."""
    together = Barrier(len(told["rounds"][0]))

    def confirm(own: dict[str, Any]) -> None:
        portal, diary = portal_at(own["store"]), Diary(Path(own["diary"]))
        for drafts in own["rounds"]:
            together.wait(60)
            problems = portal.register.confirm(drafts[own["hand"]], RIGHT)
            diary.note(codes=[problem.code for problem in problems.values()])

    hands = range(len(told["rounds"][0]))
    return [ended(child) for child in [born(confirm, told | {"hand": hand}) for hand in hands]]


def live_and_be_killed(told: dict[str, Any]) -> list[int]:
    """Have several children live on one store, and kill each a moment after it has noted so many lines."""
    children = [(born(live, told | each), each) for each in told["lives"]]
    waiting = list(children)
    while waiting:
        time.sleep(0.001)
        for child, each in [pair for pair in waiting if lines(pair[1]["diary"]) >= pair[1]["lines"]]:
            time.sleep(each["seconds"])
            os.kill(child, signal.SIGKILL)
            waiting.remove((child, each))
    return [ended(child) for child, _ in children]


def outlive(told: dict[str, Any]) -> list[int]:
    """Have several children live on one store until it is gone."""

    def live_until_it_is_gone(own: dict[str, Any]) -> None:
        with suppress(Unavailable):
            live(own)

    return [ended(child) for child in [born(live_until_it_is_gone, told | each) for each in told["lives"]]]


def lines(diary: str) -> int:
    """Return how many lines a life has noted."""
    return Path(diary).read_bytes().count(b"\n")


DEEDS: dict[str, Callable[[dict[str, Any]], list[int]]] = {
    "die": lambda told: [ended(born(die, told))],
    "live": live_and_be_killed,
    "outlive": outlive,
    "prepare": lambda told: [ended(born(prepare, told))],
    "race": race,
}


def _with_accounts() -> Portal:
    own = new_portal()
    seed(own)
    return own


def main() -> None:
    at_confirm(_with_accounts())  # so that no child has to load what this loads
    for line in sys.stdin:
        told = json.loads(line)
        found = DEEDS[told["deed"]](told)
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
