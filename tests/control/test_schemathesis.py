"""The API against requests that a machine makes of its own document: right ones, wrong ones, without a token."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import schemathesis
from control.conform import told
from control.test_journal_wait import Leaping
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from werkzeug.serving import make_server

from ipportal.control import journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from control.api import Api

pytestmark = pytest.mark.sqlite  # what is sent, and how it is judged, is the same on any store: once is enough

# A 422 may be right for what a schema cannot know: whether a scenario is TOML, a moment is in the portal's years,
# a checkpoint is of this version. A body that is too large is told so before anybody looks for what is wrong in it.
PLAN = """
base-url = "{address}"
headers = {{ Authorization = "Bearer {token}" }}
seed = 1
suppress-health-check = ["filter_too_much"]
{parameters}
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "422"]
negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "409", "413", "415", "422"]
[generation]
max-examples = {examples}
database = "none"
allow-x00 = false
mode = "{mode}"
[phases.stateful]
enabled = false
"""
# With names of what is there, every request gets past the question whether it is.
NAMES = """
[parameters]
workspace = "practice"
basic_user_id = "99000101"
internet_user_id = "NimChi07"
fault_id = "1"
reference = "N-1"
checkpoint = "mine"
session = "{session}"
"""
SPARED = ("remove_workspace", "reset_workspace", "open_checkpoint", "disarm_all_faults")  # or nothing would be there


@contextmanager
def served(api: Api) -> Iterator[str]:
    """Serve the application while the block runs; yield its address."""
    server = make_server("127.0.0.1", 0, api.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def wrong(found: events.ScenarioFinished) -> Iterator[str]:
    """Yield what a run of one operation found to be wrong."""
    for case, checks in found.recorder.checks.items():
        for check in checks:
            if check.failure_info:
                sent = found.recorder.cases[case].value
                words = f"{check.name}: {check.failure_info.failure}"
                yield f"{found.recorder.label} {sent.path_parameters} {sent.query} {sent.body!r:.500} {words}"


def run(
    api: Api, mode: str, parameters: str = "", spared: tuple[str, ...] = ()
) -> tuple[dict[str, set[int]], list[str]]:
    """Run all phases but sequences; return the statuses of each operation, and what is wrong."""
    statuses: dict[str, set[int]] = {}
    faults: list[str] = []
    with served(api) as address:
        plan = PLAN.format(
            address=address, token=api.token, parameters=parameters, mode=mode, examples=15 if mode == "all" else 5
        )
        schema = schemathesis.openapi.from_dict(told(), config=SchemathesisConfig.from_str(plan))
        for event in from_schema(schema.exclude(operation_id=list(spared)) if spared else schema).execute():
            if isinstance(event, events.ScenarioFinished):
                answered = [each.response for each in event.recorder.interactions.values() if each.response]
                statuses.setdefault(str(event.recorder.label), set()).update(each.status_code for each in answered)
                faults += wrong(event)
            elif isinstance(event, events.NonFatalError):
                faults.append(f"{event.label}: {event.value}")
            else:
                assert not isinstance(event, events.FatalError), event
    return statuses, faults


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody waits for the journal in real time, and no request is logged."""
    monkeypatch.setattr(journal, "time", Leaping())
    caplog.set_level(logging.ERROR, "werkzeug")


def test_every_operation_keeps_to_its_document_whatever_is_sent(api: Api) -> None:
    api.create("practice")

    statuses, faults = run(api, "all")

    assert faults == []
    assert set(statuses) == {f"{method.upper()} {path}" for path, each in told()["paths"].items() for method in each}
    assert max(status for found in statuses.values() for status in found) < 500


def test_requests_for_what_is_there_are_answered_as_documented(api: Api) -> None:
    api.create("practice")
    path = "/workspaces/practice"
    api.post(f"{path}/faults", kind="error_500", step="home", times=0)
    api.post(f"{path}/notices", reference="N-1", subject={"en": "S"}, body={"en": "B"})
    api.done("PUT", f"{path}/checkpoints/mine")
    portal = api.portal("practice").standing().portal
    portal.sessions.begin(portal.tables.users.where()[0])
    [session] = api.get(f"{path}/sessions")["sessions"]

    statuses, faults = run(api, "positive", NAMES.format(session=session["session"]), spared=SPARED)

    assert faults == []
    # No schema says which accounts are free, or what a checkpoint holds; the tour goes there.
    never_done = {each for each, found in statuses.items() if not found & {200, 201}}
    assert never_done <= {f"POST /_control/v1/workspaces/{{workspace}}/{each}" for each in ("restore", "users")}
