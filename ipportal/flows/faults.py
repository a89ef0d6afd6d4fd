"""Faults: what may go wrong on request, by name, at a named step. They live in the store of their workspace."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Any

from ..settings import is_seed
from .base import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

FAULTS = "faults"  # the fact in which they are kept
SUBMIT, PAGE = "submit", "page"
MOST = 20  # armed at once: all of them stand in one response header
LONGEST_DELAY = 60_000  # milliseconds


@dataclass(frozen=True)
class Kind:
    """A kind of fault, and the options that it takes beside step, moment and how often."""

    name: str
    options: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("delay", ("milliseconds", "up_to_milliseconds")),
        Kind("error_500"),
        Kind("error_503"),
        Kind("dropped_connection"),
        Kind("truncated_page"),
        Kind("session_lost"),
        Kind("csrf_expired"),
        Kind("captcha_lost"),
        Kind("store_busy"),
        Kind("disk_full"),
        Kind("maintenance_now", ("minutes",)),
        Kind("answer_lost"),
    )
}

STEPS: dict[str, tuple[str, ...]] = {
    "home": (PAGE,),
    "register/terms": (SUBMIT, PAGE),
    "register/kind": (SUBMIT, PAGE),
    "register/details": (SUBMIT, PAGE),
    "register/confirm": (SUBMIT, PAGE),
    "register/done": (PAGE,),
    "login/form": (SUBMIT, PAGE),
    "login/tips": (PAGE,),
    "logout": (SUBMIT,),
    "basic_password/form": (SUBMIT, PAGE),
    "basic_password/done": (PAGE,),
    "account/home": (PAGE,),
    "account/notice": (PAGE,),
    "account/internet": (SUBMIT, PAGE),
    "account/function": (PAGE,),
    "cancel/form": (SUBMIT, PAGE),
    "cancel/confirm": (SUBMIT, PAGE),
    "cancel/done": (PAGE,),
    "captcha/picture": (PAGE,),
    "captcha/sound": (PAGE,),
    "captcha/refresh": (SUBMIT,),
}
"""The steps at which a fault can be armed, each with the moments it has; the first is meant unless said otherwise."""


class Whole:
    """Which whole numbers fit."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def __call__(self, value: object) -> bool:
        """Say whether *value* fits."""
        return type(value) is int and self.least <= value <= self.most


OPTIONS: dict[str, Callable[[object], bool]] = {
    "times": Whole(0, 1000),
    "chance": lambda value: isinstance(value, int | float) and value is not True and 0 < value <= 1,
    "seed": lambda value: isinstance(value, str) and is_seed(value),
    "milliseconds": Whole(0, LONGEST_DELAY),
    "up_to_milliseconds": Whole(0, LONGEST_DELAY),
    "minutes": Whole(1, 10_000),
}
"""What a fault can be given besides its kind, step and moment, and which values fit."""


@dataclass(frozen=True)
class Fault:
    """An armed fault. `times` is how often it still strikes, 0 until it is disarmed; `met` counts the requests seen.

    A `chance` below 1, and a delay up to a bound, are drawn from `seed`: the same seed gives the same sequence.
    """

    fault_id: int
    kind: str
    step: str
    moment: str
    times: int = 1
    chance: float = 1.0
    seed: str = "1"
    milliseconds: int = 1000
    up_to_milliseconds: int = 0
    minutes: int = 30
    met: int = 0
    struck: int = 0

    def strikes(self) -> bool:
        """Say whether it strikes the request counted last."""
        return self.chance >= 1 or self._random("chance").random() < self.chance

    def seconds(self) -> float:
        """Return how long its delay holds up the request counted last."""
        longest = max(self.milliseconds, self.up_to_milliseconds)
        return self._random("delay").randint(self.milliseconds, longest) / 1000

    def _random(self, purpose: str) -> Random:
        return Random(f"{self.seed}:{purpose}:{self.met}")  # noqa: S311 - a seed is there to be repeated


class FaultsFull(Exception):
    """As many faults are armed as there may be."""


class Faults(Desk):
    """Arms, lists, disarms and strikes."""

    def armed(self) -> list[Fault]:
        """Return the armed faults, in the order they were armed."""
        return [Fault(**each) for each in self._kept()["armed"]]

    def arm(self, **wanted: Any) -> Fault:  # noqa: ANN401 - the attributes of a fault
        """Arm a fault and return it; raise `FaultsFull` where there are too many."""
        with self.tables.atomic():
            kept = self._kept()
            if len(kept["armed"]) >= MOST:
                raise FaultsFull
            fault = Fault(kept["next"], **wanted)
            self._keep([*self.armed(), fault], kept["next"] + 1)
        return fault

    def disarm(self, fault_id: int) -> bool:
        """Disarm a fault; say whether it was armed."""
        with self.tables.atomic():
            armed = self.armed()
            left = [fault for fault in armed if fault.fault_id != fault_id]
            self._keep(left, self._kept()["next"])
        return len(left) < len(armed)

    def disarm_all(self) -> None:
        """Disarm every fault."""
        self.tables.facts.delete(name=FAULTS)

    def strike(self, step: str, moment: str) -> list[Fault]:
        """Return the faults that strike a request at *step*, and count it for each that is armed there."""
        with self.tables.atomic():
            struck, left = [], []
            for fault in self.armed():
                after, strikes = _meet(fault) if (fault.step, fault.moment) == (step, moment) else (fault, False)
                struck += [after] if strikes else []
                left += [] if strikes and after.times == after.struck else [after]
            self._keep(left, self._kept()["next"])
        return struck

    def _kept(self) -> dict[str, Any]:
        return self.tables.recall(FAULTS) or {"next": 1, "armed": []}

    def _keep(self, armed: list[Fault], following: int) -> None:
        self.tables.remember(FAULTS, {"next": following, "armed": [asdict(fault) for fault in armed]})


def _meet(fault: Fault) -> tuple[Fault, bool]:
    """Return the fault after one more request, and whether it strikes that one."""
    met = replace(fault, met=fault.met + 1)
    strikes = met.strikes()
    return replace(met, struck=met.struck + strikes), strikes
