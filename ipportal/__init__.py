"""A training emulator of an investor account portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "1.1.0"
__all__ = ["Portal", "Settings", "create_app", "open_portal"]

if TYPE_CHECKING:
    from .app import create_app
    from .portal import Portal
    from .scenarios import open_portal
    from .settings import Settings

_HOMES = {"Portal": "portal", "Settings": "settings", "create_app": "app", "open_portal": "scenarios"}


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for, so that `import ipportal` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module  # noqa: PLC0415 - as above

    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
