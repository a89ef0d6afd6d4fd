"""Where the pages and the instance folder lie, in a checkout or in an installed wheel."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder `templates` or `static`: inside the package when installed, else beside it."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def default_instance() -> Path:
    """Return `instance/` of the checkout, or `<prefix>/var/ipportal-instance` for an installed wheel."""
    if (_PACKAGE.parent / "pyproject.toml").is_file():
        return _PACKAGE.parent / "instance"
    return Path(sys.prefix) / "var" / "ipportal-instance"
