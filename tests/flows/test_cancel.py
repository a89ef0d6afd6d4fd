from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from props import account, draft, hash_runs, last, meanwhile, solved, told, user

if TYPE_CHECKING:
    from ipportal.portal import Portal

STEP = "cancel/form"
HO_FUNG = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"}
WRONG = HO_FUNG | {"internet_password": "Practice20259"}
UNKNOWN = HO_FUNG | {"internet_user_id": "NOBODY00"}
LOCKED = {"internet_user_id": "LOCKED14", "internet_password": "Practice20214"}


def ask(portal: Portal, typed: dict[str, str], **more: str) -> tuple[str | None, dict[str, str]]:
    """Return the draft's id and the refusals as field and code."""
    draft_id, problems = portal.cancel.form("visit", typed | solved(portal, "visit") | more)
    return draft_id, told(problems)


def test_who_knows_the_password_is_shown_the_accounts_that_will_go(portal: Portal) -> None:
    draft_id, refused = ask(portal, HO_FUNG | {"internet_user_id": "HOFUNG08"})

    assert refused == {}
    assert draft_id
    found = portal.cancel.draft(draft_id)
    assert found == draft(portal, draft_id)
    assert found.facts == {"internet_user_id": "HoFung08", "basic_user_id": "99000801"}
    assert [each.basic_user_id for each in portal.cancel.linked(found)] == ["99000801", "99000802", "99000803"]
    assert last(portal) == (STEP, "done", "", "99000801")


def test_asking_changes_nothing_yet(portal: Portal) -> None:
    before = (portal.tables.users.where(), portal.tables.links.where(), portal.tables.cancelled_ids.where())

    ask(portal, HO_FUNG)

    assert before == (portal.tables.users.where(), portal.tables.links.where(), portal.tables.cancelled_ids.where())


def test_all_format_problems_are_told_at_once(portal: Portal) -> None:
    draft_id, problems = portal.cancel.form("visit", {"internet_user_id": "HoFung8", "internet_password": "p" * 13})

    assert draft_id is None
    assert told(problems) == {"internet_user_id": "length", "internet_password": "mixed", "captcha": "required"}
    assert last(portal) == (
        STEP,
        "refused",
        "internet_user_id=length,internet_password=mixed,captcha=required",
        "",
    )


@pytest.mark.parametrize("typed", [HO_FUNG, WRONG, UNKNOWN, LOCKED])
def test_a_wrong_captcha_is_no_try_and_says_nothing_of_the_id(portal: Portal, typed: dict[str, str]) -> None:
    draft_id, refused = ask(portal, typed, captcha="pass12")

    assert (draft_id, refused) == (None, {"captcha": "captcha_wrong"})
    assert user(portal, "HoFung08").failed_tries == 0
    assert last(portal) == (STEP, "refused", "captcha=captcha_wrong", "")


@pytest.mark.parametrize(
    ("typed", "reason", "reference"), [(UNKNOWN, "no_such_user", ""), (WRONG, "wrong_credentials", "99000801")]
)
def test_an_unknown_id_and_a_wrong_password_get_the_same_message(
    portal: Portal, typed: dict[str, str], reason: str, reference: str
) -> None:
    answer = ask(portal, typed)

    assert answer == (None, {"form": "wrong_credentials"})
    assert last(portal) == (STEP, "refused", reason, reference)


def test_wrong_passwords_here_and_at_the_login_add_up_to_the_lock(portal: Portal) -> None:
    for _ in range(3):
        portal.login.enter(WRONG)

    refused = [ask(portal, WRONG)[1] for _ in range(2)]

    assert refused == [{"form": "wrong_credentials"}, {"form": "locked"}]
    assert user(portal, "HoFung08").locked
    assert last(portal) == (STEP, "refused", "locked", "99000801")


def test_the_right_password_begins_the_count_anew(portal: Portal) -> None:
    for _ in range(4):
        ask(portal, WRONG)

    ask(portal, HO_FUNG)

    assert user(portal, "HoFung08").failed_tries == 0


def test_a_locked_id_cannot_be_cancelled(portal: Portal) -> None:
    assert ask(portal, LOCKED) == (None, {"form": "locked"})
    assert last(portal) == (STEP, "refused", "locked", "99001414")


def test_an_id_whose_primary_account_is_locked_is_suspended(portal: Portal) -> None:
    portal.tables.accounts.update("99000801", locked=True)

    answer = ask(portal, HO_FUNG)

    assert answer == (None, {"form": "suspended"})
    assert last(portal) == (STEP, "refused", "suspended", "99000801")
    assert account(portal, "99000801").locked


def test_an_id_without_accounts_is_suspended(portal: Portal) -> None:
    portal.tables.links.delete(folded_id="hofung08")

    assert ask(portal, HO_FUNG) == (None, {"form": "suspended"})
    assert last(portal) == (STEP, "refused", "suspended", "")


def test_a_password_changed_while_the_old_one_was_judged_begins_nothing(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: portal.tables.users.update("hofung08", internet_password_hash="another"))

    assert ask(portal, HO_FUNG) == (None, {"form": "wrong_credentials"})


@pytest.mark.parametrize(
    "typed", [HO_FUNG, WRONG, UNKNOWN, LOCKED, HO_FUNG | {"captcha": "PASS13"}], ids=lambda typed: str(typed)[21:]
)
def test_every_answer_costs_one_hash_run(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, typed: dict[str, str]
) -> None:
    runs = hash_runs(monkeypatch)

    ask(portal, typed, **typed)

    assert runs == [typed["internet_password"]]
