"""Workspaces of one server, which every process sees alike: their time, their faults, and their end."""

from __future__ import annotations

import http.client
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest
from journeys.control import NOON, Control, heard
from journeys.served import PATIENCE, Served, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

CROWD = 8
CREDENTIALS = {"internet_user_id": "NimChi07", "internet_password": "Practice20257"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("served"), "--server", "gunicorn", "--processes", "2") as portal:
        portal.clock("set", NOON)
        yield portal
    log = "\n".join(portal.lines)
    assert "Traceback" not in log
    assert [line for line in log.splitlines() if "Incident" in line and "injected by a tester" not in line] == []


@pytest.fixture
def control(served: Served) -> Control:
    return Control(served)


def together(control: Control, path: str, count: int) -> list[tuple[int, str]]:
    """Ask for a page from many sides at once; return each status and the time it was told."""

    def ask(_: int) -> tuple[int, str]:
        page = Visitor(control.port).get(path)
        return page.status, str(page.headers["X-Ipportal-Now"])

    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(ask, range(count)))


@pytest.mark.parametrize("times", [1, 3])
def test_a_fault_strikes_as_often_as_it_was_armed_for_whichever_process_meets_it(control: Control, times: int) -> None:
    name = f"counted-{times}"
    root = control.workspace(name)
    control.arm(name, "error_500", "login/tips", times=times)

    seen = Counter(status for status, _ in together(control, f"{root}/login/tips", 40))

    assert seen == {500: times, 200: 40 - times}
    assert control.armed(name) == []
    assert control.journal(name) == [("login/tips", "fault", "error_500")] * times


def test_a_clock_that_is_set_is_in_force_at_once_in_every_process(control: Control) -> None:
    root = control.workspace("timely")
    for moment in ("2024-02-29T23:59:59+08:00", "2030-01-01T12:00:00+08:00", NOON, "2001-01-01T10:00:00+08:00"):
        control.call("POST", "/workspaces/timely/clock/set", {"at": moment})

        assert set(together(control, f"{root}/practice", 16)) == {(200, moment)}


def test_a_suspension_is_in_force_at_once_in_every_process_and_in_no_other_workspace(control: Control) -> None:
    roots = [control.workspace("shut"), control.workspace("unshut")]
    for _ in range(3):
        control.call("POST", "/workspaces/shut/maintenance/suspend", {"lasting": "1h"})
        seen = [{status for status, _ in together(control, f"{root}/", 12)} for root in roots]
        control.call("POST", "/workspaces/shut/maintenance/resume")
        seen.append({status for status, _ in together(control, f"{roots[0]}/", 12)})

        assert seen == [{503}, {200}, {200}]


def test_a_session_begun_in_one_process_holds_in_the_other(control: Control) -> None:
    root = control.workspace("shared")
    visitor = Visitor(control.port)
    visitor.get(f"{root}/login")
    visitor.submit(f"{root}/login", **CREDENTIALS)

    assert [visitor.get(f"{root}/account").screen for _ in range(12)] == ["account/home"] * 12
    assert visitor.get("/account").screen == "login/form"
    assert set(visitor.cookies) == {"ipportal", "ipportal-shared"}


def test_a_removed_workspace_is_not_found_from_the_next_request_on_in_every_process(control: Control) -> None:
    for _ in range(4):
        root = control.workspace("brief")
        assert {status for status, _ in together(control, f"{root}/login", 8)} == {200}

        control.call("DELETE", "/workspaces/brief")

        assert {status for status, _ in together(control, f"{root}/login", 8)} == {404}
        assert Visitor(control.port).get(f"{root}/login").screen == "errors/404"


def test_a_workspace_that_is_removed_while_it_is_used_is_not_found_and_nothing_breaks(control: Control) -> None:
    root = control.workspace("restless")
    used = Event()

    def practise(_: int) -> Counter[str]:
        seen: Counter[str] = Counter()
        visitor = Visitor(control.port)
        while "404 errors/404" not in seen:
            page = visitor.get(f"{root}/login")
            if page.screen == "login/form":
                page = visitor.submit(f"{root}/login", **CREDENTIALS)
            seen[f"{page.status} {page.screen}"] += 1
            if page.screen == "account/home":
                used.set()
        return seen

    with ThreadPoolExecutor(CROWD) as pool:
        visits = [pool.submit(practise, number) for number in range(CROWD)]
        used.wait(PATIENCE)
        control.call("DELETE", "/workspaces/restless")
        seen = sum((each.result() for each in visits), Counter())

    # They all sign in as one user, so some are led back to the login: signed in elsewhere.
    assert (
        {"200 account/home", "404 errors/404"} <= set(seen) <= {"200 account/home", "200 login/form", "404 errors/404"}
    )


def test_static_files_are_sent_below_the_prefix_and_the_picture_too(control: Control) -> None:
    root = control.workspace("painted")
    visitor = Visitor(control.port)
    visitor.get(f"{root}/cancel")
    picture = visitor.page.first("[data-testid=captcha]")
    assert picture

    found = heard(visitor, picture["src"])

    assert found.startswith(b"HTTP/1.1 200 ")
    assert b"\r\n\r\n\x89PNG" in found
    assert heard(visitor, f"{root}/static/portal.css").startswith(b"HTTP/1.1 200 ")
    assert heard(visitor, str(picture["src"]).removeprefix(root)).startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize(
    "path", ["/w/../w/painted/", "//w/painted/", "/w/painted/../../login", "/w/%2e%2e/", "/w/a%00b/", "/w/%ff/"]
)
def test_an_odd_way_to_a_workspace_is_answered_with_a_page(control: Control, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", control.port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()

    assert answer.status in {200, 303, 308, 404}
    assert answer.headers.get("Location", "/w/painted/") == "/w/painted/"
    assert answer.status != 404 or b'data-screen="errors/404"' in body


def test_a_fault_on_a_keep_alive_connection_spoils_no_other_request(control: Control) -> None:
    root = control.workspace("alive")
    control.arm("alive", "error_500", "login/tips")
    connection = http.client.HTTPConnection("127.0.0.1", control.port, timeout=60)
    seen = []
    for path in ("/", "/login/tips", "/login/tips", "/login"):
        connection.request("GET", f"{root}{path}")
        answer = connection.getresponse()
        answer.read()
        seen.append(answer.status)
    connection.close()

    assert seen == [200, 500, 200, 200]
