"""The published hooks as constants: what a test may rely on, as the README lists it.

A hook with a part in braces is a pattern: `Mark.OPEN.of("TRN20250324-01")` is `open-TRN20250324-01`.
"""

from __future__ import annotations

from .answers import Header, Status
from .base import Hook
from .forms import Code, Field, Hidden
from .places import Function, Language, Path
from .screens import Attribute, Mark, Screen

__all__ = [
    "Attribute",
    "Code",
    "Field",
    "Function",
    "Header",
    "Hidden",
    "Hook",
    "Language",
    "Mark",
    "Path",
    "Screen",
    "Status",
]
