"""A process that has children die: it loads the portal once, and forks for each death.

It reads a line of JSON for each child and answers with one: the signal or exit code with which the child ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from failures.life import live
from failures.requests import REQUESTS, portal_at

from ipportal.store import Sqlite
from ipportal.store.failpoints import VARIABLE, reachable

if TYPE_CHECKING:
    from collections.abc import Callable


def die(told: dict[str, Any]) -> None:
    """Send a request, with a failpoint in its way."""
    os.environ[VARIABLE] = told["failpoint"]
    reachable(Sqlite)
    REQUESTS[told["request"]].send(portal_at(told["store"]), told["held"])


def prepare(told: dict[str, Any]) -> None:
    """Open a store, whose schema may have to grow, with a failpoint in the way."""
    os.environ[VARIABLE] = told["failpoint"]
    reachable(Sqlite)
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


def lines(diary: str) -> int:
    """Return how many lines a life has noted."""
    return Path(diary).read_bytes().count(b"\n")


def main() -> None:
    for line in sys.stdin:
        told = json.loads(line)
        deeds = {"die": die, "prepare": prepare}
        found = [ended(born(deeds[told["deed"]], told))] if told["deed"] in deeds else live_and_be_killed(told)
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
