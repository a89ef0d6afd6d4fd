"""Every code block of the documentation runs, and every link leads somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest
from browser.conftest import ABSENT, CHROMIUM, FLAGS

from ipportal.testing import Server

from .blocks import GUIDES, PAGES, ROOT, Block, blocks, prose
from .desk import PATIENCE, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BROWSER = [block for page in PAGES for block in blocks(page) if block.in_browser]
# What a reader's Playwright installs for them is Debian's Chromium here.
DEBIANS = f"""
from playwright.sync_api import BrowserType

launch = BrowserType.launch
BrowserType.launch = lambda self, **options: launch(self, executable_path={CHROMIUM!r}, args={FLAGS!r}, **options)
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A reader's folder, and the server that they have started there."""
    instance = tmp_path / "instance"
    instance.mkdir()
    with Server({"bcrypt-cost": "4", "processes": "2", "terminal-lang": "en"}, instance=instance) as server:
        yield Desk(tmp_path, server)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_of_a_page_runs_in_order(page: Path, desk: Desk) -> None:
    todo = [block for block in blocks(page) if block not in BROWSER]

    for at, block in enumerate(todo, 1):
        desk.run(block, todo[at:])


@pytest.mark.browser
@pytest.mark.parametrize("block", BROWSER, ids=str)
def test_a_block_for_playwright_runs_in_chromium(block: Block, desk: Desk) -> None:
    if CHROMIUM is None and "CI" in os.environ:
        pytest.fail(ABSENT)
    if CHROMIUM is None:
        pytest.skip(ABSENT)
    (desk.folder / "conftest.py").write_text(DEBIANS, encoding="utf-8")

    desk.run(block)


def test_the_guides_have_blocks_and_one_of_them_is_for_a_browser() -> None:
    with_blocks = {page.name for page in GUIDES if blocks(page)}

    assert with_blocks == {"rehearse-by-hand.md", "test-by-script.md", "check-your-own-rules.md", "scale.md"}
    assert [block.page for block in BROWSER] == ["test-by-script.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_what_is_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", prose(page)):
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as they are made from their words."""
    headings = re.findall("^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub("[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_is_one(page: Path) -> None:
    """A command in the running text has a parser that knows its words and its options."""
    for told in re.findall(r"`(?:\.venv/bin/)?ipportal ([a-z][^`]*)`", prose(page)):
        names = re.match(r"[a-z]+(?: (?:export|diff|coverage|list|open|save|restore|set|advance|run|real)\b)?", told)
        assert names, told
        shown = help_of(names[0])
        assert shown, told
        for flag in re.findall(r"--[a-z-]+", told.partition(" -- ")[0]):
            assert flag in shown, told


@cache
def help_of(command: str) -> str:
    """Return the help of a command; nothing where there is no such command."""
    asked = [sys.executable, "-m", "ipportal", *command.split(), "--help"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=PATIENCE)
    return done.stdout if done.returncode == 0 else ""


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_no_page_names_a_place_of_the_machine_that_it_was_written_on(page: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:home|root|tmp|work|usr|opt)/", page.read_text(encoding="utf-8"))
