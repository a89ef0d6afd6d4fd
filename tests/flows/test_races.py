"""What many do at one moment, on a store in a file, each thread with a connection of its own."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from props import CHAN, account, at_confirm, copy, draft, journalled, new_portal, signed_in, solved, told, user
from stores import fresh

from ipportal.flows.drafts import Drafts
from ipportal.store import sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ipportal.flows import Problems
    from ipportal.portal import Portal
    from ipportal.store.schema import Draft

FIFTY = 50
RIGHT = {"basic_password": "31415926"}


@pytest.fixture
def filed(seeded: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """The practice accounts in a file, whose commits are waited for however slow the disk is."""
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 60.0)
    own = new_portal(fresh(str(tmp_path / "portal.sqlite")))
    copy(seeded.tables, own.tables)
    yield own
    own.close()


def at_once(portal: Portal, deeds: Sequence[Callable[[], Problems]]) -> Counter[str]:
    """Let every deed begin at the same moment; return how often each answer came, `""` for a success."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], Problems]) -> str:
        barrier.wait()
        try:
            return ",".join(f"{field}={code}" for field, code in told(deed()).items())
        finally:
            portal.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return Counter(pool.map(run, deeds))


def test_of_fifty_who_confirm_one_internet_user_id_one_is_registered_and_the_others_told_taken(filed: Portal) -> None:
    chan = account(filed, "99000101")
    for number in range(FIFTY):
        filed.tables.accounts.insert(replace(chan, basic_user_id=f"9980{number:04}", practice=f"crowd-{number}"))
    drafts = [at_confirm(filed, basic_user_id=f"9980{number:04}") for number in range(FIFTY)]

    answers = at_once(filed, [partial(filed.register.confirm, each, RIGHT) for each in drafts])

    assert answers == {"": 1, "internet_user_id=taken": FIFTY - 1}
    links = filed.tables.links.where(folded_id="lokshan1")
    assert len(links) == 1
    done = [entry for entry in journalled(filed) if entry[0] == "register/confirm"]
    assert sorted(outcome for _, outcome, _, _ in done) == ["done"] + ["refused"] * (FIFTY - 1)
    assert [reference for _, outcome, _, reference in done if outcome == "done"] == [links[0].basic_user_id]


def test_of_two_registrations_of_one_account_one_wins_and_the_other_is_not_recognised(filed: Portal) -> None:
    drafts = [at_confirm(filed, internet_user_id=f"LokShan{number}") for number in (1, 2)]

    answers = at_once(filed, [partial(filed.register.confirm, each, RIGHT) for each in drafts])

    assert answers == {"": 1, "form=not_recognised": 1}
    assert len([each for each in filed.tables.users.where() if each.folded_id.startswith("lokshan")]) == 1


def test_a_double_click_on_confirm_makes_one_user_and_shows_success_twice(filed: Portal) -> None:
    draft_id = at_confirm(filed)
    typed = RIGHT | {"revision": str(draft(filed, draft_id).revision)}

    answers = at_once(filed, [lambda: filed.register.confirm(draft_id, typed)] * 2)

    assert answers == {"": 2}
    assert [entry[1] for entry in journalled(filed) if entry[0] == "register/confirm"] == ["done"]


def test_a_double_click_on_the_details_is_taken_once(filed: Portal) -> None:
    draft_id = at_confirm(filed)
    before = draft(filed, draft_id).revision
    typed = CHAN | solved(filed, draft_id)

    answers = at_once(filed, [lambda: filed.register.details(draft_id, typed)] * 2)

    assert answers == {"": 2}
    assert draft(filed, draft_id).revision == before + 1


def test_a_double_click_on_the_basic_password_changes_it_once_and_shows_success_twice(filed: Portal) -> None:
    session_id = signed_in(filed, "registered-first-login-due")
    typed = {"basic_password": "26457513", "new_basic_password": "24682468", "new_basic_password_again": "24682468"}
    typed |= solved(filed, session_id)

    answers = at_once(filed, [lambda: filed.basic_password.change(session_id, typed)[1]] * 2)

    assert answers == {"": 2}
    assert len(filed.tables.past_passwords.where(basic_user_id="99000606")) == 1


def test_a_double_click_on_cancel_cancels_once_and_shows_success_twice(filed: Portal) -> None:
    typed = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"} | solved(filed, "visit")
    draft_id, _ = filed.cancel.form("visit", typed)

    answers = at_once(filed, [lambda: filed.cancel.confirm(draft_id, {"basic_password": "33166247"})] * 2)

    assert answers == {"": 2}
    assert [entry[1] for entry in journalled(filed) if entry[0] == "cancel/confirm"] == ["done"]


def test_no_wrong_password_of_a_crowd_goes_uncounted(filed: Portal) -> None:
    wrong = {"internet_user_id": "NimChi07", "internet_password": "Practice20258"}

    answers = at_once(filed, [lambda: filed.login.enter(wrong)[1]] * 12)

    assert answers == {"form=wrong_credentials": 4, "form=locked": 8}
    assert user(filed, "NimChi07").failed_tries == 5


def test_of_a_crowd_with_one_captcha_one_is_judged(filed: Portal) -> None:
    typed = {"internet_password": "Practice20258"} | solved(filed, "visit")

    def ask(number: int) -> Problems:
        return filed.cancel.form("visit", typed | {"internet_user_id": f"NOBODY0{number}"})[1]

    answers = at_once(filed, [partial(ask, number) for number in range(8)])

    assert answers == {"form=wrong_credentials": 1, "captcha=captcha_expired": 7}


def test_of_two_logins_at_once_one_session_lives(filed: Portal) -> None:
    right = {"internet_user_id": "NimChi07", "internet_password": "Practice20257"}

    at_once(filed, [lambda: filed.login.enter(right)[1]] * 6)

    assert sorted(each.ended for each in filed.tables.sessions.where()) == ["", *["elsewhere"] * 5]


def test_a_second_press_that_was_overtaken_after_it_read_the_draft_is_shown_as_done(
    filed: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = {"internet_user_id": "HoFung08", "internet_password": "Practice20258"} | solved(filed, "visit")
    draft_id, _ = filed.cancel.form("visit", typed)
    find = Drafts.find

    def overtaken(drafts: Drafts, draft_id: str | None, flow: str) -> Draft | None:
        found = find(drafts, draft_id, flow)
        monkeypatch.undo()
        filed.cancel.confirm(draft_id, {"basic_password": "33166247"})
        return found

    monkeypatch.setattr(Drafts, "find", overtaken)

    assert filed.cancel.confirm(draft_id, {"basic_password": "33166247"}) == {}


def test_a_double_click_on_logging_off_is_journalled_once(filed: Portal) -> None:
    session_id = signed_in(filed, "registered")

    def leave() -> Problems:
        filed.login.leave(session_id)
        return {}

    at_once(filed, [leave] * 8)

    assert [entry[0] for entry in journalled(filed)].count("logout") == 1


def test_a_notice_that_is_opened_as_the_id_is_cancelled_leaves_nothing_of_the_user(filed: Portal) -> None:
    found, _ = filed.sessions.find(signed_in(filed, "registered"))
    assert found
    filed.staff.remove_user(found.folded_id)

    notice = filed.account.open_notice(found, "TRN20250324-01")

    assert notice
    assert filed.tables.notices_read.where(folded_id=found.folded_id) == []
