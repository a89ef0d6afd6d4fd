"""F21: what is kept open leaves file handles for visitors, however many workspaces a process has served."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

from failures.test_f21_no_handles import limit
from journeys.control import Control
from journeys.served import Visitor

if TYPE_CHECKING:
    from journeys.served import Served

HANDLES = 128


def test_more_workspaces_than_there_are_file_handles_are_all_served(served_alone: Served) -> None:
    control, visitor = Control(served_alone), Visitor(served_alone.port)
    before = resource.prlimit(served_alone.process.pid, resource.RLIMIT_NOFILE)[0]
    limit(served_alone, HANDLES)

    roots = [control.workspace(f"many-{number}") for number in range(HANDLES + HANDLES // 2)]
    seen = {visitor.get(f"{root}/login/tips").status for root in roots}

    assert seen == {200}
    limit(served_alone, before)
