"""A filter that no entry could match is a typing error, and told as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from control.test_journal_wait import Leaping

from ipportal.control import journal
from ipportal.flows.journal import OUTCOMES, STEPS
from ipportal.rules import CODES

if TYPE_CHECKING:
    from control.api import Api

    from ipportal.portal import Portal

J = "/workspaces/main/journal"


@pytest.fixture
def leaping(monkeypatch: pytest.MonkeyPatch) -> Leaping:
    monkeypatch.setattr(journal, "time", found := Leaping())
    return found


@pytest.mark.parametrize(
    ("name", "wrong", "known"),
    [
        ("step", ["login", "nowhere", "%", "", "register/kind\x00", "Home"], STEPS),
        ("outcome", ["nonsense", "DONE", ""], OUTCOMES),
        ("code", ["nonsense", "csrf", ""], CODES),
    ],
)
def test_what_no_entry_can_say_is_refused_at_once_with_what_it_can(
    api: Api, leaping: Leaping, name: str, wrong: list[str], known: tuple[str, ...]
) -> None:
    for value in wrong:
        found = api.refused("GET", J, query_string={name: value, "wait": "30s"})
        assert (found.status, found.code, found.json["where"]) == (422, "value", f"/{name}")
        assert found.accepted == [*known]
    assert leaping.slept == 0


@pytest.mark.parametrize("step", STEPS)
def test_every_step_can_be_asked_for(api: Api, portal: Portal, step: str) -> None:
    after = api.get(J)["last"]
    portal.journal.note(step)

    assert [each["step"] for each in api.get(J, after=str(after), step=step)["entries"]] == [step]
