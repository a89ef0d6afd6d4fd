"""What is written down as a value stays as it was written."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import is_dataclass
from typing import Any, Final

import pytest

import ipportal

PARTS: Final = ("rules", "hours", "clock", "flows", "store", "control")
MODULES: Final = [
    each.name
    for each in pkgutil.walk_packages(ipportal.__path__, "ipportal.")
    if each.name.split(".")[1] in PARTS and not each.ispkg
]


def values(module: str) -> list[Any]:
    """Return the dataclasses of a module."""
    found = importlib.import_module(module)
    return [each for _, each in inspect.getmembers(found, is_dataclass) if each.__module__ == module]


@pytest.mark.parametrize("module", MODULES)
def test_no_value_changes_once_it_is_made(module: str) -> None:
    assert [value.__name__ for value in values(module) if not value.__dataclass_params__.frozen] == []
