from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ipportal.flows.cancel import FLOW as CANCEL
from ipportal.flows.register import FLOW as REGISTER

if TYPE_CHECKING:
    from ipportal.flows.steps import Flow

PLAIN = frozenset(
    {
        "basic_user_id",
        "linked_basic_user_id_2",
        "linked_basic_user_id_3",
        "linked_basic_user_id_4",
        "identity_prefix",
        "internet_user_id",
    }
)
NOTHING: frozenset[str] = frozenset()
AGREED = frozenset({"agreed"})
CHOSEN = AGREED | {"account_kind"}
DETAILED = CHOSEN | PLAIN | {"internet_password_hash", "captcha_id"}
REGISTERED = DETAILED | {"registered"}
NAMED = frozenset({"internet_user_id"})
CANCELLED = NAMED | {"cancelled"}


@pytest.mark.parametrize(
    ("flow", "have", "screens"),
    [
        (REGISTER, NOTHING, ["terms"]),
        (REGISTER, AGREED, ["terms", "kind"]),
        (REGISTER, CHOSEN, ["terms", "kind", "details"]),
        (REGISTER, CHOSEN | PLAIN, ["terms", "kind", "details"]),
        (REGISTER, DETAILED, ["terms", "kind", "details", "confirm"]),
        (REGISTER, REGISTERED, ["terms", "done"]),
        (CANCEL, NOTHING, ["form"]),
        (CANCEL, NAMED, ["form", "confirm"]),
        (CANCEL, CANCELLED, ["form", "done"]),
    ],
)
def test_a_screen_opens_when_the_visitor_has_what_it_needs(
    flow: Flow, have: frozenset[str], screens: list[str]
) -> None:
    assert [step.name for step in flow.steps if flow.opens(step.name, have)] == screens


@pytest.mark.parametrize(
    ("flow", "have", "screen"),
    [
        (REGISTER, NOTHING, "terms"),
        (REGISTER, AGREED, "kind"),
        (REGISTER, CHOSEN, "details"),
        (REGISTER, DETAILED, "confirm"),
        (REGISTER, REGISTERED, "done"),
        (CANCEL, NOTHING, "form"),
        (CANCEL, NAMED, "confirm"),
        (CANCEL, CANCELLED, "done"),
    ],
)
def test_a_lost_visitor_lands_on_the_furthest_screen(flow: Flow, have: frozenset[str], screen: str) -> None:
    assert flow.furthest(have) == screen


@pytest.mark.parametrize(
    ("flow", "step", "facts"),
    [
        (REGISTER, "terms", REGISTERED),
        (REGISTER, "kind", REGISTERED - AGREED),
        (REGISTER, "details", REGISTERED - CHOSEN),
        (REGISTER, "confirm", frozenset({"registered"})),
        (REGISTER, "done", NOTHING),
        (CANCEL, "form", CANCELLED),
        (CANCEL, "confirm", frozenset({"cancelled"})),
    ],
)
def test_answering_a_screen_anew_undoes_it_and_what_followed(flow: Flow, step: str, facts: frozenset[str]) -> None:
    assert flow.undone(step) == facts


def test_the_screens_come_in_the_order_of_the_guide() -> None:
    assert [step.name for step in REGISTER.steps] == ["terms", "kind", "details", "confirm", "done"]
    assert [step.name for step in CANCEL.steps] == ["form", "confirm", "done"]


def test_a_screen_that_no_flow_has_is_a_bug_and_not_a_refusal() -> None:
    with pytest.raises(StopIteration):
        REGISTER.opens("details2", AGREED)
