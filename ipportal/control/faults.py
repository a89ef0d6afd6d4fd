"""Operations on faults."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from pydantic import Field

from ..flows.faults import KINDS, LONGEST_DELAY, MOST, OPTIONS, STEPS, Fault, FaultsFull
from ..settings import LONGEST_SEED
from .kinds import Model
from .operations import Call, Nothing, operation
from .problems import Refused

_OWN = {option for kind in KINDS.values() for option in kind.options}
SHARED = tuple(option for option in OPTIONS if option not in _OWN)  # what every kind takes

FaultKind = Literal[
    "delay",
    "error_500",
    "error_503",
    "dropped_connection",
    "truncated_page",
    "session_lost",
    "csrf_expired",
    "captcha_lost",
    "store_busy",
    "disk_full",
    "maintenance_now",
    "answer_lost",
]


class FaultArm(Model):
    """A fault to arm. It strikes once, unless `times` says how often; 0 is until it is disarmed."""

    kind: FaultKind
    step: Annotated[str, Field(json_schema_extra={"enum": [*STEPS]})]
    moment: Literal["submit", "page"] | None = None
    times: Annotated[int, Field(ge=0, le=1000)] = 1
    chance: Annotated[float, Field(gt=0, le=1)] = 1.0
    seed: Annotated[str, Field(max_length=LONGEST_SEED)] = "1"
    milliseconds: Annotated[int, Field(ge=0, le=LONGEST_DELAY)] = 1000
    up_to_milliseconds: Annotated[int, Field(ge=0, le=LONGEST_DELAY)] = 0
    minutes: Annotated[int, Field(ge=1, le=10_000)] = 30


class ArmedFault(Model):
    """An armed fault; `met` counts the requests it saw, `struck` those it spoiled."""

    fault_id: int
    kind: str
    step: str
    moment: str
    times: int
    chance: float
    seed: str
    milliseconds: int
    up_to_milliseconds: int
    minutes: int
    met: int
    struck: int


class FaultList(Model):
    """The faults that are armed."""

    faults: list[ArmedFault]


class Kind(Model):
    """A kind of fault, and the options that only it takes."""

    kind: str
    options: list[str]


class Step(Model):
    """A step at which faults can be armed, and its moments; the first is meant unless said otherwise."""

    step: str
    moments: list[str]


class FaultKinds(Model):
    """What can go wrong, and where."""

    kinds: list[Kind]
    steps: list[Step]


@operation("GET", "/faults", FaultKinds)
def list_fault_kinds(_call: Call) -> FaultKinds:
    """Return the kinds of fault and the steps at which they can be armed."""
    return FaultKinds(
        kinds=[Kind(kind=kind.name, options=list(kind.options)) for kind in KINDS.values()],
        steps=[Step(step=step, moments=list(moments)) for step, moments in STEPS.items()],
    )


@operation("GET", "/workspaces/{workspace}/faults", FaultList)
def list_faults(call: Call) -> FaultList:
    """Return the armed faults, in the order they were armed."""
    return FaultList(faults=[_told(fault) for fault in call.portal.faults.armed()])


@operation("POST", "/workspaces/{workspace}/faults", ArmedFault, body=FaultArm, status=201, conflict=True)
def arm_fault(call: Call) -> ArmedFault:
    """Arm a fault at a step."""
    body: FaultArm = call.body
    if body.step not in STEPS:
        raise Refused("fault_step", where="/step", accepted=STEPS)
    moment = body.moment or STEPS[body.step][0]
    if moment not in STEPS[body.step]:
        raise Refused("fault_moment", where="/moment", accepted=STEPS[body.step])
    known = (*KINDS[body.kind].options, *SHARED)
    if foreign := sorted(_OWN & body.model_fields_set - set(known)):
        raise Refused("fault_option", where=f"/{foreign[0]}", accepted=known)
    if 0 < body.up_to_milliseconds < body.milliseconds:
        raise Refused("value", where="/up_to_milliseconds", accepted=[f"{body.milliseconds} to {LONGEST_DELAY}"])
    try:
        return _told(call.portal.faults.arm(**body.model_dump() | {"moment": moment}))
    except FaultsFull as full:
        raise Refused("fault_full", accepted=[MOST]) from full


@operation("DELETE", "/workspaces/{workspace}/faults", Nothing)
def disarm_all_faults(call: Call) -> Nothing:
    """Disarm every fault."""
    call.portal.faults.disarm_all()
    return Nothing()


@operation("DELETE", "/workspaces/{workspace}/faults/{fault_id}", Nothing)
def disarm_fault(call: Call) -> Nothing:
    """Disarm one fault."""
    armed = [fault.fault_id for fault in call.portal.faults.armed()]
    given = call.path["fault_id"]
    if given not in map(str, armed) or not call.portal.faults.disarm(int(given)):
        raise Refused("fault_unknown", where="fault_id", accepted=armed)
    return Nothing()


def _told(fault: Fault) -> ArmedFault:
    return ArmedFault(**asdict(fault))
