"""The control API: JSON operations for tests and tools, under one prefix, behind a token."""

from __future__ import annotations

from .server import create_control

__all__ = ["create_control"]
