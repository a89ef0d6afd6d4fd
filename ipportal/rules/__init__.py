"""What may be typed, and every figure the portal keeps to."""

from __future__ import annotations

from .catalogue import (
    BASIC_USER_IDS,
    BEHAVIOURS,
    CATALOGUE,
    CODES,
    FIELDS,
    FIGURE,
    FIGURES,
    FORMS,
    WHOLE,
    WINDOW,
    WINDOWS,
    in_force,
)
from .judge import problem, problems
from .kinds import ASSUMED, Behaviour, Chars, Choice, Field, Figure, Problem, Rule, Text, Window

__all__ = [
    "ASSUMED",
    "BASIC_USER_IDS",
    "BEHAVIOURS",
    "CATALOGUE",
    "CODES",
    "FIELDS",
    "FIGURE",
    "FIGURES",
    "FORMS",
    "WHOLE",
    "WINDOW",
    "WINDOWS",
    "Behaviour",
    "Chars",
    "Choice",
    "Field",
    "Figure",
    "Problem",
    "Rule",
    "Text",
    "Window",
    "in_force",
    "problem",
    "problems",
]
