"""Why a command is refused: a sentence in the terminal's language, and the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..clock import TimeError
from ..conform import Unusable
from ..places import WorkspaceError
from ..settings import PREFIX, SettingError
from ..store import Unavailable
from ..tokens import TokenError
from ..vetting import CheckpointError, ScenarioError
from ..wording import say

if TYPE_CHECKING:
    from collections.abc import Callable

REFUSED, USAGE = 1, 2


def _setting(fault: SettingError, lang: str) -> str:
    key, name, place = f"settings.error.{fault.code}", str(fault.figures.get("name", "")), fault.origin
    if place in {"", "option"}:  # which has just been typed
        return say(key, lang, **fault.figures)
    place = f"{PREFIX}{name.upper()}" if place == "environment" else place
    return say(key, lang, **fault.figures | {"name": say("settings.name_from", lang, name=name, place=place)})


def _scenario(fault: ScenarioError, lang: str) -> str:
    if not fault.wanted:
        return say(f"cli.scenario.{fault.code}", lang, where=fault.where)
    figures = {name: ", ".join(told) if isinstance(told, tuple) else told for name, told in fault.figures.items()}
    return say(f"cli.scenario_wanted.{fault.wanted}", lang, where=fault.where, **figures)


def _checkpoint(fault: CheckpointError, lang: str) -> str:
    return _about(say(f"control.checkpoint_{fault.code}", lang), fault.where)


def _workspace(fault: WorkspaceError, lang: str) -> str:
    return _about(say(f"control.workspace_{fault.code}", lang), fault.name)


def _about(told: str, what: str) -> str:
    return f"{told} ({what})" if what else told


def _token(fault: TokenError, lang: str) -> str:
    if fault.why:
        return say("cli.token_folder", lang, where=fault.where, why=fault.why)
    return say("cli.token_file", lang, where=fault.where)


_SENTENCES: dict[type[Exception], tuple[int, Callable[[Any, str], str]]] = {
    SettingError: (USAGE, _setting),
    TimeError: (USAGE, lambda fault, lang: say(f"cli.time.{fault.code}", lang, **fault.figures)),
    Unusable: (USAGE, lambda fault, lang: say(f"conform.error.{fault.code}", lang, **fault.figures)),
    ScenarioError: (REFUSED, _scenario),
    CheckpointError: (REFUSED, _checkpoint),
    WorkspaceError: (REFUSED, _workspace),
    TokenError: (REFUSED, _token),
    Unavailable: (REFUSED, lambda fault, lang: say(f"cli.store.{fault.code}", lang, where=fault.where)),
    OSError: (REFUSED, lambda fault, lang: say("cli.file", lang, where=fault.filename or "stdout", why=fault.strerror)),
}
KINDS = tuple(_SENTENCES)


def worded(fault: Exception, lang: str) -> tuple[str, int]:
    """Return the sentence and the exit code for a fault of one of `KINDS`."""
    code, sentence = next(told for kind, told in _SENTENCES.items() if isinstance(fault, kind))
    return sentence(fault, lang), code
