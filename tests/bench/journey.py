"""What a visitor costs: a full journey beside its floor, and pages beside a bare hello, each the median of several.

The floor is what no portal of this kind can save: five bcrypt runs and two pictures. All figures are processor time
of this very process; ratios come from pairs measured one after the other, so that a machine that drifts moves both.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import bcrypt
from bench.walk import INTERNET_PASSWORD, Visitor, people
from flask import Flask

from ipportal.app import create_app
from ipportal.flows.drawing import drawn, random_word
from ipportal.scenarios import open_portal
from ipportal.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipportal.portal import Portal


def seconds(deed: Callable[[], object], times: int = 1) -> float:
    """Return the processor time of *deed*, done so many times."""
    began = time.process_time()
    for _ in range(times):
        deed()
    return (time.process_time() - began) / times


def tell(what: str, found: str, wanted: str = "") -> None:
    print(f"{what:<58} {found:>24}  {wanted}", flush=True)


def middle(pairs: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the medians of both, and of their ratio, in milliseconds."""
    firsts, seconds_, ratios = ([*each] for each in zip(*((a * 1000, b * 1000, a / b) for a, b in pairs), strict=True))
    return statistics.median(firsts), statistics.median(seconds_), statistics.median(ratios)


def opened(folder: Path, cost: int, accounts: int) -> Portal:
    portal = open_portal(Settings(instance=folder, bcrypt_cost=cost))
    people(portal, range(accounts))
    return portal


def floor(cost: int) -> None:
    for _ in range(5):
        bcrypt.hashpw(INTERNET_PASSWORD.encode(), bcrypt.gensalt(cost))
    for _ in range(2):
        drawn(random_word())


def hello() -> Flask:
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "Hello")
    return app


def journeys(folder: Path, cost: int, rounds: int, batch: int, wanted: str) -> None:
    """Compare the journey with its floor."""
    portal = opened(folder, cost, 1000)
    app, free = create_app(portal=portal), iter(range(1000))

    def walk() -> None:
        Visitor(app, portal).journey(next(free))

    walk()
    pairs = [(seconds(walk, batch), seconds(lambda: floor(cost), batch)) for _ in range(rounds)]
    one, least, ratio = middle(pairs)
    tell(f"journey, cost {cost}: CPU, floor, ratio", f"{one:.1f} / {least:.1f} ms = {ratio:.2f}", wanted)


def pages(folder: Path, rounds: int, batch: int) -> None:
    """Compare a page without a form and the details page with a bare hello, without any server's own time."""
    portal = opened(folder, 4, 10)
    app = create_app(portal=portal)
    bare, visitor = Visitor(hello(), portal), Visitor(app, portal)
    visitor.get("/register/terms")
    visitor.post("/register/terms", agree="yes")
    visitor.get("/register/kind")
    visitor.post("/register/kind", account_kind="personal")
    for path in ("/", "/login", "/login/tips", "/register/details"):
        look, greet = partial(visitor.get, path), partial(bare.get, "/")
        look()
        one, least, _ = middle([(seconds(look, batch), seconds(greet, batch)) for _ in range(rounds)])
        tell(f"GET {path}: CPU, and beyond a bare hello's", f"{one:.3f} / {one - least:.3f} ms")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    plan: dict[str, Callable[[Path], object]] = {
        "4": lambda folder: journeys(folder, 4, chosen.rounds, 10, "<= 1.9"),
        "10": lambda folder: journeys(folder, 10, chosen.rounds, 2, "<= 1.08"),
        "pages": lambda folder: pages(folder, chosen.rounds, 100),
    }
    with tempfile.TemporaryDirectory() as name:
        for part, deed in plan.items():
            if chosen.only in {"", part}:
                (folder := Path(name) / part).mkdir()
                deed(folder)


if __name__ == "__main__":
    main()
