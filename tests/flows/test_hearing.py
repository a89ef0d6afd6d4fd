"""A journal that heard a submit tells each value's shape, branch and nearest form, and never the value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import CHAN, PEOPLE, at_details, dump, signed_in, solved

from ipportal.flows.branches import BRANCHES
from ipportal.flows.register import FIELDS
from ipportal.rules import CATALOGUE, Problem
from ipportal.rules import problems as judge

if TYPE_CHECKING:
    from typing import Any

    from ipportal.portal import Portal

CANARIES = [
    *(
        "CaNaRy77",
        "9c8a7n6a",
        "\uff23\uff41\uff2e\uff41\uff32\uff59\uff17\uff17",
        "CaNaRy77" * 40,
        "\u202eCaNaRy77",
        "CaNaRy\0",
        "\ud800CaNaRy",
    ),
    *("<CaNaRy>", "CaNaRy77\n", "CaNaRy 77", "加拿利七七", "\U0001f424CaNaRy"),
]


def judged(portal: Portal, name: str, value: str, **others: str) -> dict[str, Any]:
    """Return what the journal then tells of one typed value."""
    portal.journal.hearing([name], {name: value} | others).note("login/form")
    told: dict[str, Any] = portal.journal.entries()[-1].judged[name]
    return told


def test_a_journal_that_heard_nothing_tells_nothing(portal: Portal) -> None:
    portal.journal.note("login/form")

    assert portal.journal.entries()[-1].judged == {}
    assert portal.journal.problems == {}


def test_a_hearing_leaves_the_journal_it_was_asked_of_as_it_was(portal: Portal) -> None:
    heard = portal.journal.hearing(["captcha"], {"captcha": "ABC123"})

    heard.note("login/form")
    portal.journal.note("cancel/form")

    assert [[*entry.judged] for entry in portal.journal.entries()[-2:]] == [["captcha"], []]


def test_fields_are_told_in_the_order_in_which_they_are_judged(portal: Portal) -> None:
    portal.journal.hearing(FIELDS, {}).note("login/form")

    assert list(portal.journal.entries()[-1].judged) == list(FIELDS)


def test_the_problems_are_those_of_the_rules(portal: Portal) -> None:
    typed = CHAN | {"basic_user_id": "9900010", "internet_password": "short"}

    heard = portal.journal.hearing(FIELDS, typed)

    assert heard.problems == judge([CATALOGUE[name] for name in FIELDS], typed)
    assert heard.problems["basic_user_id"] == Problem("length", {"min": 8, "max": 8})


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("basic_user_id", "99000101", {"length": 8, "classes": {"digit": 8}, "branch": "accepted"}),
        (
            *("basic_user_id", ""),
            {
                "length": 0,
                "classes": {},
                "branch": "required",
                "nearest": {"edits": [{"edit": "add", "count": 8, "what": "digit"}], "length": 8},
            },
        ),
        ("linked_basic_user_id_2", "", {"length": 0, "classes": {}, "branch": "empty"}),
        (
            *("basic_user_id", "9900 101"),
            {
                "length": 8,
                "classes": {"digit": 7, "space": 1},
                "branch": "chars",
                "nearest": {
                    "edits": [
                        {"edit": "remove", "count": 1, "what": "space"},
                        {"edit": "add", "count": 1, "what": "digit"},
                    ],
                    "length": 8,
                },
            },
        ),
        (
            *("basic_user_id", "\uff19\uff19\uff10\uff10\uff10\uff11\uff10\uff11"),
            {
                "length": 8,
                "classes": {"full_width": 8},
                "branch": "chars",
                "nearest": {"edits": [{"edit": "replace", "count": 8, "what": "half_width"}], "length": 8},
            },
        ),
        ("agree", "yes", {"length": 3, "classes": {"lower": 3}, "branch": "yes"}),
        ("agree", "perhaps", {"length": 7, "classes": {"lower": 7}, "branch": "required"}),
        ("account_kind", "corporate", {"length": 9, "classes": {"lower": 9}, "branch": "corporate"}),
    ],
)
def test_a_value_is_told_by_shape_branch_and_nearest_form(
    portal: Portal, name: str, value: str, told: dict[str, Any]
) -> None:
    assert judged(portal, name, value) == told


def test_a_repeated_value_that_differs_has_no_form_of_its_own(portal: Portal) -> None:
    told = judged(portal, "internet_password_again", "Rehearse20252", internet_password="Rehearse20251")

    assert told == {"length": 13, "classes": {"upper": 1, "lower": 7, "digit": 5}, "branch": "differs"}


def test_a_field_that_was_not_sent_is_told_as_empty(portal: Portal) -> None:
    portal.journal.hearing(["captcha"], {}).note("login/form")

    assert portal.journal.entries()[-1].judged["captcha"]["branch"] == "required"


@pytest.mark.parametrize("value", CANARIES)
@pytest.mark.parametrize("name", [*CATALOGUE])
def test_no_typed_value_or_part_of_it_is_ever_in_the_row(portal: Portal, name: str, value: str) -> None:
    journal = portal.journal.hearing([name], {name: value})

    journal.refuse("login/form", journal.problems)

    row = dump(portal, "journal")
    parts = [value[at : at + 3] for at in range(len(value) - 2)]
    assert [part for part in parts if part in row] == []


@pytest.mark.parametrize(
    "value", [*CANARIES, "", "1", "a", "A1b2C3d4", "12345678", "abcdefgh", "yes", "no", "personal"]
)
@pytest.mark.parametrize("name", [*CATALOGUE])
def test_whatever_is_typed_its_branch_is_one_of_the_catalogue(portal: Portal, name: str, value: str) -> None:
    told = judged(portal, name, value)

    assert f"{name}.{told['branch']}" in BRANCHES


def test_the_codes_are_what_the_visitor_was_told_by_field(portal: Portal) -> None:
    draft_id = at_details(portal)

    portal.register.details(draft_id, CHAN | {"basic_user_id": "99000102"} | solved(portal, draft_id))

    entry = portal.journal.entries()[-1]
    assert entry.codes == {"form": "not_recognised"}
    assert entry.reason == "basic_user_id=no_such_account"
    assert set(entry.judged) == set(FIELDS)


def test_a_submit_that_is_done_has_no_codes_but_shapes(portal: Portal) -> None:
    signed_in(portal, "registered")

    entry = portal.journal.entries()[-1]
    assert (entry.step, entry.outcome, entry.codes) == ("login/form", "done", {})
    length = len(PEOPLE["registered"].internet_password or "")
    assert entry.judged["internet_password"]["length"] == length
    assert {each["branch"] for each in entry.judged.values()} == {"accepted"}
