"""What the code of the portal never does, whatever is typed."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ipportal import assets
from ipportal.app import create_app

if TYPE_CHECKING:
    from ipportal.portal import Portal

PACKAGE = Path(assets.__file__).parent
# What a tester runs on their own machine may start what they name.
TOOLS = {"cli/workspace_commands.py", "testing/server.py"}
SEEDED = {"flows/faults.py", "flows/drawing.py"}
STARTING = {
    "subprocess",
    "pickle",
    "marshal",
    "shelve",
    "ctypes",
    "code",
    "pty",
    "eval",
    "exec",
    "compile",
    "__import__",
}
MARKUP = "innerHTML|outerHTML|insertAdjacentHTML|document.write|eval|Function|localStorage|sessionStorage|indexedDB"


def names(path: Path) -> set[str]:
    """Return what a module imports, and what it calls by a plain name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name.partition(".")[0] for each in node.names}
        if isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found.add(node.func.id)
        if isinstance(node, ast.Attribute) and node.attr in {"system", "popen", "from_string"}:
            found.add(node.attr)
    return found


def using(wanted: set[str]) -> set[str]:
    return {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if names(path) & wanted}


def test_what_serves_visitors_starts_evaluates_and_unpickles_nothing() -> None:
    assert using(STARTING - {"ctypes"} | {"system", "popen", "from_string"}) == TOOLS
    assert using({"ctypes"}) == {"cli/system.py"}


def test_only_noise_and_what_a_tester_seeds_come_from_a_generator_that_can_be_foretold() -> None:
    assert using({"random"}) == SEEDED


def test_the_script_writes_no_markup_and_keeps_nothing() -> None:
    script = (assets.folder("static") / "portal.js").read_text(encoding="utf-8")

    assert re.findall(rf"\b({MARKUP})\b|\.cookie\b", script) == []
    assert "textContent" in script


@pytest.mark.parametrize("path", ["/", "/nowhere", "/robots.txt", "/static/portal.css", "/static/portal.js"])
def test_every_text_says_its_charset(portal: Portal, path: str) -> None:
    with create_app(portal=portal).test_client().get(path) as answer:
        assert str(answer.mimetype).startswith("text/")
        assert answer.headers["Content-Type"].endswith("; charset=utf-8")
