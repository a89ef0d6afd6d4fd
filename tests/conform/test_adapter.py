"""A validator is found as a function; what cannot be used is refused by name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from ipportal.conform import Unusable
from ipportal.conform.adapter import from_module
from ipportal.conform.choose import chosen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = """
class Shop:
    @staticmethod
    def judge(rule, given):
        given["typed over"] = 1
        return "accepted" if rule == "agree" else None

judge = Shop.judge
number = 5
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current directory; what is imported from it is forgotten."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    return tmp_path


def refusal(deed: Callable[[], object]) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Unusable) as refused:
        deed()
    return refused.value.code, refused.value.figures


@pytest.mark.parametrize("name", ["shop:judge", "shop:Shop.judge"])
def test_a_function_is_found_in_the_current_directory(here: Path, name: str) -> None:
    (here / "shop.py").write_text(GOOD)
    vector = chosen(["agree"])[0]

    assert from_module(name)(vector) == "accepted"
    assert "typed over" not in vector.given


def test_the_current_directory_is_looked_through_once(here: Path) -> None:
    (here / "shop.py").write_text(GOOD)

    from_module("shop:judge")
    from_module("shop:judge")

    assert sys.path.count(str(here)) == 1


@pytest.mark.parametrize(
    ("name", "code", "figures"),
    [
        ("shop", "adapter_name", {"name": "shop"}),
        (":judge", "adapter_name", {"name": ":judge"}),
        ("shop:", "adapter_name", {"name": "shop:"}),
        ("nobody:judge", "adapter_module", {"module": "nobody", "missing": "nobody"}),
        ("shop:jugde", "adapter_function", {"module": "shop", "name": "jugde"}),
        ("shop:judge.not.there", "adapter_function", {"module": "shop", "name": "judge.not.there"}),
        ("shop:number", "adapter_callable", {"name": "shop:number", "type": "int"}),
        ("broken:judge", "adapter_syntax", {"module": "broken", "line": 2}),
        ("needs:judge", "adapter_module", {"module": "needs", "missing": "not_installed"}),
        (
            "raises:judge",
            "adapter_import",
            {"module": "raises", "why": "ZeroDivisionError: division by zero (raises.py:1)"},
        ),
        ("leaves:judge", "adapter_import", {"module": "leaves", "why": "SystemExit (leaves.py:3)"}),
        ("later:judge", "adapter_async", {"name": "later:judge"}),
        ("..shop:judge", "adapter_path", {"module": "..shop", "name": "shop:judge"}),
        ("./shop:judge", "adapter_path", {"module": "./shop", "name": "shop:judge"}),
        ("shop.py:judge", "adapter_path", {"module": "shop.py", "name": "shop:judge"}),
        ("theirs\\shop.py:judge", "adapter_path", {"module": "theirs\\shop.py", "name": "shop:judge"}),
        ("./:judge", "adapter_path", {"module": "./", "name": "my_rules:judge"}),
    ],
)
def test_a_function_that_cannot_be_used_is_refused_by_what_is_wrong(
    here: Path, name: str, code: str, figures: dict[str, str | int]
) -> None:
    (here / "shop.py").write_text(GOOD)
    (here / "broken.py").write_text("\ndef judge(:\n")
    (here / "needs.py").write_text("import not_installed\n")
    (here / "raises.py").write_text("1 / 0\n")
    (here / "leaves.py").write_text("import leaves_at_once\n\nleaves_at_once.leave()\n")
    (here / "leaves_at_once.py").write_text("def leave():\n    raise SystemExit\n")
    (here / "later.py").write_text("async def judge(rule, given):\n    return None\n")

    assert refusal(lambda: from_module(name)) == (code, figures)
