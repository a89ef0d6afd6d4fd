"""Faults seen from outside: what comes over the wire, what was done, and that the next request is fine."""

from __future__ import annotations

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import pytest
from journeys.control import Control, heard
from journeys.served import WORD, Served, Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CREDENTIALS = {"internet_user_id": "NimChi07", "internet_password": "Practice20257"}


@pytest.fixture(scope="module", params=["gunicorn", "waitress"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    words = ("--server", "gunicorn", "--processes", "2") if request.param == "gunicorn" else ("--server", "waitress")
    with Served(tmp_path_factory.mktemp("served"), *words) as portal:
        yield portal
    assert "Traceback" not in "\n".join(portal.lines)


@pytest.fixture
def control(served: Served) -> Control:
    return Control(served)


class Step(NamedTuple):
    """A step, how a visitor comes before it, what they then send, and what they see where nothing goes wrong."""

    step: str
    before: Callable[[Visitor, str], object]
    path: str
    sent: dict[str, str] | None
    screen: str


def _look(visitor: Visitor, root: str) -> object:
    return visitor.get(f"{root}/login?lang=en")


def _at_kind(visitor: Visitor, root: str) -> object:
    visitor.get(f"{root}/register/terms")
    return visitor.submit(f"{root}/register/terms", agree="yes")


def _signed_in(visitor: Visitor, root: str) -> object:
    visitor.get(f"{root}/login")
    return visitor.submit(f"{root}/login", **CREDENTIALS)


STEPS = [
    Step("login/form", _look, "/login", CREDENTIALS, "account/home"),
    Step("register/kind", _at_kind, "/register/kind", {"account_kind": "personal"}, "register/details"),
    Step(
        "cancel/form",
        lambda visitor, root: visitor.get(f"{root}/cancel"),
        "/cancel",
        CREDENTIALS | {"captcha": WORD},
        "cancel/confirm",
    ),
    Step("login/tips", _look, "/login/tips", None, "login/tips"),
    Step("account/home", _signed_in, "/account", None, "account/home"),
]
SUBMITS = pytest.mark.parametrize("step", STEPS[:3], ids=lambda step: step.step)
LOOKS = pytest.mark.parametrize("step", STEPS[3:], ids=lambda step: step.step)
EACH = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.step)


@pytest.fixture
def name(control: Control, request: pytest.FixtureRequest) -> Iterator[str]:
    """A workspace of the test's own."""
    made = f"test-{abs(hash(request.node.nodeid)) % 10**9}"
    control.workspace(made)
    yield made
    control.call("DELETE", f"/workspaces/{made}")


def brought(control: Control, name: str, step: Step) -> tuple[Visitor, dict[str, str] | None]:
    """Bring a visitor before a step; return them and the form that they would send."""
    visitor = Visitor(control.port)
    step.before(visitor, f"/w/{name}")
    return visitor, None if step.sent is None else visitor.page.hidden() | step.sent


def repeated(visitor: Visitor, name: str, step: Step, sent: dict[str, str] | None) -> str:
    """Do it again as a visitor would, and return the screen."""
    path = f"/w/{name}{step.path}"
    return (visitor.get(path) if sent is None else visitor.press(path, sent)).screen


@EACH
def test_of_a_dropped_connection_not_a_byte_comes_and_nothing_is_done(control: Control, name: str, step: Step) -> None:
    visitor, sent = brought(control, name, step)
    before = control.journal(name)
    control.arm(name, "dropped_connection", step.step)

    assert heard(visitor, f"/w/{name}{step.path}", sent) == b""

    assert control.journal(name) == [*before, (step.step, "fault", "dropped_connection")]
    assert control.armed(name) == []
    assert repeated(visitor, name, step, sent) == step.screen


@SUBMITS
@pytest.mark.parametrize("kind", ["answer_lost", "truncated_page"])
def test_an_answer_is_lost_after_the_work_was_done_once(control: Control, name: str, step: Step, kind: str) -> None:
    visitor, sent = brought(control, name, step)
    before = control.journal(name)
    control.arm(name, kind, step.step)

    assert heard(visitor, f"/w/{name}{step.path}", sent) == b""

    done = [(step.step, "fault", kind), (step.step, "done", "")]
    assert control.journal(name) == [*before, *done]
    assert repeated(visitor, name, step, sent) == step.screen


@LOOKS
def test_of_a_truncated_page_half_comes_though_all_was_promised(control: Control, name: str, step: Step) -> None:
    visitor, sent = brought(control, name, step)
    control.arm(name, "truncated_page", step.step)

    head, _, body = heard(visitor, f"/w/{name}{step.path}", sent).partition(b"\r\n\r\n")

    promised = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    assert head.startswith(b"HTTP/1.1 200 ")
    assert len(body) == int(promised.partition(b":")[2]) // 2
    assert body.startswith(b"<!doctype html>")
    assert b"</html>" not in body
    assert repeated(visitor, name, step, sent) == step.screen


@pytest.mark.parametrize(
    ("kind", "fault"), [("truncated_page", http.client.IncompleteRead), ("answer_lost", http.client.RemoteDisconnected)]
)
def test_a_client_library_reports_the_broken_answer_as_such(
    control: Control, name: str, kind: str, fault: type[Exception]
) -> None:
    control.arm(name, kind, "home")
    visitor = Visitor(control.port)

    with pytest.raises(fault):
        visitor.get(f"/w/{name}/")

    assert visitor.get(f"/w/{name}/").screen == "home"


def test_a_delayed_answer_comes_after_one_that_was_asked_for_later(control: Control, name: str) -> None:
    seen: list[str] = []
    visits = [(step, *brought(control, name, step)) for step in STEPS[:3]]
    for step, _, _ in visits:
        control.arm(name, "delay", step.step, milliseconds=8000)

    def ask(step: Step, visitor: Visitor, sent: dict[str, str] | None) -> None:
        seen.append(repeated(visitor, name, step, sent))

    with ThreadPoolExecutor(len(visits)) as pool:
        asked = [pool.submit(ask, *visit) for visit in visits]
        while control.armed(name):
            time.sleep(0.02)
        seen.append(Visitor(control.port).get(f"/w/{name}/").screen)
        for each in asked:
            each.result()

    assert seen[0] == "home"
    assert set(seen[1:]) == {step.screen for step, _, _ in visits}
    assert sum(reason == "delay" for _, _, reason in control.journal(name)) == len(visits)


@pytest.mark.parametrize(("kind", "status"), [("error_500", 500), ("error_503", 503), ("maintenance_now", 503)])
@SUBMITS
def test_an_error_on_request_has_its_page_and_what_was_typed_can_be_sent_again(
    control: Control, name: str, step: Step, kind: str, status: int
) -> None:
    visitor, sent = brought(control, name, step)
    control.arm(name, kind, step.step)
    assert sent

    page = visitor.press(f"/w/{name}{step.path}", sent)

    assert page.status == status
    assert page.select("[data-testid=banner]")
    if kind == "maintenance_now":
        control.call("POST", f"/workspaces/{name}/maintenance/resume")
    assert repeated(visitor, name, step, sent) == step.screen
