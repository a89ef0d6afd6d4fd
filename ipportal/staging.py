"""Staging: what a scenario file sets besides its people, so that a trainer's lesson is a tester's scenario too."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import seeds
from .clock import TimeError, parse_moment
from .flows.faults import KINDS, LONGEST_DELAY, MOST, OPTIONS, STEPS, Whole
from .settings import CAPTCHA_MODES, CAPTCHA_WORD, LONGEST_SEED, is_seed
from .toml import as_text
from .vetting import A_MOMENT, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from .portal import Portal

NAMES = frozenset({"now", "clock", "captcha", "faults"})
_CLOCK = ("frozen", "run")
_ONE_FAULT = ("[[faults]]",)
_EXAMPLES = {"chance": "0.5", "seed": '"1"'}


@dataclass(frozen=True)
class Stage:
    """The moment at which the clock begins, whether it runs on from there, the CAPTCHA mode, and the armed faults."""

    now: datetime | None = None
    runs: bool = False
    captcha: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Mapping[str, Any], ...] = ()


def read(found: Mapping[str, Any]) -> Stage:
    """Read the stage of a scenario file; raise `ScenarioError` naming what is wrong."""
    faults = found.get("faults", [])
    if not isinstance(faults, list):
        raise ScenarioError("value", "faults", "like", accepted=_ONE_FAULT)
    if len(faults) > MOST:
        raise ScenarioError("value", "faults", "most", most=MOST)
    armed = tuple(_fault(f"faults[{at}]", _seeded(each)) for at, each in enumerate(faults))
    moment = _moment(found["now"]) if "now" in found else None
    return Stage(moment, _runs(found.get("clock", "frozen")), _captcha(_seeded(found.get("captcha", {}))), armed)


def set_up(portal: Portal, stage: Stage, now: datetime | None) -> None:
    """Date the rows of a portal that has just been filled, and set its clock, CAPTCHA and faults; call in `atomic()`.

    *now* is where the clock begins instead of where the stage has it.
    """
    moment, settings = now or stage.now, portal.settings
    if stage.captcha and settings.public and stage.captcha["mode"] != "real":
        raise ScenarioError("value", "captcha.mode", "one_of", accepted=("real",))
    seeds.date(portal.tables, moment or portal.stored_clock.real.now(), settings.cancelled_id_days)
    if moment:
        portal.stored_clock.set(moment)
        if stage.runs:
            portal.stored_clock.run()
    if stage.captcha:
        portal.captcha.choose(**{"word": "", "seed": settings.captcha_seed} | dict(stage.captcha))
    for fault in stage.faults:
        portal.faults.arm(**fault)


def _seeded(found: object) -> object:
    """Return a table with its seed as text, which a file may have as a number."""
    return found | {"seed": as_text(found["seed"])} if isinstance(found, dict) and "seed" in found else found


def _moment(text: object) -> datetime:
    try:
        return parse_moment(str(text))
    except TimeError as fault:
        raise ScenarioError("value", "now", "like", accepted=(f'"{A_MOMENT}"',)) from fault


def _runs(mode: object) -> bool:
    if mode not in _CLOCK:
        raise ScenarioError("value", "clock", "one_of", accepted=_CLOCK)
    return mode == "run"


def _captcha(chosen: object) -> Mapping[str, str]:
    if not isinstance(chosen, dict) or not all(isinstance(value, str) for value in chosen.values()):
        raise ScenarioError("value", "captcha", "like", accepted=('{ mode = "reveal" }',))
    if unknown := sorted(set(chosen) - {"mode", "word", "seed"}):
        raise ScenarioError("unknown", f"captcha.{unknown[0]}")
    if chosen and chosen.get("mode") not in CAPTCHA_MODES:
        raise ScenarioError("value", "captcha.mode", "one_of", accepted=CAPTCHA_MODES)
    word = CAPTCHA_WORD if chosen.get("mode") == "fixed" else ""
    if not re.fullmatch(word, chosen.get("word", "")):
        raise ScenarioError("value", "captcha.word", "like", accepted=('{ mode = "fixed", word = "ABC123" }',))
    if "\0" in (seed := chosen.get("seed", "")):
        raise ScenarioError("value", "captcha.seed", "plain")
    if not is_seed(seed):
        raise ScenarioError("value", "captcha.seed", "most", most=LONGEST_SEED)
    return chosen


def _fault(where: str, wanted: object) -> Mapping[str, Any]:
    """Return a fault to arm, with the moment of its step that is meant."""
    if not isinstance(wanted, dict):
        raise ScenarioError("value", where, "like", accepted=_ONE_FAULT)
    for name, known in (("kind", tuple(KINDS)), ("step", tuple(STEPS))):
        if str(wanted.get(name)) not in known:
            raise ScenarioError("value", f"{where}.{name}", "one_of", accepted=known)
    moments = STEPS[wanted["step"]]
    if wanted.get("moment", moments[0]) not in moments:
        raise ScenarioError("value", f"{where}.moment", "one_of", accepted=moments)
    own = set(wanted) - {"kind", "step", "moment"}
    allowed = OPTIONS.keys() - {"milliseconds", "up_to_milliseconds", "minutes"} | set(KINDS[wanted["kind"]].options)
    if unknown := sorted(own - allowed):
        raise ScenarioError("unknown", f"{where}.{unknown[0]}")
    _check_options(where, {name: wanted[name] for name in sorted(own)})
    return {"moment": moments[0]} | wanted


def _check_options(where: str, given: Mapping[str, Any]) -> None:
    for name, value in given.items():
        if not OPTIONS[name](value):
            raise _option(f"{where}.{name}", name)
    least, most = given.get("milliseconds", 0), given.get("up_to_milliseconds", 0)
    if 0 < most < least:
        raise ScenarioError("value", f"{where}.up_to_milliseconds", "between", least=least, most=LONGEST_DELAY)


def _option(where: str, name: str) -> ScenarioError:
    fits = OPTIONS[name]
    if isinstance(fits, Whole):
        return ScenarioError("value", where, "between", least=fits.least, most=fits.most)
    return ScenarioError("value", where, "like", accepted=(_EXAMPLES[name],))
