"""Running the machine: the same stories for the same seed, so that a failure is there again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from model.desk import Desk
from model.testers import Testers

from ipportal.clock import RealClock

if TYPE_CHECKING:
    import pytest

    from ipportal.portal import Portal

# Up to ten stories of a seed are all new; from then on most are told again with parts of them moved.
STORIES: Final = 9
LENGTH: Final = 60
# Memory is quickest and told most; of ten seeds each wrong rule is caught by one, most of them by the first.
SEEDS: Final = (2, 1, 4, 0, 3, 5, 6, 7, 8, 9)
FILE_SEEDS: Final = range(10, 15)
SERVER_SEEDS: Final = range(15, 20)
LEAST: Final = 500  # steps of a seed whose answer and store were compared: on three stores they are 10,000 and more
_TOLD: Final = settings(
    max_examples=STORIES,
    stateful_step_count=LENGTH,
    database=None,
    deadline=None,  # a story hashes and draws
    print_blob=True,
    report_multiple_bugs=False,
    phases=[Phase.generate, Phase.shrink],
    # Long stories are meant, and each step draws what it types.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


def desk_for(monkeypatch: pytest.MonkeyPatch, portal: Portal) -> Desk:
    """Return the desk of a portal, whose machine has its own clock stand where the model has it."""
    desk = Desk(portal)
    monkeypatch.setattr(RealClock, "now", lambda _: desk.world.real)
    return desk


def tell(desk: Desk, number: int, **changes: object) -> None:
    """Tell the stories of a seed; fail at the first step at which the portal does not do what the model does."""

    class Machine(Testers):
        pass

    Machine.desk = desk
    run_state_machine_as_test(seed(number)(Machine), settings=settings(_TOLD, **changes))  # type: ignore[arg-type]
