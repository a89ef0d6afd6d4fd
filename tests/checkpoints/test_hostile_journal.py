"""Entries of a journal that the portal could not have written are refused, and nothing has changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from checkpoints.forge import DICT, LIST, entry, furnished, own
from checkpoints.test_hostile_facts import restored

from ipportal.flows.branches import reached

if TYPE_CHECKING:
    from ipportal.portal import Portal

SHAPE: dict[str, object] = {"length": 8, "classes": {"digit": 8}, "branch": "chars"}
EDIT: dict[str, object] = {"edit": "remove", "count": 1, "what": "space"}
NEAREST: dict[str, object] = {"edits": [EDIT], "length": 8}


def near(**changes: object) -> dict[str, object]:
    return {"captcha": SHAPE | {"nearest": NEAREST | changes}}


@pytest.fixture
def portal(seeded: Portal) -> Portal:
    return furnished(own(seeded))


@pytest.mark.parametrize("judged", [{}, {"captcha": SHAPE}, near(), near(edits=[]), {"agree": SHAPE | {"classes": {}}}])
def test_a_journal_that_tells_shapes_is_taken_and_counted(portal: Portal, judged: object) -> None:
    refused = restored(portal, entry(judged))

    assert refused == ""
    assert reached(portal.journal.entries())


@pytest.mark.parametrize(
    "judged",
    [
        *("", "x", "[]", "null", "{", '{"captcha":' * 5000, " " * 30_000, '{"captcha": NaN}'),
        *({"captcha": value} for value in (None, 1, "x", LIST, DICT, [SHAPE])),
        *({name: SHAPE} for name in ("colour", "", "Captcha", "access_password")),
        *({"captcha": {each: SHAPE[each] for each in SHAPE if each != name}} for name in SHAPE),
        *({"captcha": SHAPE | {"value": "PASS12"}}, {"captcha": SHAPE | {"typed": "PASS12"}}),
        *({"captcha": SHAPE | {"length": value}} for value in (-1, 2**53, 1.5, "8", None, True)),
        *({"captcha": SHAPE | {"classes": value}} for value in (None, LIST, {"digit": "8"}, {"a b": 1}, {"": 1})),
        *({"captcha": SHAPE | {"branch": value}} for value in (None, 1, LIST, DICT, "", "a b", "\ud800", "é", "<b>")),
        *({"captcha": SHAPE | {"nearest": value}} for value in (None, LIST, "x", DICT, {"edits": LIST}, {"length": 8})),
        *(near(edits=value) for value in (None, DICT, [1], [DICT], [EDIT | {"count": "1"}], [EDIT | {"more": 1}])),
        *(near(edits=[EDIT | change]) for change in ({"edit": 1}, {"what": None}, {"what": "a b"})),
        *(near(**each) for each in ({"length": None}, {"length": "8"}, {"length": -1}, {"value": "PASS12"})),
        '{"captcha": {"length": 8, "classes": {}, "branch": ' + "[" * 900 + "]" * 900 + "}}",
    ],
)
def test_a_journal_that_tells_anything_else_is_refused(portal: Portal, judged: object) -> None:
    assert restored(portal, entry(judged)) == "row"


@pytest.mark.parametrize(
    ("step", "outcome", "reason", "values"),
    [
        (
            "register/details",
            "refused",
            "basic_user_id=no_such_account,taken",
            {"codes": json.dumps({"form": "not_recognised"})},
        ),
        ("basic_password/form", "refused", "basic_password=wrong_basic_password", {"account": "99000707"}),
        ("basic_password/form", "done", "issued", {"account": "99000707"}),
        ("register/terms", "declined", "not_agreed", {}),
        ("account/internet", "refused", "signed_out", {}),
        ("safety/access", "refused", "csrf", {}),
        ("home", "fault", "answer_lost", {}),
        ("seed", "done", "register-11", {}),
        ("reset", "done", "Lesson 2, part = 1", {}),
    ],
)
def test_an_entry_that_the_journal_could_have_written_is_taken(
    portal: Portal, step: str, outcome: str, reason: str, values: dict[str, Any]
) -> None:
    assert restored(portal, entry(step=step, outcome=outcome, reason=reason, **values)) == ""


@pytest.mark.parametrize(
    "values",
    [
        *({"step": value} for value in ("", "register", "register/Details", "Practice12345")),
        *({"outcome": value} for value in ("", "Done", "refused ", "Practice12345")),
        *(
            {"step": "login/form", "reason": value}
            for value in ("Practice12345", "done", "a b", "=stale", "form=", ",")
        ),
        *(
            {"step": "login/form", "reason": value}
            for value in ("x=stale", "form=x", "stale,", "form=stale,x", "delay")
        ),
        *({"step": "home", "outcome": "fault", "reason": value} for value in ("", "stale", "Practice12345")),
        {"step": "seed", "reason": "one\ntwo"},
        *({"account": value} for value in ("04000001", "9900010", "990001011", "9900010x", "ZA12", "Practice12345")),
        *({"codes": json.dumps({"form": value})} for value in ("", "Stale", "Practice12345")),
        *({"codes": json.dumps({value: "stale"})} for value in ("", "Form", "access_password", "Practice12345")),
        {"sequence": 0},
    ],
)
def test_an_entry_that_the_journal_never_writes_is_refused(portal: Portal, values: dict[str, Any]) -> None:
    assert restored(portal, entry(**values)) == "row"
