"""What a visitor costs, without a server: processor time of this very process, beside what nobody could save."""

from __future__ import annotations

import time
from functools import partial
from itertools import count as count_from
from typing import TYPE_CHECKING

import bcrypt
from bench.load import details
from bench.report import Finding, medians, ratio
from bench.walk import (
    BASIC_PASSWORD,
    INTERNET_PASSWORD,
    NEW_BASIC_PASSWORD,
    Ask,
    Visitor,
    basic_user_id,
    change,
    enter,
    journey,
    reader,
    register,
    stock,
)
from captcha.audio import AudioCaptcha
from captcha.image import ImageCaptcha
from flask import Flask

from ipportal.app import create_app
from ipportal.flows.base import new_id
from ipportal.flows.drawing import drawn, random_word
from ipportal.flows.sound import spoken
from ipportal.scenarios import open_portal
from ipportal.settings import Settings
from ipportal.web.visit import house_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ipportal.portal import Portal

PACKAGE = ImageCaptcha(width=200, height=70)
ROUNDS = 5
REQUESTS = 17
COSTS = {4: (10, "≤ 1.9"), 10: (2, "≤ 1.08")}
MANY_ACCOUNTS, FEW_ACCOUNTS, MANY_WORKSPACES = 1_000_000, 1000, 200


def seconds(deed: Callable[[], object], times: int = 1) -> float:
    """Return the processor time of *deed*, done so many times."""
    began = time.process_time()
    for _ in range(times):
        deed()
    return (time.process_time() - began) / times


def opened(folder: Path, cost: int, accounts: int) -> Portal:
    portal = open_portal(Settings(instance=folder, bcrypt_cost=cost))
    stock(portal, accounts)
    return portal


def floor(cost: int, draw: Callable[[str], object]) -> None:
    """Do what no portal of this kind can save in a journey: five bcrypt runs and two pictures."""
    for _ in range(5):
        bcrypt.hashpw(INTERNET_PASSWORD.encode(), bcrypt.gensalt(cost))
    for _ in range(2):
        draw(random_word())


def painted(word: str) -> bytes:
    """Have the portal draw a picture that it has not drawn before."""
    return drawn(word, new_id())


def walker(portal: Portal) -> Callable[[], object]:
    """Return what walks one journey after the other."""
    app, free, answer = create_app(portal=portal), count_from(0), reader(portal)

    def walk() -> None:
        if Visitor(app).walk(journey(next(free), answer)) != REQUESTS:
            raise SystemExit("a journey of another length")

    walk()
    return walk


def unavoidable(folder: Path) -> Finding:
    """How much of a journey could nobody save?"""
    finding = Finding(
        "How much of a journey is unavoidable?",
        f"Processor time of {REQUESTS} requests, from the home page to the main page after the first login. The floor "
        "is five bcrypt runs and two CAPTCHA pictures as the captcha package draws them by itself, in the portal's "
        "size; the portal has it draw less.",
    )
    for cost, (batch, wanted) in COSTS.items():
        walk, least = walker(opened(folder / str(cost), cost, FEW_ACCOUNTS)), partial(floor, cost, PACKAGE.generate)
        one, other, times = ratio(ROUNDS, partial(seconds, walk, batch), partial(seconds, least, batch))
        finding.row(f"cost {cost}: journey; floor", f"{one * 1000:.1f}; {other * 1000:.1f} ms")
        finding.row(f"cost {cost}: journey ÷ floor", f"{times:.2f}", wanted)
        finding.bar(f"floor, cost {cost}", other, f"{other * 1000:.1f} ms")
        finding.bar(f"journey, cost {cost}", one, f"{one * 1000:.1f} ms")
    compared = (("a picture", PACKAGE.generate, painted, 20), ("a word read out", AudioCaptcha().generate, spoken, 1))
    for what, package, portal, times in compared:
        deeds = (partial(seconds, partial(each, random_word()), times) for each in (package, portal))
        theirs, own = medians(ROUNDS, *deeds)
        finding.row(f"{what} by the package itself; by the portal", f"{theirs * 1000:.1f}; {own * 1000:.1f} ms")
    return finding


def pages(folder: Path) -> Finding:
    """What does a page cost beside a bare hello?"""
    finding = Finding(
        "What does a page cost beyond a bare Flask hello?",
        "Processor time of one answer, called without a server, so that none of it is a server's own.",
    )
    app = create_app(portal=opened(folder, 4, 10))
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "Hello")
    greeted, visitor = Visitor(bare), Visitor(app)
    visitor.walk(details())
    asked = {"a bare hello": partial(greeted.ask, Ask("/"))}
    asked |= {path: partial(visitor.ask, Ask(path)) for path in ("/", "/login", "/login/tips", "/register/details")}
    found = medians(ROUNDS, *(partial(seconds, ask, 100) for ask in asked.values()))
    for what, taken in zip(asked, found, strict=True):
        finding.row(what, f"{taken * 1000:.2f} ms")
        finding.bar(what, taken, f"{taken * 1000:.2f} ms")
    return finding


def history(folder: Path) -> Finding:
    """Does a long history make the change of the basic password dearer?"""
    finding = Finding(
        "Does a full history make the change of the basic password dearer?",
        "Processor time of the change at cost 10, with no and with twelve past basic passwords to compare with.",
    )
    portal = opened(folder, 10, 100)
    app, answer, free = create_app(portal=portal), reader(portal), count_from(0)

    def changed(past: int) -> float:
        number, visitor = next(free), Visitor(app)
        visitor.walk(register(number, answer))
        if account := portal.tables.accounts.get(basic_user_id(number)):
            portal.staff.fill_history(account, [f"{1000 + each:08}" for each in range(past)])
        visitor.walk(enter(number))
        return seconds(lambda: visitor.walk(change(BASIC_PASSWORD, NEW_BASIC_PASSWORD, answer)))

    full, none, times = ratio(ROUNDS, lambda: changed(12), lambda: changed(0))
    finding.row("with twelve past basic passwords", f"{full * 1000:.1f} ms")
    finding.row("with none", f"{none * 1000:.1f} ms")
    finding.row("twelve ÷ none", f"{times:.2f}", "≤ 1.1")
    finding.bar("none", none, f"{none * 1000:.1f} ms")
    finding.bar("twelve", full, f"{full * 1000:.1f} ms")
    return finding


def growth(folder: Path) -> Finding:
    """Does a journey become dearer with accounts and with workspaces?"""
    finding = Finding(
        "What grows with accounts and with workspaces?",
        "Processor time of a journey at cost 4; stores of one size beside stores of another, in turn.",
    )
    few, many = (walker(opened(folder / str(count), 4, count)) for count in (FEW_ACCOUNTS, MANY_ACCOUNTS))
    _compare(finding, f"{MANY_ACCOUNTS:,} accounts", many, f"{FEW_ACCOUNTS:,} accounts", few)
    one, among = (houses(folder / f"houses-{count}", count) for count in (1, MANY_WORKSPACES))
    _compare(finding, f"{MANY_WORKSPACES} workspaces in turn", among, "one workspace", one)
    return finding


def houses(folder: Path, count: int) -> Callable[[], object]:
    """Return what walks a journey in the next of so many workspaces."""
    app, free = create_app(portal=open_portal(Settings(instance=folder, bcrypt_cost=4))), count_from(0)
    house = house_of(app)  # its own, so that the reading of a CAPTCHA opens no second connection
    for number in range(count):
        stock(house.create(f"w-{number}"), FEW_ACCOUNTS // count + 100)

    def walk() -> None:
        number = next(free)
        name = f"w-{number % count}"
        answer = reader(house.get(name))
        Visitor(app, f"/w/{name}").walk(journey(number // count, answer))

    for _ in range(count):  # each is opened once before it is measured
        walk()
    return walk


def _compare(finding: Finding, what: str, many: Callable[[], object], other: str, few: Callable[[], object]) -> None:
    more, less, times = ratio(ROUNDS, partial(seconds, many, 10), partial(seconds, few, 10))
    finding.row(f"{what}; {other}", f"{more * 1000:.1f}; {less * 1000:.1f} ms")
    finding.row("ratio", f"{times:.2f}", "≤ 1.05")
    finding.bar(other, less, f"{less * 1000:.1f} ms")
    finding.bar(what, more, f"{more * 1000:.1f} ms")
