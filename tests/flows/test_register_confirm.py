"""What the confirmation of a registration refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import CHAN, account, agreed, at_confirm, at_details, draft, hash_runs, last, meanwhile, solved, told

from ipportal.rules import Problem

if TYPE_CHECKING:
    from ipportal.portal import Portal

STEP = "register/confirm"
RIGHT = {"basic_password": "31415926"}
WRONG = {"basic_password": "31415927"}


def test_a_wrong_basic_password_is_counted_and_tells_how_many_tries_are_left(portal: Portal) -> None:
    draft_id = at_confirm(portal)

    problems = portal.register.confirm(draft_id, WRONG)

    assert problems == {"basic_password": Problem("wrong_basic_password", {"left": 2})}
    assert account(portal, "99000101").failed_tries == 1
    assert portal.tables.users.get("lokshan1") is None
    assert last(portal) == (STEP, "refused", "basic_password=wrong_basic_password", "99000101")


def test_the_third_wrong_basic_password_locks_the_account_and_ends_the_draft(portal: Portal) -> None:
    draft_id = at_confirm(portal)

    refused = [told(portal.register.confirm(draft_id, WRONG)) for _ in range(4)]

    wrong = {"basic_password": "wrong_basic_password"}
    assert refused == [wrong, wrong, {"form": "locked"}, {"form": "stale"}]
    assert account(portal, "99000101").locked
    assert portal.register.draft(draft_id) is None


def test_the_lock_is_journalled_with_its_account(portal: Portal) -> None:
    draft_id = at_confirm(portal)
    for _ in range(3):
        portal.register.confirm(draft_id, WRONG)

    assert last(portal) == (STEP, "refused", "form=locked", "99000101")


def test_wrong_tries_add_up_over_several_drafts(portal: Portal) -> None:
    refused = [told(portal.register.confirm(at_confirm(portal), WRONG)) for _ in range(3)]

    assert refused[2] == {"form": "locked"}


def test_a_right_basic_password_begins_the_count_anew(portal: Portal) -> None:
    first, second = at_confirm(portal), at_confirm(portal)
    portal.register.confirm(first, WRONG)
    portal.register.confirm(first, WRONG)

    portal.register.confirm(second, RIGHT)

    assert account(portal, "99000101").failed_tries == 0
    assert not account(portal, "99000101").locked


def test_a_locked_account_is_not_opened_by_the_right_password(portal: Portal) -> None:
    draft_id = at_confirm(portal, basic_user_id="99001515", identity_prefix="ZJ66")

    problems = portal.register.confirm(draft_id, {"basic_password": "38729833"})

    assert told(problems) == {"form": "locked"}
    assert portal.register.draft(draft_id) is None
    assert portal.tables.users.get("lokshan1") is None
    assert last(portal) == (STEP, "refused", "form=locked", "99001515")


@pytest.mark.parametrize(
    ("typed", "code"),
    [({}, "required"), ({"basic_password": "3141592"}, "length"), ({"basic_password": "3141592x"}, "chars")],
)
def test_a_format_problem_is_no_try(portal: Portal, typed: dict[str, str], code: str) -> None:
    draft_id = at_confirm(portal)

    problems = portal.register.confirm(draft_id, typed)

    assert told(problems) == {"basic_password": code}
    assert account(portal, "99000101").failed_tries == 0
    assert last(portal) == (STEP, "refused", f"basic_password={code}", "")


@pytest.mark.parametrize("draft_id", [None, "guessed"])
def test_confirming_without_a_draft_is_stale(portal: Portal, draft_id: str | None) -> None:
    problems = portal.register.confirm(draft_id, RIGHT)

    assert told(problems) == {"form": "stale"}
    assert last(portal) == (STEP, "refused", "form=stale", "")


def test_confirming_before_the_details_is_stale(portal: Portal) -> None:
    early = [agreed(portal), at_details(portal)]

    assert [told(portal.register.confirm(draft_id, RIGHT)) for draft_id in early] == [{"form": "stale"}] * 2


def test_confirming_what_another_tab_has_changed_since_is_stale(portal: Portal) -> None:
    draft_id = at_confirm(portal)
    reviewed = str(draft(portal, draft_id).revision)
    portal.register.details(draft_id, CHAN | {"internet_user_id": "LokShan2"} | solved(portal, draft_id))

    problems = portal.register.confirm(draft_id, RIGHT | {"revision": reviewed})

    assert told(problems) == {"form": "stale"}
    assert portal.tables.users.get("lokshan2") is None
    assert account(portal, "99000101").failed_tries == 0
    assert last(portal) == (STEP, "refused", "reviewed_another_revision", "")


def test_confirming_the_revision_that_was_reviewed_registers(portal: Portal) -> None:
    draft_id = at_confirm(portal)

    problems = portal.register.confirm(draft_id, RIGHT | {"revision": str(draft(portal, draft_id).revision)})

    assert problems == {}


def test_an_internet_user_id_taken_since_the_details_is_told_at_the_confirmation(portal: Portal) -> None:
    early = at_confirm(portal)
    late = at_confirm(portal, basic_user_id="99000202", identity_prefix="ZB34", internet_user_id="LOKshan1")
    portal.register.confirm(early, RIGHT)

    problems = portal.register.confirm(late, {"basic_password": "27182818"})

    assert told(problems) == {"internet_user_id": "taken"}
    assert portal.tables.links.get("99000202") is None
    assert last(portal) == (STEP, "refused", "taken", "99000202")


def test_an_account_registered_since_the_details_is_not_recognised_at_the_confirmation(portal: Portal) -> None:
    early, late = at_confirm(portal), at_confirm(portal, internet_user_id="LokShan2")
    portal.register.confirm(early, RIGHT)

    problems = portal.register.confirm(late, RIGHT)

    assert told(problems) == {"form": "not_recognised"}
    assert portal.tables.users.get("lokshan2") is None
    assert last(portal) == (STEP, "refused", "basic_user_id=already_registered", "99000101")


@pytest.mark.parametrize("basic_password", [RIGHT["basic_password"], "14142136"])
def test_an_account_that_is_gone_since_the_details_is_not_recognised(portal: Portal, basic_password: str) -> None:
    draft_id = at_confirm(portal)
    portal.tables.accounts.delete(basic_user_id="99000101")

    problems = portal.register.confirm(draft_id, {"basic_password": basic_password})

    assert told(problems) == {"form": "not_recognised"}
    assert last(portal) == (STEP, "refused", "basic_user_id=no_such_account", "")


def test_a_basic_password_changed_while_it_was_judged_is_stale(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    draft_id = at_confirm(portal)
    meanwhile(monkeypatch, lambda: portal.tables.accounts.update("99000101", basic_password_hash="another"))

    problems = portal.register.confirm(draft_id, RIGHT)

    assert told(problems) == {"form": "stale"}
    assert account(portal, "99000101").failed_tries == 0
    assert last(portal) == (STEP, "refused", "password_changed", "99000101")


@pytest.mark.parametrize("branch", ["right", "wrong", "locked", "no account", "repeated", "reviewed"])
def test_every_answer_costs_one_hash_run(portal: Portal, monkeypatch: pytest.MonkeyPatch, branch: str) -> None:
    draft_id = at_confirm(portal)
    typed = (WRONG if branch == "wrong" else RIGHT) | ({"revision": "99"} if branch == "reviewed" else {})
    if branch == "locked":
        portal.tables.accounts.update("99000101", locked=True)
    if branch == "no account":
        portal.tables.accounts.delete(basic_user_id="99000101")
    if branch == "repeated":
        portal.register.confirm(draft_id, typed)
    runs = hash_runs(monkeypatch)

    portal.register.confirm(draft_id, typed)

    assert runs == [typed["basic_password"]]


def test_without_a_draft_nothing_typed_is_hashed(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = hash_runs(monkeypatch)

    assert told(portal.register.confirm(None, {"basic_password": "9" * 100})) == {"form": "stale"}
    assert runs == []
