"""Two workspaces never see each other's rows, sessions, faults or time; two processes see the same workspaces."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from deeds import DEEDS
from houses import file_of, handles, house_at, rows, unavailable
from props import CHAN, NOON, signed_in
from store.rows import PATIENCE

from ipportal.people import EMPTY, read
from ipportal.places import IDENTITY
from ipportal.store import connections

if TYPE_CHECKING:
    from pathlib import Path

ELSEWHERE = """
import json, sys
from pathlib import Path
from ipportal.people import EMPTY, read
from ipportal.portal import assemble
from ipportal.settings import Settings
from ipportal.workspaces import WorkspaceError, Workspaces
house = Workspaces(assemble(Settings(instance=Path(sys.argv[1]), store=":memory:", bcrypt_cost=4)))
sys.stdin.readline()
try:
    house.create(sys.argv[2], read(EMPTY))
    made = "made"
except WorkspaceError as refusal:
    made = refusal.code
print(json.dumps([made, house.names(), [each.step for each in house.get(sys.argv[2]).journal.entries()]]))
"""


@pytest.mark.parametrize("seed", range(4))
def test_random_actions_in_one_workspace_leave_anothers_file_byte_identical(tmp_path: Path, seed: int) -> None:
    house, chance = house_at(tmp_path), Random(seed)
    house.create("still")
    busy = house.create("busy")
    before = file_of(tmp_path, "still").read_bytes()
    begun = rows(busy)

    for deed in chance.choices(DEEDS, k=40):
        deed(busy, chance)

    assert file_of(tmp_path, "still").read_bytes() == before
    assert rows(busy) != begun
    assert sorted(each.name for each in file_of(tmp_path, "").parent.glob("still*")) == ["still.sqlite"]


def test_time_faults_captcha_and_suspension_of_one_workspace_are_not_anothers(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    one, other = house.create("one"), house.create("other")
    before = other.standing().portal.settings

    one.stored_clock.set(NOON)
    one.faults.arm(kind="error_500", step="home", moment="page")
    one.captcha.choose("reveal", "", "1")
    one.suspensions.begin(NOON + timedelta(hours=1))

    standing = other.standing()
    assert (standing.clock_mode, standing.armed, standing.portal.suspension) == ("real", (), None)
    assert standing.portal.settings == before
    assert house.main.faults.armed() == []


def test_a_session_a_draft_and_a_captcha_of_one_workspace_open_nothing_in_another(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    one, other = house.create("one"), house.create("other")
    session_id, captcha_id = signed_in(one, "registered"), one.captcha.issue("a visit")
    draft_id, _ = one.register.terms({"agree": "yes"})

    found = (
        other.sessions.find(session_id)[0],
        other.register.draft(draft_id),
        other.captcha.picture(captcha_id, "a visit"),
    )

    assert found == (None, None, None)


def test_two_houses_on_one_folder_see_each_others_workspaces(tmp_path: Path) -> None:
    one, other = house_at(tmp_path), house_at(tmp_path)
    portal = one.create("shared")

    there = other.get("shared")
    there.stored_clock.set(NOON)
    there.login.enter(CHAN)

    assert other.names() == one.names() == ["main", "shared"]
    assert portal.stored_clock.reading() == (NOON, "frozen")
    assert [entry.step for entry in portal.journal.entries()] == ["seed", "login/form"]


def test_a_workspace_that_one_house_removes_is_gone_from_the_other_and_can_be_made_anew(tmp_path: Path) -> None:
    one, other = house_at(tmp_path), house_at(tmp_path)
    one.create("shared", read(EMPTY))
    held = other.get("shared")
    old = held.tables.facts.get(IDENTITY)

    one.remove("shared")

    assert (other.find("shared"), other.names()) == (None, ["main"])
    assert unavailable(held.journal.entries) == "missing"
    new = one.create("shared", read(EMPTY)).tables.facts.get(IDENTITY)
    assert other.get("shared").tables.facts.get(IDENTITY) == new != old


def test_of_two_processes_that_make_the_same_name_at_once_one_wins(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ELSEWHERE, str(tmp_path), "raced"]
    others = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]

    for each in others:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    told = [json.loads(each.communicate(timeout=PATIENCE)[0]) for each in others]

    assert sorted(made for made, _, _ in told) == ["made", "taken", "taken"]
    assert [(names, steps) for _, names, steps in told] == [(["main", "raced"], ["seed"])] * 3
    assert house_at(tmp_path).names() == ["main", "raced"]
    assert [*file_of(tmp_path, "").parent.glob(".*.new")] == []


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """So many connections may a process keep."""
    monkeypatch.setattr(connections, "_MOST", 16)
    return 16


def test_two_hundred_workspaces_on_one_process_hold_few_file_handles(tmp_path: Path, few: int) -> None:
    house, scenario = house_at(tmp_path), read(EMPTY)
    before = handles()

    for each in range(200):
        house.create(f"w{each}", scenario).login.enter(CHAN)

    assert len(house.names()) == 201
    assert handles() - before <= few + 4


def test_threads_that_go_round_many_workspaces_hold_few_file_handles_and_lose_no_write(
    tmp_path: Path, few: int
) -> None:
    house, threads, names = house_at(tmp_path), 4, [f"w{each}" for each in range(12)]
    for name in names:
        house.create(name, read(EMPTY))
    before = handles()

    def go_round(_: int) -> int:
        for name in names * 3:
            house.get(name).journal.note("login/form")
        return handles()

    with ThreadPoolExecutor(threads) as pool:
        most = max(pool.map(go_round, range(threads)))

    assert most - before <= few + 4 * threads
    assert {len(house.get(name).journal.entries()) for name in names} == {1 + 3 * threads}
