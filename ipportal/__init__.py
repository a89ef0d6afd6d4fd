"""A training emulator of an investor account portal."""

from __future__ import annotations

__version__ = "1.0.0"
