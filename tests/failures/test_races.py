"""F1 to F5: fifty at the same moment, two hundred times each: one is done, all are told the truth."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pytest
from failures.crowd import HANDS, RIGHT, Crowd, QuickGate, basic_user_id, crowded, rehashed, reviewed, shown
from failures.requests import portal_at
from props import PEOPLE, WORD, copy, new_portal
from sanity import assert_store_sane

from ipportal.flows import passwords
from ipportal.store.schema import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ipportal.flows import Problems
    from ipportal.portal import Portal

# In memory threads share a connection, in a file each has one, on a server those of a pool.
ROUNDS = {"memory": 50, "sqlite": 200, "postgres": 200}
KINDS = tuple(ROUNDS)
DUE = PEOPLE["registered-first-login-due"]


@pytest.fixture
def crowd(kind: str, new_store: Callable[[], str], seeded: Portal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crowd]:
    portal = new_portal() if kind == "memory" else portal_at(new_store())
    if kind == "memory":
        copy(seeded.tables, portal.tables)
    monkeypatch.setattr(passwords, "gate", QuickGate())
    with Crowd(rehashed(crowded(portal, HANDS))) as found:
        yield found
    portal.close()


def done(portal: Portal, step: str) -> Counter[str]:
    """Return how often a step was done, and how often refused; the journal then begins anew."""
    found = Counter(entry.outcome for entry in portal.journal.entries() if entry.step == step)
    portal.tables.journal.delete()
    return found


def forget(portal: Portal, *folded_ids: str) -> None:
    """Have nobody registered under these."""
    for folded_id in folded_ids:
        portal.staff.remove_user(folded_id)


def test_f1_a_confirmation_pressed_fifty_times_registers_once_and_shows_success_to_all(crowd: Crowd, kind: str) -> None:
    portal = crowd.portal
    for _ in range(ROUNDS[kind]):
        (draft_id,) = reviewed(portal, 1)

        answers = crowd.at_once([partial(portal.register.confirm, draft_id, RIGHT | {"revision": "2"})] * HANDS)

        assert answers == {"": HANDS}
        assert done(portal, "register/confirm") == {"done": 1}
        assert len(portal.tables.links.where(folded_id="lokshan1")) == 1
        assert_store_sane(portal.tables)
        forget(portal, "lokshan1")


def test_f2_of_fifty_who_want_one_id_one_gets_it_and_the_others_are_told_taken(crowd: Crowd, kind: str) -> None:
    portal = crowd.portal
    for _ in range(ROUNDS[kind]):
        drafts = reviewed(portal, basic_user_id=basic_user_id)

        answers = crowd.at_once([partial(portal.register.confirm, each, RIGHT) for each in drafts])

        assert answers == {"": 1, "internet_user_id=taken": HANDS - 1}
        assert done(portal, "register/confirm") == {"done": 1, "refused": HANDS - 1}
        assert len(portal.tables.links.where(folded_id="lokshan1")) == 1
        assert_store_sane(portal.tables)
        forget(portal, "lokshan1")


def test_f3_of_fifty_registrations_of_one_account_one_wins_and_the_others_are_not_recognised(
    crowd: Crowd, kind: str
) -> None:
    portal = crowd.portal
    for _ in range(ROUNDS[kind]):
        drafts = reviewed(portal, internet_user_id=lambda number: f"Crowd{number:03}")

        answers = crowd.at_once([partial(portal.register.confirm, each, RIGHT) for each in drafts])

        assert answers == {"": 1, "form=not_recognised": HANDS - 1}
        assert done(portal, "register/confirm") == {"done": 1, "refused": HANDS - 1}
        assert_store_sane(portal.tables)
        forget(portal, *[f"crowd{number:03}" for number in range(HANDS)])


def test_f4_of_fifty_tabs_that_change_one_basic_password_one_wins_and_the_others_begin_anew(
    crowd: Crowd, kind: str
) -> None:
    portal = crowd.portal
    (key,), history = DUE.basic_user_ids, 12
    current, moment = RIGHT["basic_password"], portal.clock.now()
    for number in range(ROUNDS[kind]):
        portal.tables.sessions.delete()
        portal.tables.sessions.insert(Session("session", "longtin6", moment, moment))
        captchas = shown(portal, *["session"] * HANDS)
        new = [f"{number + 1:04}{hand:04}" for hand in range(HANDS)]

        def change(hand: int, basic_password: str, new: list[str], captchas: list[str]) -> Problems:
            typed = {"new_basic_password": new[hand], "new_basic_password_again": new[hand], "captcha": WORD}
            typed |= {"basic_password": basic_password, "captcha_id": captchas[hand]}
            return portal.basic_password.change("session", typed)[1]

        answers = crowd.at_once([partial(change, hand, current, new, captchas) for hand in range(HANDS)])

        assert answers == {"": 1, "form=stale": HANDS - 1}
        assert done(portal, "basic_password/form") == {"done": 1, "refused": HANDS - 1}
        past = portal.tables.past_passwords.where(basic_user_id=key)
        assert past[-1].number == number + 1
        assert len(past) == min(number + 1, history)
        account = portal.tables.accounts.get(key)
        assert account
        (current,) = (each for each in new if portal.staff.hasher.check(each, account.basic_password_hash))
        portal.tables.challenges.delete()
        assert_store_sane(portal.tables)


def test_f5_of_fifty_answers_to_one_captcha_one_is_judged(crowd: Crowd, kind: str) -> None:
    portal = crowd.portal
    for _ in range(ROUNDS[kind]):
        (captcha_id,) = shown(portal, "visit")
        typed = {"internet_password": "Practice20258", "captcha_id": captcha_id, "captcha": WORD}

        def ask(hand: int, typed: dict[str, str]) -> Problems:
            return portal.cancel.form("visit", typed | {"internet_user_id": f"NOBODY{hand:02}"})[1]

        answers = crowd.at_once([partial(ask, hand, typed) for hand in range(HANDS)])

        assert answers == {"form=wrong_credentials": 1, "captcha=captcha_expired": HANDS - 1}
        assert done(portal, "cancel/form") == {"refused": HANDS}
        assert portal.tables.challenges.where() == []
        assert_store_sane(portal.tables)
