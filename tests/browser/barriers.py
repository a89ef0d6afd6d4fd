"""axe's findings on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Every rule that axe has, also those that it leaves out by default.
_LEVELS = [f"wcag{version}{level}" for version in ("2", "21", "22") for level in ("a", "aa", "aaa")]
TAGS = [*_LEVELS, "ACT", "EN-301-549", "best-practice", "experimental"]
_RUN = "tags => axe.run({resultTypes: ['violations'], runOnly: tags})"


def barriers(page: Page) -> list[str]:
    """Return what axe finds on the page, an entry for each element."""
    page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate(_RUN, TAGS)
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['html'][:160]}\n    {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
