"""The pages of the documentation, and the code blocks in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
GUIDES = sorted(path for path in (ROOT / "docs").glob("*.md"))
PAGES = [*GUIDES, ROOT / "README.md"]


@dataclass(frozen=True)
class Block:
    """A code block: `name` is the file that it is, where its first line says so."""

    page: str
    line: int
    lang: str
    text: str

    @property
    def name(self) -> str:
        found = re.match(r"# ([\w./-]+\.[a-z]+)\n", self.text)
        return found[1] if found else ""

    @property
    def in_browser(self) -> bool:
        return "sync_playwright" in self.text

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """Return the code blocks of a page in their order; a chart is none, and an open fence is a fault of the page."""
    text = page.read_text(encoding="utf-8")
    found = [
        Block(page.name, text.count("\n", 0, each.start()) + 1, each[1], each[2])
        for each in re.finditer(r"^```([a-z]*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    ]
    assert text.count("```") == 2 * len(found), page
    return [block for block in found if block.lang != "chart"]


def prose(page: Path) -> str:
    """Return what a page says outside its code blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def used(block: Block, rest: Sequence[Block]) -> bool:
    """Say whether a later block runs the file that a block is, or one that imports it."""
    module = re.escape(block.name.partition(".")[0])
    return bool(block.name) and any(re.search(rf"\b{module}\b", later.text) for later in rest)
