"""What a test's marker asks for: how its workspace begins."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from os import PathLike

__tracebackhide__ = True  # a failing test shows its own line, not one in here

WORD = "ABC123"
"""The CAPTCHA answer of every workspace whose marker does not ask for another mode."""

_KNOWN = {"scenario", "now", "captcha", "captcha_word", "captcha_seed"}


def wanted(marker: pytest.Mark | None) -> dict[str, Any]:
    """Return what the marker asks for; a scenario may be a file, and `captcha` a mode or the word itself."""
    from ..settings import CAPTCHA_MODES, CAPTCHA_WORD  # noqa: PLC0415 - nobody else pays for it

    asked = dict(marker.kwargs) if marker else {}
    if unknown := sorted(set(asked) - _KNOWN) or (marker and marker.args):
        raise pytest.UsageError(f"The marker ipportal takes {', '.join(sorted(_KNOWN))}; not {unknown}.")
    captcha = asked.setdefault("captcha", WORD)
    if captcha not in CAPTCHA_MODES:
        if not isinstance(captcha, str) or not re.fullmatch(CAPTCHA_WORD, captcha):
            right = f"a mode: {', '.join(CAPTCHA_MODES)}, or six of A-Z and 0-9"
            raise pytest.UsageError(f"The marker ipportal has captcha={captcha!r}; it takes {right}.")
        asked |= {"captcha": "fixed", "captcha_word": captcha}
    elif captcha == "fixed":
        asked.setdefault("captcha_word", WORD)
    scenario = asked.get("scenario")
    if scenario and str(scenario).endswith(".toml"):
        del asked["scenario"]
        asked["scenario_toml"] = _text(scenario)
    return asked


def _text(file: str | PathLike[str]) -> str:
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as fault:  # a text in another coding, a path with a NUL in it
        why = getattr(fault, "strerror", None) or fault
        # From nothing: where in Python's own source it was found would hide the sentence.
        raise pytest.UsageError(
            f"The marker ipportal has scenario={str(file)!r}, which cannot be read: {why}."
        ) from None
