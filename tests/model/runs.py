"""Running the machine: the same stories every time, so that a failure is there again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from model.desk import Desk
from model.testers import Testers
from model.world import REAL

from ipportal.clock import RealClock

if TYPE_CHECKING:
    import pytest

    from ipportal.portal import Portal


def machine_on(desk: Desk) -> type[Testers]:
    """Return the machine at a desk, which counts its steps."""

    class Machine(Testers):
        pass

    Machine.desk = desk
    return Machine


def real_time_by_the_model(monkeypatch: pytest.MonkeyPatch, desks: list[Desk]) -> None:
    """Have the machine's own clock stand where the model has it."""
    monkeypatch.setattr(RealClock, "now", lambda _: desks[0].world.real if desks else REAL)


def run(monkeypatch: pytest.MonkeyPatch, portal: Portal, stories: int, length: int, **more: Any) -> Desk:
    """Run so many stories of so many steps; return the desk at which they were told."""
    desks: list[Desk] = []
    real_time_by_the_model(monkeypatch, desks)
    desks.append(Desk(portal))
    run_state_machine_as_test(
        machine_on(desks[0]),
        settings=settings(
            max_examples=stories,
            stateful_step_count=length,
            derandomize=True,
            database=None,
            deadline=None,  # a story hashes and draws
            print_blob=True,
            # The stories are long by design, and what a step needs is drawn within it.
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
            phases=[Phase.generate, Phase.shrink],
            report_multiple_bugs=False,
            **more,
        ),
    )
    return desks[0]
