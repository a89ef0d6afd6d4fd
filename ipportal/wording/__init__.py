"""What is said: one TOML page for each screen, the three languages side by side.

`say()` raises on an unknown key or a missing figure, so a gap is found by the first test that meets it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..rules import Problem

__all__ = ["explain", "known", "page", "say"]

_HERE = Path(__file__).parent


class UnknownWording(KeyError):
    """No such key in the wording pages: a bug, never the visitor's doing."""


@cache
def page(name: str) -> dict[str, dict[str, str]]:
    """Return a page's sentences by key, each by language; read once, when first needed."""
    path = _HERE / f"{name}.toml"
    if not path.is_file():
        raise UnknownWording(name)
    return dict(_leaves(tomllib.loads(path.read_text(encoding="utf-8")), ""))


def known(key: str) -> bool:
    """Say whether there is a sentence under *key*."""
    name, _, rest = key.partition(".")
    return rest in page(name)


def say(key: str, lang: str, **figures: object) -> str:
    """Return the sentence under `page.key` in *lang*, with its figures filled in."""
    name, _, rest = key.partition(".")
    try:
        sentence = page(name)[rest][lang]
    except KeyError as fault:
        raise UnknownWording(key, lang) from fault
    return sentence.format(**figures) if figures else sentence


def explain(field: str, problem: Problem, lang: str, **figures: int) -> str:
    """Return what a refusal of *field* tells the visitor to do: the field's own sentence, else the code's.

    Where one try is left, it is the sentence for the last one; where a refusal says which of its sentences, that one.
    *figures* are those in force, which a sentence may ask for beside the refusal's own.
    """
    plain = [f"problems.{field}.{problem.code}", f"problems.{problem.code}"]
    special = "last" if problem.figures.get("left") == 1 else problem.figures.get("which")
    keys = [f"{key}_{special}" for key in plain if special] + plain
    return say(next(filter(known, keys), keys[-1]), lang, **{**figures, **problem.figures})


def _leaves(node: dict[str, Any], path: str) -> list[tuple[str, dict[str, str]]]:
    if all(isinstance(value, str) for value in node.values()):
        return [(path, node)]
    return [leaf for name, child in node.items() for leaf in _leaves(child, f"{path}.{name}" if path else name)]
