"""What a server holds: journeys by processes, crowds, plain pages beside logins, and the second store."""

from __future__ import annotations

import os
import statistics
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from bench.crowd import WINDOW, Seen, crowd, stream
from bench.machine import Served, bare, confined, weight
from bench.report import Finding, medians
from bench.walk import Ask, enter, journey, post, reader, register

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

ROUNDS = 5
CROWD, LONG, MANY = 500, 3000, 30_000


class Walks:
    """The journeys of ever new people on one server."""

    def __init__(self, served: Served) -> None:
        self.served, self._free, self._read = served, count(), reader(served.portal)

    def go(self, walks: int, visitors: int) -> Seen:
        """Have that many visitors walk that many journeys; any failure ends the benchmark."""
        return sound(crowd(self.served.port, self._some(walks), visitors))

    def stream(self, visitors: int, pause: float, coming: float) -> list[Seen]:
        """Have that many visitors come, and walk journey after journey; any failure ends the benchmark."""
        walks = (journey(number, self._read) for number in self._free)
        book = stream(self.served.port, walks, visitors, pause=pause, coming=coming, windows=ROUNDS)
        return [sound(each) for each in book]

    def _some(self, walks: int) -> Generator[Generator[Ask, str, None]]:
        for _ in range(walks):
            yield journey(next(self._free), self._read)


def sound(seen: Seen) -> Seen:
    if seen.failed:
        raise SystemExit(f"{len(seen.failed)} failed, the first: {seen.failed[0]}")
    return seen


def processes(folder: Path) -> Finding:
    """What do more processes bring?"""
    finding = Finding(
        "What do 1, 2 and 4 processes bring?",
        "Full journeys a second over HTTP, on a SQLite file, sixteen visitors without pauses. Each has as many "
        "cores as processes, if there are so many; the last row of a cost is one process that may use all, and hashes "
        "on all.",
    )
    wanted = {4: "≥ 1.5", 12: "≥ 1.9"}
    free = len(os.sched_getaffinity(0))
    kinds = {"1 process, one core": (1, 1), "2 processes": (2, 2), "4 processes": (4, 4), "1 process": (1, free)}
    for cost, walks in ((4, 240), (12, 16)):
        served = []
        for number, (workers, cores) in enumerate(kinds.values()):
            with confined(cores):
                served.append(Served(folder / f"{cost}-{number}", LONG, bcrypt_cost=cost, processes=workers))
        rates = medians(ROUNDS, *(partial(rate, Walks(each), walks) for each in served))
        for each in served:
            each.stop()
        for kind, found in zip(kinds, rates, strict=True):
            finding.row(f"cost {cost}, {kind}", f"{found:.1f} journeys/s")
            finding.bar(f"cost {cost}, {kind}", found, f"{found:.1f}/s")
        finding.row(f"cost {cost}: two ÷ one on one core", f"{rates[1] / rates[0]:.2f}", wanted[cost])
    return finding


def rate(walks: Walks, number: int) -> float:
    """Return the journeys a second of sixteen visitors."""
    return walks.go(number, 16).rate


def many(folder: Path) -> Finding:
    """How long does one of 500 visitors wait?"""
    finding = Finding(
        f"How long does one of {CROWD} visitors wait?",
        "Two processes, cost 4: visitors come one after the other, and each walks journey after journey, with pauses "
        f"of one to three seconds before each request or with none; when all are there, in {ROUNDS} windows of "
        f"{WINDOW:.0f} seconds: the answer within which 99 in 100 came.",
    )
    heavy = 0.0
    for pause, coming, wanted in ((2.0, 34.0, "≤ 50 ms"), (0.0, 20.0, "≤ 1,500 ms")):
        name = f"pauses of {pause:.0f} s" if pause else "no pauses"
        with Served(folder / f"pause-{pause}", MANY, processes=2) as served:
            before, *seen = Walks(served).stream(CROWD, pause, coming)
            heavy = max(heavy, weight(served.pid))
        slow = statistics.median(each.worst() for each in seen)
        usual = statistics.median(each.worst(0.5) for each in seen)
        rate = statistics.median(each.rate for each in seen)
        asked = sum(len(each.taken) for each in (before, *seen))
        finding.row(f"{name}: p99; median", f"{slow:.0f}; {usual:.1f} ms", wanted)
        finding.row(f"{name}: journeys a second", f"{rate:.1f}")
        finding.row(f"{name}: failed of {asked:,} requests", "0", "0")
        finding.bar(name, slow, f"{slow:.0f} ms")
    finding.row("memory of both processes under this load", f"{heavy:.0f} MB", "≤ 90 MB")
    return finding


def beside_logins(folder: Path) -> Finding:
    """Does hashing starve plain pages?"""
    finding = Finding(
        "Does hashing starve plain pages?",
        "Two processes, cost 12: a page without a form, asked for every 20 ms, alone and while sixteen visitors sign "
        "in without pauses.",
    )
    with Served(folder, 64, processes=2, bcrypt_cost=12) as served:
        read = reader(served.portal)
        sound(crowd(served.port, (register(number, read) for number in range(16)), 16))
        idle, busy, rates = [], [], []
        for _ in range(ROUNDS):
            idle.append(_plain(served.port, 200).worst())
            over = threading.Event()
            logins = (enter(number % 16) for number in count())
            with ThreadPoolExecutor() as pool:
                crowded = pool.submit(crowd, served.port, logins, 16, until=over.is_set)
                busy.append(_plain(served.port, 300).worst())
                over.set()
            rates.append(sound(crowded.result()).rate)
    quiet, loud = statistics.median(idle), statistics.median(busy)
    times = statistics.median(second / first for first, second in zip(idle, busy, strict=True))
    finding.row("p99 of a plain page, idle; beside logins", f"{quiet:.1f}; {loud:.1f} ms")
    finding.row("beside logins ÷ idle", f"{times:.1f}", "≤ 5")
    finding.row("logins a second meanwhile", f"{statistics.median(rates):.1f}")
    finding.bar("idle", quiet, f"{quiet:.1f} ms")
    finding.bar("beside logins", loud, f"{loud:.1f} ms")
    return finding


def _plain(port: int, times: int) -> Seen:
    return sound(crowd(port, [repeat(Ask("/login/tips"), times)], 1, pause=0.02))


def repeat(ask: Ask, times: int) -> Generator[Ask, str, None]:
    for _ in range(times):
        yield ask


def throughput(folder: Path) -> Finding:
    """How many pages a second, beside a bare hello in the same server?"""
    finding = Finding(
        "How many pages a second, beside a bare Flask hello?",
        "One process of the same server with the same settings, eight browsers that keep their connections.",
    )
    with Served(folder, 64, processes=1) as served, bare(1) as hello:
        asked = {"a bare Flask hello": (hello, "/"), "home": (served.port, "/"), "tips": (served.port, "/login/tips")}
        deeds = [partial(_pages, port, path) for port, path in asked.values()]
        rates = medians(ROUNDS, *deeds, partial(_details, served.port))
    for what, rate, wanted in zip((*asked, "details form"), rates, ("", "", "≥ 0.8", "≥ 0.4"), strict=True):
        finding.row(what, f"{rate:.0f}/s = {rate / rates[0]:.2f}", wanted)
        finding.bar(what, rate, f"{rate:.0f}/s")
    return finding


def _pages(port: int, path: str) -> float:
    return sound(crowd(port, (repeat(Ask(path), 100) for _ in range(8)), 8)).requests


def _details(port: int) -> float:
    return sound(crowd(port, (details(600) for _ in range(8)), 8)).requests


def details(times: int = 1) -> Generator[Ask, str, None]:
    """Go to the details of a registration, and look at their form so often."""
    page = yield Ask("/register/terms")
    yield post("/register/terms", page, agree="yes")
    page = yield Ask("/register/kind")
    yield post("/register/kind", page, account_kind="personal")
    yield from repeat(Ask("/register/details"), times)
