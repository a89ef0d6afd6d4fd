"""A portal in a process of its own, Debian's Chromium, and a fresh visitor for each test."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from browser.server import GATE, LOOPBACK, serving
from browser.watch import Watch
from playwright.sync_api import expect, sync_playwright
from props import NOON

from ipportal.portal import assemble
from ipportal.scenarios import seed
from ipportal.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from ipportal.portal import Portal

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
ABSENT = "There is no chromium: the browser tests did not run (Debian: apt install chromium fonts-noto-cjk)."
# Nothing but the portal is asked for anything, and nothing is kept between runs.
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 15_000  # milliseconds, for a busy machine


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if CHROMIUM is None:
        terminalreporter.section("BROWSER TESTS SKIPPED", sep="!", red=True, bold=True)
        terminalreporter.write_line(ABSENT, red=True, bold=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None and "CI" in os.environ:
        pytest.fail(ABSENT)
    if CHROMIUM is None:
        pytest.skip(ABSENT)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def store(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:  # noqa: ARG001 - only with it
    """The served portal's store, opened from outside as `ipportal reset` and `ipportal clock` open it."""
    portal = assemble(Settings(instance=tmp_path_factory.mktemp("served"), bcrypt_cost=4))
    portal.tables.backend.prepare()
    seed(portal)
    yield portal
    portal.close()


@pytest.fixture(scope="session")
def served(store: Portal) -> Iterator[str]:
    with serving(store.settings.instance, *LOOPBACK) as address:
        yield address


@pytest.fixture
def stage(store: Portal) -> Portal:
    """The store as the scenario has it, at noon on Monday 31 March 2025."""
    seed(store, anew=True)
    store.stored_clock.set(NOON)
    return store


@pytest.fixture
def visit(chromium: Browser, served: str, stage: Portal) -> Iterator[Callable[..., Page]]:  # noqa: ARG001 - set first
    """Open a new browser at the portal; in the end none of them may have complained."""
    watch = Watch(served)
    contexts = []

    def opened(width: int = 1280, *, scripts: bool = True) -> Page:
        size = {"width": width, "height": 900}
        context = chromium.new_context(base_url=served, viewport=size, java_script_enabled=scripts)  # type: ignore[arg-type]  # a plain dict will do
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert watch.faults == []


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    return visit()


@pytest.fixture
def gate(chromium: Browser, stage: Portal, tmp_path: Path) -> Iterator[tuple[Page, Path]]:
    """A visitor before a public portal's gate, and the folder of that portal."""
    shutil.copy(stage.settings.store, tmp_path)
    with serving(tmp_path, *GATE) as address:
        watch = Watch(address)
        context = chromium.new_context(base_url=address)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        yield context.new_page(), tmp_path
        context.close()
    assert watch.faults == []
